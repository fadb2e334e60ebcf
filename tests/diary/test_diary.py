"""The diary keeps what it was given."""

import sqlite3
import stat
import time
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from evenstride.diary import Diary, Entry
from evenstride.diary.schema import APPLICATION_ID, MIGRATIONS, VERSION
from evenstride.diary.database import _statements
from evenstride.diary.place import BACKUPS, DIARY
from evenstride.errors import DiaryError
from evenstride.model import Measure, Outing, PainRatings, Person, Shoe

WALK = Outing(
    "w1",
    1_774_800_000_000_000_000,
    "Europe/London",
    minutes=22.5,
    steps=2100,
    back=PainRatings(before=2, worst=5),
    new_numbness=False,
    measures={"cadence_spm": Measure(107.3, 106.8, 107.9, "steps/min", "firm", "Long.", 900)},
)


@pytest.fixture
def diary(tmp_path):
    """Return an empty diary."""
    with Diary.open(tmp_path / "home") as opened:
        yield opened


def at(zone, *moment):
    """Return a local time in nanoseconds."""
    return int(datetime(*moment, tzinfo=ZoneInfo(zone)).timestamp()) * 1_000_000_000


def test_a_walk_comes_back_as_it_was_given(diary):
    """Every field of a walk survives closing and opening."""
    diary.add_outing(WALK)
    diary.close()

    with Diary.open(diary.home) as again:
        assert WALK == again.outing("w1")


def test_the_same_walk_twice_changes_nothing(diary):
    """Adding is idempotent, and another walk under the same id is refused."""
    diary.add_outing(WALK)
    diary.add_outing(WALK)

    assert 1 == len(diary.history())
    with pytest.raises(DiaryError, match="already has another"):
        diary.add_outing(replace(WALK, minutes=9.0))


def test_corrections_and_removals_stay_in_the_history(diary):
    """The history tells what was before, and cannot be changed."""
    diary.add_outing(WALK)
    diary.rate("w1", "back", "next_morning", 4)
    diary.remove_outing("w1")

    changes = diary.history("outings", "w1")

    assert ["added", "corrected", "removed"] == [change.change for change in changes]
    assert (None, 4.0) == (
        changes[1].before["back_next_morning"],
        changes[1].after["back_next_morning"],
    )
    assert () == diary.outings()
    with closing(sqlite3.connect(diary.home / DIARY)) as other:
        for statement in ("DELETE FROM history", "UPDATE history SET who = ''"):
            with pytest.raises(sqlite3.IntegrityError):
                other.execute(statement)


def test_days_are_local_days(diary):
    """A walk late on the day on which clocks change belongs to that day."""
    zone = "Europe/London"
    for name, moment in {"a": (2026, 3, 29, 0, 30), "b": (2026, 3, 29, 23, 30)}.items():
        diary.add_outing(Outing(name, at(zone, *moment), zone))
    diary.add_outing(Outing("c", at(zone, 2026, 3, 30, 0, 10), zone))

    found = diary.outings(date(2026, 3, 29), date(2026, 3, 29))

    assert ["a", "b"] == [walk.id for walk in found]


@pytest.mark.parametrize(
    "wrong",
    [
        replace(WALK, minutes=float("nan")),
        replace(WALK, back=PainRatings(worst=11)),
        replace(WALK, time_zone="Nowhere/Land"),
        replace(WALK, shoe="unknown"),
        replace(WALK, steps=2**70),
    ],
)
def test_what_does_not_fit_is_refused(diary, wrong):
    """Nothing is kept of a walk that does not fit."""
    with pytest.raises(DiaryError):
        diary.add_outing(wrong)

    assert () == diary.outings()
    assert () == diary.history()


def test_a_recording_is_kept_once(diary, tmp_path):
    """The same content is one recording, and its bytes come back."""
    source, twin = tmp_path / "a.csv", tmp_path / "b.csv"
    source.write_bytes(b"time,x\n" * 1000)
    twin.write_bytes(source.read_bytes())

    kept = diary.keep_recording(source, "csv")

    assert kept == diary.keep_recording(twin)
    assert (kept,) == diary.recordings()
    assert (kept,) == diary.not_derived("1")
    with diary.open_recording(kept.sha256) as file:
        assert source.read_bytes() == file.read()
    diary.keep_derived(kept.sha256, "1", {"steps": 3})
    assert () == diary.not_derived("1")
    assert {"steps": 3} == diary.derived(kept.sha256)[0].document


def test_person_shoes_and_entries(diary):
    """The rest comes back as it was given."""
    person, shoe = Person("Kit", 1980, 1.7), Shoe("s", "Blue", earlier_m=1000.0)
    entry = Entry("trial", "t", 5, {"seed": 1, "arms": [0, 1]})
    diary.keep_person(person)
    diary.keep_shoe(shoe)
    diary.keep_entry(entry)
    diary.add_outing(replace(WALK, shoe="s", distance_m=500.0))

    assert person == diary.person()
    assert (shoe,) == diary.shoes()
    assert 1500.0 == diary.shoe_distance_m("s")
    assert entry == diary.last_entry("trial")
    with pytest.raises(DiaryError):
        diary.remove_shoe("s")


def test_only_the_owner_can_read(diary):
    """Folders are 0700 and files 0600, the side files too."""
    diary.add_outing(WALK)
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in diary.home.rglob("*")}

    assert 0o700 == stat.S_IMODE(diary.home.stat().st_mode)
    assert diary.home / "diary.sqlite-wal" in modes
    assert all(mode == (0o700 if path.is_dir() else 0o600) for path, mode in modes.items())


@pytest.mark.parametrize("version", range(1, VERSION))
def test_earlier_versions_are_brought_up_to_date(tmp_path, version):
    """What an earlier version kept is there, with a copy of the file as it was."""
    home = tmp_path / "home"
    home.mkdir()
    with closing(sqlite3.connect(home / DIARY, isolation_level=None)) as old:
        for script in MIGRATIONS[:version]:
            for statement in _statements(script):
                old.execute(statement)
        old.execute("INSERT INTO shoes VALUES ('s', 'Blue', NULL, 0, 0)")
        old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        old.execute(f"PRAGMA user_version = {version}")

    with Diary.open(home) as diary:
        assert (Shoe("s", "Blue"),) == diary.shoes()
        diary.keep_entry(Entry("plan", "p", time.time_ns(), {}))
    assert 1 == len(list((home / BACKUPS).glob(f"version-{version}-*.sqlite")))


def test_a_newer_version_is_refused(diary):
    """A diary of a newer program is left alone, in a clear sentence."""
    with closing(sqlite3.connect(diary.home / DIARY)) as other:
        other.execute("PRAGMA user_version = 99")

    with pytest.raises(DiaryError, match="newer evenstride"):
        Diary.open(diary.home)


@pytest.mark.parametrize("harm", ["cut", "flip", "text"])
def test_damage_is_said(diary, harm):
    """A damaged file is left as it is, and the sentence says what to do."""
    for number in range(200):
        diary.add_outing(replace(WALK, id=f"w{number}"))
    diary.close()
    path = diary.home / DIARY
    content = bytearray(path.read_bytes())
    if harm == "cut":
        content = content[: len(content) // 2]
    elif harm == "flip":
        content[4096 * 8 : 4096 * 12] = bytes(4096 * 4)
    else:
        content = bytearray(b"not a database " * 500)
    path.write_bytes(content)

    with pytest.raises(DiaryError, match="damaged") as told:
        Diary.open(diary.home)

    assert "estore" in told.value.hint
    assert bytes(content) == path.read_bytes()
