"""Walks gathered by the weeks of the calendar, with the middle values of the pain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import fsum
from statistics import median

from evenstride.model import Outing

__all__ = ["WeekOfWalks", "middle", "weeks_of_walks"]


@dataclass(frozen=True, slots=True)
class WeekOfWalks:
    """The walks of one week.

    Attributes:
        monday: Its first day.
        walks: In the order of time; rides are not among them.
    """

    monday: date
    walks: tuple[Outing, ...]

    @property
    def minutes(self) -> float:
        """What is known of its minutes."""
        return fsum(walk.minutes or 0 for walk in self.walks)

    @property
    def worst(self) -> float | None:
        """Median of the worst pain in the back, 0 to 10; None if it was never told."""
        return middle([walk.back.worst for walk in self.walks])

    @property
    def next_morning(self) -> float | None:
        """Median of the pain on the next morning, 0 to 10; None if it was never told."""
        return middle([walk.back.next_morning for walk in self.walks])


def weeks_of_walks(walks: Sequence[Outing]) -> tuple[WeekOfWalks, ...]:
    """Return the weeks on which was walked, the oldest first."""
    weeks: dict[date, list[Outing]] = defaultdict(list)
    for walk in walks:
        if walk.is_walk:
            weeks[walk.day - timedelta(days=walk.day.weekday())].append(walk)
    return tuple(WeekOfWalks(monday, tuple(found)) for monday, found in sorted(weeks.items()))


def middle(ratings: Sequence[float | None]) -> float | None:
    """Return the median of the ratings that were told; None if none was."""
    told = [rating for rating in ratings if rating is not None]
    return median(told) if told else None
