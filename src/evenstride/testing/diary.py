"""A simulated person whose back answers each walk, with known truth, for tests and for trying out.

Nothing in it is anyone's data: every number was chosen by us so that a diary looks like one.

>>> from evenstride.model import Outing
>>> from evenstride.testing import SimulatedPerson
>>> person = SimulatedPerson(shoes={"soft": -1.0}, days=7, seed=1)
>>> person.after(Outing("monday", 0, minutes=20, shoe="soft"), day=0).back.worst is not None
True
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from evenstride.model import Outing, PainRatings
from evenstride.testing._sensor import require

__all__ = ["SimulatedPerson"]

_RISE = 2.0  # "minutes until the pain had risen by two points"
_HIGHEST = 10.0
_AT_REST = 0.3  # share of what a day brings that is felt at rest already
_USUAL_SLEEP_H = 7.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedPerson:
    """How a back answers walks: points of pain on the scale from 0 to 10.

    A walk of ``tolerated_min`` on level, paved ground raises the pain by two points. Days are
    correlated: what is not explained follows an AR(1) process. Pain is told in whole points, never
    below 0.

    Attributes:
        rest: Pain at rest on the first day.
        better_per_week: By how much it falls each week.
        tolerated_min: Minutes that raise the pain by two points on the first day.
        tolerates_more: Share by which these minutes grow each week.
        shoes: Points that a pair of shoes adds, by its id.
        surfaces: Points that a ground adds.
        hills: Points that slopes add.
        per_kg: Points for each kilogram carried.
        per_sitting_h: Points for each hour of sitting just before.
        per_lost_sleep_h: Points for each hour of sleep below seven.
        after_an_hour: Share of the rise that is left an hour later.
        next_morning: Share of the rise that is left on the next morning.
        correlation: Of the unexplained pain of two days in a row.
        spread: Its standard deviation.
        days: How many days are simulated.
        seed: The same seed gives the same days.
    """

    rest: float = 1.4
    better_per_week: float = 0.08
    tolerated_min: float = 40.0
    tolerates_more: float = 0.05
    shoes: Mapping[str, float] = field(default_factory=dict)
    surfaces: Mapping[str, float] = field(
        default_factory=lambda: {"grass": 0.2, "track": 0.1, "uneven": 0.5}
    )
    hills: Mapping[str, float] = field(default_factory=lambda: {"some": 0.2, "steep": 1.0})
    per_kg: float = 0.15
    per_sitting_h: float = 0.15
    per_lost_sleep_h: float = 0.15
    after_an_hour: float = 0.4
    next_morning: float = 0.05
    correlation: float = 0.5
    spread: float = 0.4
    days: int = 56
    seed: int = 0

    def __post_init__(self) -> None:
        require(self.days >= 1, "A simulation lasts a day at least.")
        require(0 <= self.correlation < 1, "The correlation must lie between 0 and 1.")
        require(self.spread >= 0, "The spread cannot be below 0.")
        require(self.tolerated_min > 0, "The minutes must be above 0.")

    def after(self, walk: Outing, day: int, more: float = 0.0) -> Outing:
        """Return the walk with the pain that it brought.

        Args:
            walk: What was walked: minutes, shoes, ground, load, sleep, sitting before.
            day: Which day of the simulation, from 0.
            more: Points that something else adds to the rise, such as digging the day before.

        Raises:
            OptionError: If there is no such day.
        """
        require(0 <= day < self.days, "This day is not simulated.")
        chance = self._chance()
        before = self._at_rest(day, chance[day])
        morning = self._at_rest(day + 1, chance[day + 1])
        rise = max(0.0, self.rise(walk, day) + more + chance[day] * (1 - _AT_REST))
        back = PainRatings(
            before=_told(before),
            worst=_told(before + rise),
            hour_after=_told(before + rise * self.after_an_hour),
            next_morning=_told(morning + rise * self.next_morning),
        )
        minutes = walk.minutes
        reached = round(minutes * _RISE / rise) if minutes and rise >= _RISE else None
        return replace(walk, back=back, minutes_to_rise=reached)

    def rise(self, walk: Outing, day: int) -> float:
        """Return the points by which a walk raises the pain, without the chance of the day."""
        tolerated: float = self.tolerated_min * (1 + self.tolerates_more) ** (day / 7)
        lost_sleep_h = max(0.0, _USUAL_SLEEP_H - (walk.sleep_h or _USUAL_SLEEP_H))
        return (
            _RISE * (walk.minutes or 0.0) / tolerated
            + self.shoes.get(walk.shoe or "", 0.0)
            + self.surfaces.get(walk.surface or "", 0.0)
            + self.hills.get(walk.hills or "", 0.0)
            + self.per_kg * (walk.load_kg or 0.0)
            + self.per_sitting_h * (walk.sitting_before_min or 0.0) / 60
            + self.per_lost_sleep_h * lost_sleep_h
        )

    def _at_rest(self, day: int, chance: float) -> float:
        return max(0.0, self.rest - self.better_per_week * day / 7 + chance * _AT_REST)

    def _chance(self) -> tuple[float, ...]:
        """Return the unexplained pain of each day, and of the morning after the last one."""
        draws = np.random.default_rng(self.seed).normal(size=self.days + 1)
        new = self.spread * (1 - self.correlation**2) ** 0.5
        found = [self.spread * float(draws[0])]
        for draw in draws[1:]:
            found.append(self.correlation * found[-1] + new * float(draw))
        return tuple(found)


def _told(pain: float) -> float:
    """Return pain as people tell it: in whole points from 0 to 10."""
    return float(min(_HIGHEST, round(pain)))
