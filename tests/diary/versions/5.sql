-- A diary as version 5 of the tables made it. Released: never change this file.
PRAGMA application_id = 1163285316;
PRAGMA user_version = 5;
BEGIN TRANSACTION;
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
INSERT INTO "checkups" VALUES('c',1000000000000000002,'1','h','self_care',1,1,'{"age": 40}','{}');
CREATE TABLE days (
    day TEXT PRIMARY KEY NOT NULL,
    steps INTEGER NOT NULL CHECK (steps >= 0)
) STRICT;
INSERT INTO "days" VALUES('2026-03-29',8123);
CREATE TABLE derived (
    recording TEXT NOT NULL REFERENCES recordings (sha256) ON DELETE CASCADE,
    engine TEXT NOT NULL,
    made_utc_ns INTEGER NOT NULL,
    document TEXT NOT NULL CHECK (json_valid(document)),
    PRIMARY KEY (recording, engine)
) STRICT;
INSERT INTO "derived" VALUES('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','0.1',1000000000000000001,'{"steps": 3}');
CREATE TABLE "entries" (
    what TEXT NOT NULL,
    id TEXT NOT NULL,
    at_utc_ns INTEGER NOT NULL,
    document TEXT NOT NULL CHECK (json_valid(document)),
    PRIMARY KEY (what, id)
) STRICT;
INSERT INTO "entries" VALUES('trial','t',5,'{"seed": 1}');
INSERT INTO "entries" VALUES('plan','p',6,'{}');
INSERT INTO "entries" VALUES('routine','p',7,'{}');
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
INSERT INTO "history" VALUES(1,1000000000000000003,'person','shoes','s','added',NULL,'{"id": "s"}');
CREATE TABLE imports (
    sha256 TEXT PRIMARY KEY NOT NULL CHECK (length(sha256) = 64),
    name TEXT NOT NULL,
    at_utc_ns INTEGER NOT NULL,
    document TEXT NOT NULL CHECK (json_valid(document))
) STRICT;
INSERT INTO "imports" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','export.zip',1774800000000000000,'{"since": null}');
CREATE TABLE outings (
    id TEXT PRIMARY KEY NOT NULL,
    start_utc_ns INTEGER NOT NULL,
    time_zone TEXT NOT NULL,
    day TEXT NOT NULL,
    minutes REAL,
    kind TEXT NOT NULL,
    distance_m REAL,
    steps INTEGER,
    back_before REAL CHECK (back_before BETWEEN 0 AND 10),
back_worst REAL CHECK (back_worst BETWEEN 0 AND 10),
back_hour_after REAL CHECK (back_hour_after BETWEEN 0 AND 10),
back_next_morning REAL CHECK (back_next_morning BETWEEN 0 AND 10),
leg_before REAL CHECK (leg_before BETWEEN 0 AND 10),
leg_worst REAL CHECK (leg_worst BETWEEN 0 AND 10),
leg_hour_after REAL CHECK (leg_hour_after BETWEEN 0 AND 10),
leg_next_morning REAL CHECK (leg_next_morning BETWEEN 0 AND 10),
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
, placement TEXT, sensor TEXT NOT NULL DEFAULT '') STRICT;
INSERT INTO "outings" VALUES('w',1774800000000000000,'Europe/London','2026-03-29',22.5,'outdoor',1500.0,2100,2.0,5.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,'s',NULL,NULL,NULL,NULL,NULL,'It rained; “so what?”
Second line.','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','{}','lower back','a table, gyroscope, gravity, 100 Hz');
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
INSERT INTO "person" VALUES(1,'Kit',1980,1.7,70.5,'Europe/London','metric','GB');
CREATE TABLE recordings (
    sha256 TEXT PRIMARY KEY NOT NULL CHECK (length(sha256) = 64),
    name TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    format TEXT NOT NULL,
    added_utc_ns INTEGER NOT NULL
) STRICT;
INSERT INTO "recordings" VALUES('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','walk.csv',2000,'csv',1000000000000000000);
CREATE TABLE series (
    metric TEXT NOT NULL,
    unit TEXT NOT NULL,
    device TEXT NOT NULL CHECK (json_valid(device)),
    month TEXT NOT NULL,
    count INTEGER NOT NULL,
    packed BLOB NOT NULL,
    PRIMARY KEY (metric, unit, device, month)
) STRICT;
INSERT INTO "series" VALUES('steps','1','{"kind": "phone", "model": "iPhone", "name": "Kit''s phone"}','2026-03',2,X'789C6360888D368A5E28C110E1FE83970108D628FF6143A6C1C0C501427B01690008D30853');
CREATE TABLE shoes (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    first_worn TEXT,
    earlier_m REAL NOT NULL,
    retired INTEGER NOT NULL CHECK (retired IN (0, 1))
) STRICT;
INSERT INTO "shoes" VALUES('s','Blue','2025-05-01',1000.0,0);
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
INSERT INTO "streams" VALUES('st','w','activity',1774800000000000000,1774801350000000000,NULL,'a table','{"ascent_m": null, "descent_m": null, "device": {"kind": "other", "model": "", "name": ""}, "distance_m": 1500.0, "end_utc_ns": 1774801350000000000, "extra": {}, "gear": "", "heart_rate_bpm": null, "indoor": null, "moving_s": null, "note": "", "sport": "walking", "start": {"basis": "file_offset", "utc_ns": 1774800000000000000, "utc_offset_min": 60, "zone": null}, "steps": null, "title": ""}');
CREATE INDEX outings_by_day ON outings (day, start_utc_ns);
CREATE INDEX outings_by_recording ON outings (recording);
CREATE INDEX outings_by_shoe ON outings (shoe);
CREATE INDEX checkups_by_time ON checkups (at_utc_ns);
CREATE INDEX history_by_entry ON history (what, id);
CREATE TRIGGER history_stays BEFORE UPDATE ON history
BEGIN SELECT RAISE(ABORT, 'history is never changed'); END;
CREATE TRIGGER history_is_kept BEFORE DELETE ON history
BEGIN SELECT RAISE(ABORT, 'history is never removed'); END;
CREATE INDEX entries_by_time ON entries (what, at_utc_ns);
CREATE INDEX streams_by_outing ON streams (outing);
CREATE INDEX streams_by_recording ON streams (recording);
CREATE INDEX streams_by_time ON streams (start_utc_ns);
COMMIT;