"""The tables of the diary, as numbered migrations: a migration that was released never changes."""

from __future__ import annotations

__all__ = ["APPLICATION_ID", "MIGRATIONS", "TABLES", "VERSION"]

APPLICATION_ID = 0x45565344
"""Marks the file as a diary of evenstride ("EVSD")."""

_RATING = "REAL CHECK ({0} BETWEEN 0 AND 10)"
_RATINGS = ",\n".join(
    f"{place}_{when} " + _RATING.format(f"{place}_{when}")
    for place in ("back", "leg")
    for when in ("before", "worst", "hour_after", "next_morning")
)

_CORE = f"""
CREATE TABLE person (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    alias TEXT NOT NULL,
    birth_year INTEGER,
    height_m REAL,
    mass_kg REAL,
    time_zone TEXT NOT NULL,
    units TEXT NOT NULL,
    country TEXT NOT NULL
) STRICT;

CREATE TABLE shoes (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    first_worn TEXT,
    earlier_m REAL NOT NULL,
    retired INTEGER NOT NULL CHECK (retired IN (0, 1))
) STRICT;

CREATE TABLE recordings (
    sha256 TEXT PRIMARY KEY NOT NULL CHECK (length(sha256) = 64),
    name TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    format TEXT NOT NULL,
    added_utc_ns INTEGER NOT NULL
) STRICT;

CREATE TABLE derived (
    recording TEXT NOT NULL REFERENCES recordings (sha256) ON DELETE CASCADE,
    engine TEXT NOT NULL,
    made_utc_ns INTEGER NOT NULL,
    document TEXT NOT NULL CHECK (json_valid(document)),
    PRIMARY KEY (recording, engine)
) STRICT;

CREATE TABLE outings (
    id TEXT PRIMARY KEY NOT NULL,
    start_utc_ns INTEGER NOT NULL,
    time_zone TEXT NOT NULL,
    day TEXT NOT NULL,
    minutes REAL,
    kind TEXT NOT NULL,
    distance_m REAL,
    steps INTEGER,
    {_RATINGS},
    reach TEXT,
    minutes_to_rise REAL,
    new_numbness INTEGER CHECK (new_numbness IN (0, 1)),
    shoe TEXT REFERENCES shoes (id),
    load_kg REAL,
    surface TEXT,
    hills TEXT,
    sleep_h REAL,
    sitting_before_min REAL,
    note TEXT NOT NULL,
    recording TEXT REFERENCES recordings (sha256),
    measures TEXT NOT NULL CHECK (json_valid(measures))
) STRICT;
CREATE INDEX outings_by_day ON outings (day, start_utc_ns);
CREATE INDEX outings_by_recording ON outings (recording);
CREATE INDEX outings_by_shoe ON outings (shoe);

CREATE TABLE checkups (
    id TEXT PRIMARY KEY NOT NULL,
    at_utc_ns INTEGER NOT NULL,
    knowledge_version TEXT NOT NULL,
    knowledge_hash TEXT NOT NULL,
    level TEXT NOT NULL,
    complete INTEGER NOT NULL CHECK (complete IN (0, 1)),
    may_exercise INTEGER NOT NULL CHECK (may_exercise IN (0, 1)),
    answers TEXT NOT NULL CHECK (json_valid(answers)),
    document TEXT NOT NULL CHECK (json_valid(document))
) STRICT;
CREATE INDEX checkups_by_time ON checkups (at_utc_ns);

CREATE TABLE history (
    number INTEGER PRIMARY KEY,
    at_utc_ns INTEGER NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    id TEXT NOT NULL,
    change TEXT NOT NULL CHECK (change IN ('added', 'corrected', 'removed')),
    before TEXT CHECK (before IS NULL OR json_valid(before)),
    after TEXT CHECK (after IS NULL OR json_valid(after))
) STRICT;
CREATE INDEX history_by_entry ON history (what, id);
CREATE TRIGGER history_stays BEFORE UPDATE ON history
BEGIN SELECT RAISE(ABORT, 'history is never changed'); END;
CREATE TRIGGER history_is_kept BEFORE DELETE ON history
BEGIN SELECT RAISE(ABORT, 'history is never removed'); END;
"""

# Plan, trials, routines and questionnaires belong to rooms that the diary does not know: it keeps
# their documents as they are.
_TREATMENT = """
CREATE TABLE entries (
    what TEXT NOT NULL CHECK (what IN ('questionnaire', 'routine', 'plan', 'trial')),
    id TEXT NOT NULL,
    at_utc_ns INTEGER NOT NULL,
    document TEXT NOT NULL CHECK (json_valid(document)),
    PRIMARY KEY (what, id)
) STRICT;
CREATE INDEX entries_by_time ON entries (what, at_utc_ns);
"""

# SQLite cannot change a CHECK: the table is made anew, and from now on the program checks the kind.
_EVERY_DAY = """
CREATE TABLE entries_of_any_kind (
    what TEXT NOT NULL,
    id TEXT NOT NULL,
    at_utc_ns INTEGER NOT NULL,
    document TEXT NOT NULL CHECK (json_valid(document)),
    PRIMARY KEY (what, id)
) STRICT;
INSERT INTO entries_of_any_kind SELECT what, id, at_utc_ns, document FROM entries;
DROP TABLE entries;
ALTER TABLE entries_of_any_kind RENAME TO entries;
CREATE INDEX entries_by_time ON entries (what, at_utc_ns);

CREATE TABLE days (
    day TEXT PRIMARY KEY NOT NULL,
    steps INTEGER NOT NULL CHECK (steps >= 0)
) STRICT;
"""

_WORN = """
ALTER TABLE outings ADD COLUMN placement TEXT;
ALTER TABLE outings ADD COLUMN sensor TEXT NOT NULL DEFAULT '';
"""

# A walk that the person removed leaves its streams without one, so that it is not brought again.
_BROUGHT = """
CREATE TABLE streams (
    id TEXT PRIMARY KEY NOT NULL,
    outing TEXT REFERENCES outings (id) ON DELETE SET NULL,
    kind TEXT NOT NULL CHECK (kind IN ('motion', 'track', 'activity', 'counted')),
    start_utc_ns INTEGER NOT NULL,
    end_utc_ns INTEGER NOT NULL,
    recording TEXT REFERENCES recordings (sha256),
    format TEXT NOT NULL,
    activity TEXT NOT NULL CHECK (json_valid(activity))
) STRICT;
CREATE INDEX streams_by_outing ON streams (outing);
CREATE INDEX streams_by_recording ON streams (recording);
CREATE INDEX streams_by_time ON streams (start_utc_ns);

CREATE TABLE series (
    metric TEXT NOT NULL,
    unit TEXT NOT NULL,
    device TEXT NOT NULL CHECK (json_valid(device)),
    month TEXT NOT NULL,
    count INTEGER NOT NULL,
    packed BLOB NOT NULL,
    PRIMARY KEY (metric, unit, device, month)
) STRICT;

CREATE TABLE imports (
    sha256 TEXT PRIMARY KEY NOT NULL CHECK (length(sha256) = 64),
    name TEXT NOT NULL,
    at_utc_ns INTEGER NOT NULL,
    document TEXT NOT NULL CHECK (json_valid(document))
) STRICT;
"""

MIGRATIONS: tuple[str, ...] = (_CORE, _TREATMENT, _EVERY_DAY, _WORN, _BROUGHT)
"""Migration n leads from version n to version n + 1."""

VERSION = len(MIGRATIONS)

TABLES = (
    "person",
    "outings",
    "shoes",
    "days",
    "checkups",
    "entries",
    "recordings",
    "derived",
    "streams",
    "series",
    "imports",
    "history",
)
"""Every table of the newest version."""
