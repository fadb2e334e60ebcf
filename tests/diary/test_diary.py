"""The diary keeps what it was given."""

import sqlite3
import stat
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from evenstride.diary import Diary, Entry
from evenstride.diary.place import DIARY
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
    placement="lower back",
    sensor="Xsens DOT, gyroscope, gravity, 100 Hz",
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


def test_the_distance_of_every_pair_of_shoes_is_told(diary):
    """Walks without a distance add nothing, nor does a ride; a pair never worn has what it had."""
    diary.keep_shoe(Shoe("s", "Blue", earlier_m=1000.0))
    diary.keep_shoe(Shoe("t", "Red"))
    for number, metres in enumerate((500.0, None, 250.0)):
        diary.add_outing(replace(WALK, id=f"w{number}", shoe="s", distance_m=metres))
    diary.add_outing(replace(WALK, id="ride", shoe="t", kind="cycling", distance_m=9000.0))

    assert {"s": 1750.0, "t": 0.0} == diary.shoe_distances_m()


def test_steps_of_days_are_kept_and_a_day_without_is_missing(diary):
    """A day that is told again is corrected; wrong numbers keep nothing of the same call."""
    days = [date(2026, 3, number) for number in (28, 29, 30)]
    diary.keep_day_steps({days[0]: 4000, days[2]: 0})
    diary.keep_day_steps({days[0]: 4100})
    with pytest.raises(DiaryError):
        diary.keep_day_steps({days[1]: 5, days[2]: -1})

    assert {days[0]: 4100, days[2]: 0} == diary.day_steps()
    assert {days[2]: 0} == diary.day_steps(since=days[1], until=days[2])
    assert {"steps": (4000, 4100)} == diary.history("days")[-1].differences()


def test_a_change_tells_what_differs(diary):
    """Added and removed rows differ from nothing in all that was told."""
    diary.keep_shoe(Shoe("s", "Blue"))
    diary.keep_shoe(Shoe("s", "Red"))
    diary.remove_shoe("s")

    added, corrected, removed = (change.differences() for change in diary.history("shoes"))

    assert (None, "Blue") == added["name"]
    assert "first_worn" not in added
    assert {"name": ("Blue", "Red")} == corrected
    assert ("Red", None) == removed["name"]


def test_an_unfinished_interview_leaves_no_history(diary):
    """It is kept after every answer, and what was taken back is gone."""
    for answers in ({}, {"age": 40}):
        diary.keep_entry(Entry("interview", "now", 1, answers))
    assert {"age": 40} == diary.last_entry("interview").document
    diary.remove_entry("interview", "now")

    assert () == diary.entries("interview")
    assert () == diary.history()


def test_an_entry_of_an_unknown_kind_is_refused(diary):
    """A kind that this version does not know would never be found again."""
    with pytest.raises(DiaryError, match="no kind"):
        diary.keep_entry(Entry("poem", "p", 1, {}))


def test_only_the_owner_can_read(diary):
    """Folders are 0700 and files 0600, the side files too."""
    diary.add_outing(WALK)
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in diary.home.rglob("*")}

    assert 0o700 == stat.S_IMODE(diary.home.stat().st_mode)
    assert diary.home / "diary.sqlite-wal" in modes
    assert all(mode == (0o700 if path.is_dir() else 0o600) for path, mode in modes.items())


def test_walks_are_found_by_their_name_or_their_day(diary):
    """An id names one walk, a day all of its walks in order, and any other name none."""
    days = [at("Europe/London", 2026, 10, day, 9) for day in (3, 3, 5)]
    for place, start in enumerate(days):
        diary.add_outing(Outing(f"w{place}", start + place, "Europe/London"))

    assert ["w1"] == [one.id for one in diary.outings_named("w1")]
    assert ["w0", "w1"] == [one.id for one in diary.outings_named("2026-10-03")]
    assert () == diary.outings_named("2026-10-04")


def test_walks_are_counted_back_from_a_day(diary):
    """The place counts only walks of the wanted kind up to the day; past the first one is None."""
    for day in range(1, 7):
        walk = Outing(f"w{day}", at("Europe/London", 2026, 10, day, 9), "Europe/London")
        walk = replace(walk, measures=WALK.measures) if day % 2 else walk
        diary.add_outing(replace(walk, leg=PainRatings(worst=2)) if day == 2 else walk)

    assert date(2026, 10, 6) == diary.day_of_walk_before(None, 1)
    assert date(2026, 10, 3) == diary.day_of_walk_before(date(2026, 10, 4), 2)
    assert date(2026, 10, 3) == diary.day_of_walk_before(date(2026, 10, 5), 2, "measured")
    assert date(2026, 10, 2) == diary.day_of_walk_before(None, 1, "rated")
    assert diary.day_of_walk_before(date(2026, 9, 30), 1) is None
