"""How much a week has, and every step that a level can take: up, or down.

Each function goes from one level to the next one and knows nothing of walks or days.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import floor

from evenstride.plan.nouns import Change
from evenstride.plan.numbers import PlanKnowledge

__all__ = [
    "Level",
    "grown",
    "halved",
    "is_full",
    "longer_min",
    "lowest",
    "next_step",
    "shorter",
    "whole",
]

_ALMOST = 1e-9  # 0.8 x 20 in binary must not lose a minute


@dataclass(frozen=True, slots=True)
class Level:
    """How much a week has.

    Attributes:
        sessions: Walks a week.
        minutes: Of each.
        brisk: How many steps of pace were taken.
        ground: How many kinds of ground were added.
        load: Whether a light bag was added.
    """

    sessions: int
    minutes: int
    brisk: int = 0
    ground: int = 0
    load: bool = False


def lowest(one: Level, other: Level) -> Level:
    """Return the level that asks for more than neither of two in anything."""
    return Level(
        min(one.sessions, other.sessions),
        min(one.minutes, other.minutes),
        min(one.brisk, other.brisk),
        min(one.ground, other.ground),
        one.load and other.load,
    )


def whole(value: float) -> int:
    """Return the whole part of a number; what is short of a whole by rounding only counts."""
    return floor(value + _ALMOST)


def is_full(level: Level, known: PlanKnowledge) -> bool:
    """Return whether the target is reached: as long and as often as the plan goes."""
    progress = known.progress
    return level.minutes >= progress.target_min and level.sessions >= progress.sessions_to


def next_step(level: Level, greens: int, known: PlanKnowledge) -> str | None:
    """Return the rule of the next change, in the order of the knowledge; None if none is left.

    Args:
        level: This week's.
        greens: Green weeks in a row at the target, without a new kind of ground in between.
        known: Numbers and rules.
    """
    progress = known.progress
    if level.sessions < progress.sessions_to:
        return "more_often"
    if level.minutes < progress.target_min:
        return "longer"
    if level.brisk < len(progress.brisk_min) and level.minutes >= progress.brisk_from_min:
        return "brisk"
    if level.ground >= len(progress.terrain) and level.load:
        return None
    if greens < progress.terrain_green_weeks:
        return "steady"
    return "terrain" if level.ground < len(progress.terrain) else "load"


def grown(level: Level, rule: str, known: PlanKnowledge) -> tuple[Level, Change]:
    """Return the level one step up, and the change with its sentence.

    Args:
        level: This week's.
        rule: The next step, as `next_step` names it.
        known: Numbers and rules.
    """
    level, gaps = _STEPS[rule](level, known)
    return level, known.rules[rule].applied(**gaps)


def longer_min(sessions: int, minutes: int, known: PlanKnowledge) -> int:
    """Return the minutes of each walk in the week after a green one, inside the caps."""
    grows, week = known.progress, sessions * minutes
    small = week < grows.small_week_min
    most = max(week * (1 + grows.most_fraction), week + grows.small_most_min if small else 0)
    wanted = week + max(grows.fraction * week, grows.least_min)
    longer = max(minutes + 1, whole(wanted / sessions + 0.5))
    return max(minutes, min(longer, whole(most / sessions), grows.target_min))


def halved(level: Level, known: PlanKnowledge) -> Level:
    """Return the level after a red walk: shorter, and easy again."""
    return shorter(level, known.light.red_factor, known)


def shorter(level: Level, factor: float, known: PlanKnowledge) -> Level:
    """Return a share of the minutes, as often, and easy: no faster parts, flat, no bag.

    A walk is never shorter than the shortest one.
    """
    return Level(level.sessions, max(known.start.session_min, whole(level.minutes * factor)))


_Step = Callable[[Level, PlanKnowledge], tuple[Level, dict[str, object]]]


def _more_often(level: Level, _: PlanKnowledge) -> tuple[Level, dict[str, object]]:
    level = replace(level, sessions=level.sessions + 1)
    return level, {"sessions": level.sessions}


def _longer(level: Level, known: PlanKnowledge) -> tuple[Level, dict[str, object]]:
    level = replace(level, minutes=longer_min(level.sessions, level.minutes, known))
    return level, {"minutes": level.minutes}


def _brisk(level: Level, known: PlanKnowledge) -> tuple[Level, dict[str, object]]:
    level, progress = replace(level, brisk=level.brisk + 1), known.progress
    return level, {"parts": progress.brisk_parts, "minutes": progress.brisk_min[level.brisk - 1]}


def _terrain(level: Level, known: PlanKnowledge) -> tuple[Level, dict[str, object]]:
    level = replace(level, ground=level.ground + 1)
    return level, {"terrain": known.terrain[known.progress.terrain[level.ground - 1]]}


def _load(level: Level, _: PlanKnowledge) -> tuple[Level, dict[str, object]]:
    return replace(level, load=True), {}


def _steady(level: Level, _: PlanKnowledge) -> tuple[Level, dict[str, object]]:
    return level, {}


_STEPS: dict[str, _Step] = {
    "more_often": _more_often,
    "longer": _longer,
    "brisk": _brisk,
    "terrain": _terrain,
    "load": _load,
    "steady": _steady,
}
