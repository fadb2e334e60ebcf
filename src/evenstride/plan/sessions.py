"""The walks that are left this week: days, minutes, parts, pace and ground, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil, floor
from statistics import median

from evenstride.plan.ground import GROUNDS
from evenstride.plan.level import Level, whole
from evenstride.plan.nouns import Session, Variant
from evenstride.plan.numbers import PlanKnowledge
from evenstride.plan.review import enough_min
from evenstride.plan.walks import LitWalk, Walk

__all__ = ["own_cadence", "sessions"]

_LAST = 5  # walks that the easy cadence comes from


@dataclass(frozen=True, slots=True)
class _Way:
    """How this person walks: all variants together."""

    split_below_min: int
    walk_to: float | None
    rest_to: float | None


def sessions(
    level: Level,
    starts: date,
    walked: Sequence[LitWalk],
    variants: Sequence[Variant],
    cadence_spm: int | None,
    mass_kg: float | None,
    today: date,
    known: PlanKnowledge,
) -> tuple[Session, ...]:
    """Return the walks that are left from today to the end of the week, one a day at most.

    Args:
        level: What is planned today, on ground that the variants allow.
        starts: First day of the week.
        walked: Walks of this week until now.
        variants: They say how the minutes are walked.
        cadence_spm: Easy steps per minute; None if not measured.
        mass_kg: Body mass; None if not told.
        today: The first day that is left; of a split walk its rest.
        known: Numbers and words.
    """
    made = _session(level, _way(variants, known), cadence_spm, mass_kg, today, known)
    taken = _taken(walked, made, known)
    days = _days(level.sessions, starts, taken, today, known)
    rest = None
    if today in taken:
        rest = _rest(made, level, [one for one in walked if one.walk.day == today], known)
    left = [replace(made, day=day) for day in days]
    return tuple(_with_words(one, known) for one in ([rest, *left] if rest else left))


def own_cadence(walks: Sequence[Walk]) -> int | None:
    """Return the steps per minute of the last walks that were measured well; None without any."""
    found = []
    for walk in reversed([walk for walk in walks if walk.outing.is_walk]):
        cadence = walk.outing.measures.get("cadence_spm")
        if cadence is not None and cadence.value is not None and cadence.grade != "not_usable":
            found.append(cadence.value)
        if len(found) == _LAST:
            break
    return floor(median(found) + 0.5) if found else None


def _way(variants: Sequence[Variant], known: PlanKnowledge) -> _Way:
    rules = [known.variants[variant.id] for variant in variants]
    rests = [rule for rule in rules if rule.walk_to is not None]
    return _Way(
        max([known.start.split_below_min, *(rule.split_below_min for rule in rules)]),
        rests[0].walk_to if rests else None,
        rests[0].rest_to if rests else None,
    )


def _taken(walked: Sequence[LitWalk], made: Session, known: PlanKnowledge) -> set[date]:
    """Return the days with a walk; a few steps to the corner are none, a planned part is one."""
    least = min(known.baseline.session_from_min, *made.parts_min)
    return {
        one.walk.day
        for one in walked
        if one.walk.outing.minutes is None or one.walk.outing.minutes >= least
    }


def _days(
    wanted: int, starts: date, taken: set[date], today: date, known: PlanKnowledge
) -> list[date]:
    """Return the days of the walks that are left: the usual ones first, then any other."""
    week = [starts + timedelta(days=offset) for offset in range(known.progress.review_days)]
    free = [day for day in week if day >= today and day not in taken]
    usual = {starts + timedelta(days=offset) for offset in known.days[wanted]}
    left = max(0, wanted - len(taken))
    first = [day for day in free if day in usual][:left]
    more = [day for day in free if day not in usual][: left - len(first)]
    return sorted([*first, *more])


def _session(
    level: Level,
    way: _Way,
    cadence_spm: int | None,
    mass_kg: float | None,
    day: date,
    known: PlanKnowledge,
) -> Session:
    progress = known.progress
    is_split = level.minutes < way.split_below_min
    load_kg = max(1, floor((mass_kg or 0) * progress.load_fraction))
    return Session(
        day=day,
        minutes=level.minutes,
        parts_min=_parts(level.minutes, known.start.parts if is_split else 1),
        brisk_parts=progress.brisk_parts if level.brisk else 0,
        brisk_min=progress.brisk_min[level.brisk - 1] if level.brisk else 0,
        cadence_spm=cadence_spm,
        brisk_spm=_brisk_spm(cadence_spm, known) if level.brisk else None,
        ground=GROUNDS[level.ground],
        load_kg=load_kg if level.load else 0,
        walk_to=way.walk_to,
        rest_to=way.rest_to,
        says="",
    )


def _parts(minutes: int, count: int) -> tuple[int, ...]:
    """Return minutes in even parts, the longer ones first."""
    return tuple((minutes + count - 1 - part) // count for part in range(count))


def _brisk_spm(cadence_spm: int | None, known: PlanKnowledge) -> int:
    """Return the steps per minute of faster stretches: never slower than easy, never hasty."""
    low, high = known.progress.brisk_spm
    if cadence_spm is None:
        return low
    return max(cadence_spm, min(high, whole(cadence_spm * (1 + known.progress.brisk_faster))))


def _rest(
    made: Session, level: Level, walked: Sequence[LitWalk], known: PlanKnowledge
) -> Session | None:
    """Return what is left of a split walk after its first part; nothing once it hurt too much."""
    minutes = [one.walk.outing.minutes for one in walked]
    told = [one for one in minutes if one is not None]
    if len(made.parts_min) == 1 or not told or len(told) < len(minutes):
        return None
    left = made.minutes - ceil(sum(told))
    if sum(told) >= enough_min(level, known) or left < 1:
        return None
    if any(one.light.light != "green" for one in walked):
        return None
    count = ceil(left / max(made.parts_min))
    return replace(made, minutes=left, parts_min=_parts(left, count))


def _with_words(session: Session, known: PlanKnowledge) -> Session:
    words = known.pace
    says = [
        words["easy"]
        if session.cadence_spm is None
        else words["easy_spm"].format(spm=session.cadence_spm)
    ]
    if session.brisk_parts:
        says.append(
            words["brisk"].format(
                parts=session.brisk_parts, minutes=session.brisk_min, spm=session.brisk_spm
            )
        )
    if len(session.parts_min) > 1:
        parts = " + ".join(str(minutes) for minutes in session.parts_min)
        says.append(words["parts"].format(parts=parts))
    says.append(words["ground"].format(terrain=known.terrain["flat"]))
    if session.ground != "flat":
        says[-1] = words["new_ground"].format(terrain=known.terrain[session.ground])
    if session.load_kg:
        says.append(words["load"].format(load=session.load_kg))
    return replace(session, says=" ".join(says))
