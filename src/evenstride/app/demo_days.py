"""The days of the simulated diary: each morning the plan is asked, and mostly it is followed."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from evenstride.app.moments import NS
from evenstride.app.own import Own
from evenstride.app.planning import basis_of, plan_of
from evenstride.model import Outing, PainRatings

if TYPE_CHECKING:
    from evenstride.plan import Plan
    from evenstride.testing import SimulatedPerson

__all__ = ["SCENES", "SHOES", "Days", "Scene", "at"]

SHOES = ("old-trainers", "new-walking-shoes")
"""The ids of the two pairs, the one that is worn at first and the one that is tried."""

_MORNING, _WALK = time(7, 30), time(17, 30)
_USUAL_WEEK = (0, 2, 4, 6)  # days with a walk before there is a plan
_USUAL_MIN = (22, 28)
_FOLLOWS = 0.93  # share of the planned walks that are walked
_SPEED_M_MIN = 72.0


_NO_PAIN = PainRatings(before=0, worst=0)


@dataclass(frozen=True, slots=True)
class Scene:
    """What is out of the ordinary about one walk.

    Attributes:
        note: In the person's words.
        more: Points that it adds to the rise of the pain.
        longer_min: Minutes beyond the plan.
        told: Attributes of the walk that are told besides.
        leg: Pain in the leg.
        lacks: Ratings of the back that nobody told.
        other_shoes: The trial asked for the other pair.
        noted_late: It was noted on the next morning.
        slip_min: Minutes that were noted too much at first, and corrected on the next morning.
        recorded: A phone recorded its first minute.
    """

    note: str = ""
    more: float = 0.0
    longer_min: float = 0.0
    told: Mapping[str, Any] = field(default_factory=dict)
    leg: PainRatings = _NO_PAIN
    lacks: tuple[str, ...] = ()
    other_shoes: bool = False
    noted_late: bool = False
    slip_min: float = 0.0
    recorded: bool = False


_ORDINARY = Scene()
SCENES: Mapping[int, Scene] = {
    0: Scene("This diary is simulated: no real person wrote it."),
    3: Scene(recorded=True),
    5: Scene("It rained, so I walked in the gym.", told={"kind": "treadmill"}),
    7: Scene(lacks=("hour_after",)),
    9: Scene(leg=PainRatings(0, 1, 0, 0), told={"reach": "buttock"}),
    10: Scene(lacks=("next_morning",)),
    11: Scene("I dug in the garden yesterday.", more=1.8),
    12: Scene("Up and down the shopping centre.", told={"kind": "indoor"}, noted_late=True),
    15: Scene("My phone was in its belt.", recorded=True),
    16: Scene("I met a friend and we went on.", longer_min=6),
    19: Scene("A long way with heavy shopping.", 3.6, 9.0, {"load_kg": 7.0, "hills": "some"}),
    21: Scene(slip_min=20),
    24: Scene("My new shoes were wet.", other_shoes=True),
    26: Scene(lacks=("hour_after",)),
    28: Scene(recorded=True),
    30: Scene("I slept badly.", 1.8, told={"sleep_h": 4.5, "sitting_before_min": 180}),
}  # fmt: skip
"""By the number of the walk, from 0."""


def at(day: date, clock: time, zone: str) -> int:
    """Return the moment of a clock time on a day, in nanoseconds UTC."""
    return int(datetime.combine(day, clock, ZoneInfo(zone)).timestamp()) * NS


@dataclass(slots=True)
class Days:
    """A simulated person who keeps a diary, one day after the other.

    Attributes:
        mine: The diary at the moment that is being lived.
        body: How the back answers.
        first: The first day.
        chance: What is left to chance.
        walks: How many walks there were.
        open: The last walk as it was, if not all of it was told yet.
        late: Whether nothing at all was told of it yet.
    """

    mine: Own
    body: SimulatedPerson
    first: date
    chance: random.Random
    walks: int = 0
    open: Outing | None = None
    late: bool = False

    def morning(self, number: int) -> Plan | None:
        """Wake up: tell what was left open yesterday, and ask the plan.

        Returns:
            The plan; None if there is none today.
        """
        from evenstride.plan import Plan

        self._go_to(number, _MORNING)
        self._tell_the_rest()
        found = plan_of(self.mine, basis_of(self.mine))
        return found if isinstance(found, Plan) else None

    def walk(self, number: int, today: Plan, pair: int) -> tuple[Outing, Scene] | None:
        """Walk what the plan says, more or less, and note it; None without a walk.

        Args:
            number: Which day, from 0.
            today: The plan of this day.
            pair: Which of ``SHOES`` is to be worn.
        """
        minutes = self._minutes(number, today)
        if minutes is None:
            return None
        scene = SCENES.get(self.walks, _ORDINARY)
        self._go_to(number, self._clock())
        shoe = SHOES[1 - pair if scene.other_shoes else pair]
        walk = self._around(minutes + scene.longer_min, shoe)
        walk = replace(walk, note=scene.note, leg=scene.leg, **scene.told)
        walk = self.body.after(walk, number, scene.more)
        walk = replace(walk, back=replace(walk.back, **dict.fromkeys(scene.lacks)))
        self.open, self.late = walk, scene.noted_late
        self.walks += 1
        if not scene.noted_late:
            self.mine.diary.add_outing(_in_the_evening(walk, scene))
        return walk, scene

    def _tell_the_rest(self) -> None:
        """Tell what was left open of the last walk; what was measured of it meanwhile stays."""
        walk, self.open = self.open, None
        if walk is None:
            return
        diary = self.mine.diary
        if self.late:
            diary.add_outing(walk)
        else:
            kept = diary.outing(walk.id)
            diary.correct_outing(replace(kept, minutes=walk.minutes, back=walk.back, leg=walk.leg))

    def _minutes(self, number: int, today: Plan) -> float | None:
        """Return how long today's walk is; None on a day without one."""
        if today.phase == "baseline":
            usual = self.chance.randint(*_USUAL_MIN)
            return float(usual) if number in _USUAL_WEEK else None
        if today.session_today is None or self.chance.random() > _FOLLOWS:
            return None
        return float(today.session_today.minutes + self.chance.choice((0, 0, 0, 1, 2)))

    def _around(self, minutes: float, shoe: str) -> Outing:
        """Return a walk with what is told around it; not all of it is told each time."""
        chance = self.chance
        distance = round(minutes * _SPEED_M_MIN * chance.uniform(0.95, 1.05), -1)
        zone = self.mine.person.time_zone
        start = self.mine.now
        slept, sat = round(2 * chance.gauss(6.9, 0.6)) / 2, chance.choice((0, 30, 60, 120))
        return Outing(
            id=f"{datetime.fromtimestamp(start // NS, ZoneInfo(zone)):%Y-%m-%dT%H%M}",
            start_utc_ns=start,
            time_zone=zone,
            minutes=minutes,
            distance_m=distance,
            new_numbness=False,
            reach="none",
            shoe=shoe,
            surface=chance.choice(("paved", "paved", "paved", "track", "grass")),
            hills=chance.choice(("flat", "flat", "flat", "some")),
            sleep_h=slept if chance.random() < 0.7 else None,
            sitting_before_min=float(sat) if chance.random() < 0.5 else None,
        )

    def _clock(self) -> time:
        later = timedelta(minutes=self.chance.randint(-45, 45))
        return (datetime.combine(self.first, _WALK) + later).time()

    def _go_to(self, number: int, clock: time) -> None:
        day = self.first + timedelta(days=number)
        self.mine = replace(self.mine, now=at(day, clock, self.mine.person.time_zone))


def _in_the_evening(walk: Outing, scene: Scene) -> Outing:
    """Return the walk as it is noted on its day: the next morning has not come yet."""
    return replace(
        walk,
        minutes=(walk.minutes or 0) + scene.slip_min,
        back=replace(walk.back, next_morning=None),
        leg=replace(walk.leg, next_morning=None),
    )
