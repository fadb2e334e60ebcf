"""What a server remembers of the walks is what a new reader would read, whoever changed them."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from evenstride.diary import REMEMBERED, Diary
from evenstride.diary.remembered import Remembered
from evenstride.model import Measure, Outing, PainRatings

DAY_NS = 86_400 * 10**9
MEASURES = {"cadence_spm": Measure(100.0, 99.0, 101.0, "steps/min", "firm", "Long enough.", 900)}


def walk(number, day=0):
    """Return a walk of a day after the first of January 2024."""
    start = 1_704_067_200 * 10**9 + day * DAY_NS + number
    return Outing(f"w{number}", start, "Europe/London", minutes=30.0, measures=MEASURES)


@pytest.fixture
def remembering():
    """Let this program remember walks as a server does."""
    REMEMBERED.begin()
    yield
    REMEMBERED.end()


def test_what_another_program_changed_is_seen(tmp_path, remembering):
    """A walk that is added, rated or removed elsewhere is so here with the next page."""
    del remembering
    with Diary.open(tmp_path) as server, Diary.open(tmp_path) as other:
        assert () == server.outings()
        other.add_outing(walk(1))
        assert (walk(1),) == server.outings()
        other.rate("w1", "back", "worst", 4.0)
        assert PainRatings(worst=4.0) == server.outings()[0].back
        other.remove_outing("w1")
        assert () == server.outings()


def test_without_measures_there_are_none(tmp_path, remembering):
    """Who asks for walks without what was measured gets them so, remembered or not."""
    del remembering
    with Diary.open(tmp_path) as diary:
        diary.add_outing(walk(1))
        diary.outings()

        assert (replace(walk(1), measures={}),) == diary.outings(measured=False)


def given_up(diary):
    """Add a walk in a change that breaks off."""
    with diary.together():
        diary.add_outing(walk(2))
        assert 2 == len(diary.outings())
        raise ZeroDivisionError


def test_in_the_middle_of_a_change_nothing_is_remembered(tmp_path, remembering):
    """What is taken back was never there for others."""
    del remembering
    with Diary.open(tmp_path) as diary:
        diary.add_outing(walk(1))
        with pytest.raises(ZeroDivisionError):
            given_up(diary)
        assert (walk(1),) == diary.outings()
        diary.add_outing(walk(3))
        assert (walk(1), walk(3)) == diary.outings()


def test_another_diary_in_the_same_place_is_read_anew(tmp_path, remembering):
    """A backup that is restored has a history of its own, also if that is as long."""
    del remembering
    for number in (1, 2):
        with Diary.open(tmp_path / str(number)) as diary:
            diary.add_outing(walk(number))
    with Diary.open(tmp_path / "1") as diary:
        assert (walk(1),) == diary.outings()
    (tmp_path / "2" / "diary.sqlite").replace(tmp_path / "1" / "diary.sqlite")
    with Diary.open(tmp_path / "1") as diary:
        assert (walk(2),) == diary.outings()


def test_a_command_remembers_nothing(tmp_path):
    """It reads the walks that it asks for, and no more."""
    with Diary.open(tmp_path) as diary:
        days = ("0001-01-01", "9999-12-31")

        assert Remembered().outings(diary.tables, tmp_path, days, measured=True) is None


class Walks(RuleBasedStateMachine):
    """Whatever is done to the walks, what is remembered equals what is read."""

    def __init__(self):
        super().__init__()
        self.folder = TemporaryDirectory()
        self.diary = Diary.open(Path(self.folder.name))
        self.remembered = Remembered()
        self.remembered.begin()

    @rule(number=st.integers(0, 5), day=st.integers(-3, 3))
    def put(self, number, day):
        """Add a walk, or move the one of that name."""
        change = self.diary.correct_outing if self.has(number) else self.diary.add_outing
        change(walk(number, day))

    @rule(number=st.integers(0, 5))
    def remove(self, number):
        """Remove a walk if it is there."""
        if self.has(number):
            self.diary.remove_outing(f"w{number}")

    def has(self, number):
        """Tell whether there is a walk of that name."""
        return any(one.id == f"w{number}" for one in self.diary.outings())

    @invariant()
    def the_same(self):
        """Of all days and of some."""
        first = date(2024, 1, 1)
        for since, until in ((None, None), (first, first), (None, first + timedelta(days=1))):
            days = ((since or date.min).isoformat(), (until or date.max).isoformat())
            found = self.remembered.outings(self.diary.tables, self.diary.home, days, measured=True)
            assert self.diary.outings(since, until) == found

    def teardown(self):
        """Close the diary."""
        self.diary.close()
        self.folder.cleanup()


Walks.TestCase.settings = settings(max_examples=20, stateful_step_count=12, deadline=None)
TestWalks = Walks.TestCase
