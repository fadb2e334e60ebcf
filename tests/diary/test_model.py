"""Whatever is done to the diary in whatever order, it agrees with a plain model of it."""

import shutil
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from evenstride.diary import Diary, back_up, erase, restore
from evenstride.errors import DiaryError
from evenstride.model import Outing, PainRatings, Shoe

IDS = st.sampled_from(["a", "b", "c"])
SHOES = st.sampled_from([None, "s", "t"])
RATING = st.none() | st.integers(-1, 11).map(float)
# Clocks go forward, go back, go back by half an hour, and leave out a whole day.
ODD_DAYS = [
    ("Europe/London", date(2026, 3, 29)),
    ("America/New_York", date(2026, 11, 1)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("Pacific/Apia", date(2011, 12, 30)),
]
HOUR_NS = 3600 * 10**9


@st.composite
def moments(draw):
    """Return a zone and a moment, mostly around a day on which its clocks change."""
    zone, day = draw(st.sampled_from(ODD_DAYS))
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp()
    around = int(noon) * 10**9 + draw(st.integers(-36, 36)) * HOUR_NS // 2
    anywhere = st.tuples(st.just(zone), st.integers(0, 4 * 10**18))
    return draw(st.just((zone, around)) | anywhere)


def walk_at(moment, **rest):
    """Return a walk at a moment."""
    return Outing(time_zone=moment[0], start_utc_ns=moment[1], **rest)


WALKS = st.builds(
    walk_at,
    moments(),
    id=IDS,
    minutes=st.none() | st.floats(0, 1e6),
    back=st.builds(PainRatings, before=RATING),
    new_numbness=st.none() | st.booleans(),
    shoe=SHOES,
    note=st.text(st.characters(exclude_categories=["Cs"]), max_size=5),
)


class Kept(RuleBasedStateMachine):
    """The diary beside two dictionaries."""

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.diary = Diary.open(self.folder / "home")
        self.walks, self.shoes, self.days, self.changes = {}, {}, {}, 0
        self.saved = self.undo = None

    def teardown(self):
        """Close and clear."""
        self.diary.close()
        shutil.rmtree(self.folder)

    def fits(self, walk):
        """Tell whether the diary may take a walk."""
        before = walk.back.before
        return (walk.shoe is None or walk.shoe in self.shoes) and (
            before is None or 0 <= before <= 10
        )

    def agree(self, expected, call, *given):
        """Call, and expect it to be refused or not; the history grows only by what is done."""
        try:
            call(*given)
        except DiaryError:
            assert not expected
            assert self.changes == len(self.diary.history())
        else:
            assert expected
        return expected

    def state(self):
        """Return everything the diary should hold."""
        return dict(self.walks), dict(self.shoes), dict(self.days)

    def open(self):
        """Open the diary again."""
        self.diary = Diary.open(self.folder / "home")

    @rule(walk=WALKS)
    def add(self, walk):
        """Add a walk."""
        expected = self.fits(walk) and self.walks.get(walk.id, walk) == walk
        if self.agree(expected, self.diary.add_outing, walk):
            self.walks[walk.id] = walk

    @rule(walk=WALKS)
    def correct(self, walk):
        """Correct a walk."""
        expected = self.fits(walk) and walk.id in self.walks
        if self.agree(expected, self.diary.correct_outing, walk):
            self.walks[walk.id] = walk

    @rule(name=IDS)
    def remove(self, name):
        """Remove a walk."""
        if self.agree(name in self.walks, self.diary.remove_outing, name):
            del self.walks[name]

    @rule(name=IDS, rating=RATING)
    def rate(self, name, rating):
        """Rate the leg, in range or not."""
        expected = name in self.walks and (rating is None or 0 <= rating <= 10)
        if self.agree(expected, self.diary.rate, name, "leg", "worst", rating):
            walk = self.walks[name]
            self.walks[name] = replace(walk, leg=replace(walk.leg, worst=rating))

    @rule(name=SHOES.filter(bool), retired=st.booleans())
    def shoe(self, name, retired):
        """Keep shoes."""
        self.diary.keep_shoe(Shoe(name, name, retired=retired))
        self.shoes[name] = Shoe(name, name, retired=retired)

    @rule(name=SHOES.filter(bool))
    def remove_shoe(self, name):
        """Remove shoes, worn or not."""
        expected = name in self.shoes and all(w.shoe != name for w in self.walks.values())
        if self.agree(expected, self.diary.remove_shoe, name):
            del self.shoes[name]

    @rule(day=st.sampled_from([day for _, day in ODD_DAYS]), steps=st.integers(-1, 2**64))
    def count(self, day, steps):
        """Keep the steps of a day, in range or not."""
        if self.agree(0 <= steps < 2**63, self.diary.keep_day_steps, {day: steps}):
            self.days[day] = steps

    @rule()
    def reopen(self):
        """Close and open."""
        self.diary.close()
        self.open()

    @rule()
    def save(self):
        """Make a backup."""
        shutil.rmtree(self.folder / "copy", ignore_errors=True)
        back_up(self.diary, self.folder / "copy")
        self.saved = self.state()

    @rule()
    def go_back(self):
        """Restore the backup; what was there is set aside."""
        if self.saved:
            self.diary.close()
            aside = restore(self.folder / "copy", self.folder / "home")
            self.undo = aside, self.state()
            self.open()
            self.walks, self.shoes, self.days = map(dict, self.saved)

    @rule()
    def take_the_restore_back(self):
        """Restore what the last restore set aside."""
        if self.undo:
            self.diary.close()
            restore(self.undo[0], self.folder / "home")
            self.open()
            self.walks, self.shoes, self.days = map(dict, self.undo[1])

    @rule()
    def erase_everything(self):
        """Erase; a backup elsewhere stays."""
        self.diary.close()
        erase(self.folder / "home")
        assert not (self.folder / "home").exists()
        self.open()
        self.walks, self.shoes, self.days, self.undo = {}, {}, {}, None

    @invariant()
    def holds_the_same(self):
        """The diary and the model agree."""
        assert self.walks == {walk.id: walk for walk in self.diary.outings()}
        assert self.shoes == {shoe.id: shoe for shoe in self.diary.shoes()}
        assert self.days == self.diary.day_steps()

    @invariant()
    def history_ends_at_what_is_there(self):
        """The last line of the history about a walk is the walk as it is now."""
        history = self.diary.history()
        self.changes = len(history)
        last = {change.id: change.after for change in history if change.what == "outings"}
        assert set(self.walks) == {name for name, after in last.items() if after}
        for name, walk in self.walks.items():
            assert (walk.note, walk.minutes) == (last[name]["note"], last[name]["minutes"])

    @invariant()
    def every_walk_is_on_its_local_day(self):
        """Each day has the walks whose own clock showed it, whatever clocks did."""
        days = {}
        for walk in self.walks.values():
            moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(
                seconds=walk.start_utc_ns // 10**9
            )
            local = moment.astimezone(ZoneInfo(walk.time_zone)).date()
            days.setdefault(local, set()).add(walk.id)
        for day, names in days.items():
            assert names == {walk.id for walk in self.diary.outings(since=day, until=day)}


TestKept = Kept.TestCase
TestKept.settings = settings(max_examples=12, stateful_step_count=18, deadline=None)
