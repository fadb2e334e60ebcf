"""The week of a plan as days: what was walked, what is left, and how tall the weeks before were."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

__all__ = ["Day", "Past", "past_weeks", "week_of"]

_WEEKS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the week of a plan.

    Attributes:
        day: It.
        is_today: Whether it is today.
        minutes: Planned for it and left; None without.
        walks: The lights of the walks of that day: "green", "amber", "red", or "waiting", when
            the next morning has not come or nothing was told.
    """

    day: date
    is_today: bool
    minutes: int | None
    walks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Past:
    """A week before this one, as a bar: what was planned, and how much of it was done.

    Attributes:
        number: 0 is the usual week.
        planned: Height of the bar, from 0 to 1; 0 in the usual week.
        done: How much of it is filled, from 0 to 1.
        light: Of the week; empty without one.
    """

    number: int
    planned: float
    done: float
    light: str


def week_of(plan: Mapping[str, Any]) -> tuple[Day, ...]:
    """Return the seven days of this week, from the document "evenstride/plan/1"."""
    starts, today = (date.fromisoformat(text) for text in (plan["week"]["starts"], plan["today"]))
    left = {one["day"]: one["minutes"] for one in plan["sessions"]}
    days = [starts + timedelta(days=number) for number in range(7)]
    return tuple(
        Day(
            day,
            day == today,
            left.get(day.isoformat()),
            tuple(_light(one) for one in plan["lights"] if one["day"] == day.isoformat()),
        )
        for day in days
    )


def past_weeks(plan: Mapping[str, Any]) -> tuple[Past, ...]:
    """Return the weeks before this one, the oldest first."""
    weeks = plan["past"][-_WEEKS_SHOWN:]
    most = max((week["sessions"] * week["session_min"] for week in weeks), default=0)
    return tuple(
        Past(
            week["number"],
            week["sessions"] * week["session_min"] / most if most else 0.0,
            min(1.0, week["done"] / week["sessions"]) if week["sessions"] else 0.0,
            week["light"] or "",
        )
        for week in weeks
    )


def _light(walk: Mapping[str, Any]) -> str:
    """Return the light of a walk, or that it still waits for what was not told."""
    return "waiting" if walk["waiting"] or walk["light"] is None else str(walk["light"])
