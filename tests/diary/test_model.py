"""Whatever is done to the diary in whatever order, it agrees with a plain model of it."""

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from evenstride.diary import Diary, back_up, restore
from evenstride.errors import DiaryError
from evenstride.model import Outing, PainRatings, Shoe

IDS = st.sampled_from(["a", "b", "c"])
SHOES = st.sampled_from([None, "s", "t"])
RATING = st.none() | st.integers(-1, 11).map(float)
WALKS = st.builds(
    Outing,
    id=IDS,
    start_utc_ns=st.integers(0, 4 * 10**18),
    time_zone=st.sampled_from(["UTC", "Europe/London", "Pacific/Apia"]),
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
        self.walks, self.shoes, self.saved = {}, {}, None

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
        """Call, and expect it to be refused or not."""
        try:
            call(*given)
        except DiaryError:
            assert not expected
        else:
            assert expected
        return expected

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

    @rule()
    def reopen(self):
        """Close and open."""
        self.diary.close()
        self.diary = Diary.open(self.folder / "home")

    @rule()
    def save(self):
        """Make a backup."""
        shutil.rmtree(self.folder / "copy", ignore_errors=True)
        back_up(self.diary, self.folder / "copy")
        self.saved = dict(self.walks), dict(self.shoes)

    @rule()
    def go_back(self):
        """Restore the backup."""
        if self.saved:
            self.diary.close()
            restore(self.folder / "copy", self.folder / "home")
            self.diary = Diary.open(self.folder / "home")
            self.walks, self.shoes = dict(self.saved[0]), dict(self.saved[1])

    @invariant()
    def holds_the_same(self):
        """The diary and the model agree."""
        assert self.walks == {walk.id: walk for walk in self.diary.outings()}
        assert self.shoes == {shoe.id: shoe for shoe in self.diary.shoes()}


TestKept = Kept.TestCase
TestKept.settings = settings(max_examples=30, stateful_step_count=20, deadline=None)
