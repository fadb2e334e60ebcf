"""The usual week, and the first planned week that follows from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from statistics import median

from evenstride.model.outing import PainRatings
from evenstride.plan.fear import is_high
from evenstride.plan.level import Level, whole
from evenstride.plan.nouns import Change, FearScore
from evenstride.plan.numbers import Baseline, PlanKnowledge
from evenstride.plan.walks import LitWalk

__all__ = ["baseline_more", "first_level", "tolerated_min"]


def first_level(
    walks: Sequence[LitWalk], fear: Sequence[FearScore], day: date, known: PlanKnowledge
) -> tuple[Level | None, Change]:
    """Return the first planned level, below what was tolerated; None if nothing tells.

    Args:
        walks: Those of the usual week that were rated; others tell nothing of what is tolerated.
        fear: Scores of worry about moving; the last one until the day counts.
        day: The first planned day.
        known: Numbers and rules.
    """
    found = tolerated_min(walks, known)
    start, usual = known.start, known.baseline
    if found is None:
        return None, baseline_more(known)
    base = sum(
        one.walk.outing.is_walk and (one.walk.outing.minutes or 0) >= usual.session_from_min
        for one in walks
    )
    sessions = max(start.sessions_low, min(start.sessions_high, base))
    careful = _is_flare(walks, known) or is_high(fear, day, known)
    share = start.careful_factor if careful else start.factor
    minutes = max(start.session_min, whole(share * found + 0.5))
    level = Level(sessions, min(minutes, known.progress.target_min))
    rule = known.rules["start_careful" if careful else "start"]
    return level, rule.applied(
        tolerated=whole(found), minutes=level.minutes, sessions=level.sessions
    )


def baseline_more(known: PlanKnowledge) -> Change:
    """Return that another usual week is needed, and what to note in it."""
    return known.rules["baseline_more"].applied(least=known.baseline.session_from_min)


def tolerated_min(walks: Sequence[LitWalk], known: PlanKnowledge) -> float | None:
    """Return the minutes that are walked before it hurts more; None without a walk to tell.

    The median of the walks; of very few walks the shortest. A red walk was too much, so it counts
    no more than the shortest one: its length is no proof of what is tolerated.
    """
    found = [
        (minutes, one.light.light == "red")
        for one in walks
        if one.walk.outing.is_walk
        for minutes in _until_pain(one, known.baseline)
    ]
    if not found:
        return None
    shortest = min(minutes for minutes, _ in found)
    if len(found) < known.baseline.few_walks:
        return shortest
    return median(shortest if is_red else minutes for minutes, is_red in found)


def _until_pain(one: LitWalk, usual: Baseline) -> Iterator[float]:
    """Yield the minutes until the pain rose; nothing if the walk cannot tell.

    Where nobody noted the pain, or when it rose, only a share of the walk counts.
    """
    outing = one.walk.outing
    if outing.minutes is None or outing.minutes <= 0:
        return
    if outing.minutes_to_rise is not None:
        yield min(outing.minutes, max(0.0, outing.minutes_to_rise))
    elif outing.back.worst is None or any(
        _hurt_more(site, usual) for site in (outing.back, outing.leg)
    ):
        yield outing.minutes * usual.unknown_rise_factor
    elif outing.minutes >= usual.session_from_min:
        yield outing.minutes


def _hurt_more(site: PainRatings, usual: Baseline) -> bool:
    """Return whether pain rose by much or up to much; without a value before, it was none."""
    worst, before = site.worst or 0, site.before or 0
    return worst - before >= usual.pain_rise or worst >= usual.pain_reached > before


def _is_flare(walks: Sequence[LitWalk], known: PlanKnowledge) -> bool:
    """Return whether a walk was red, or pain before the walks is high."""
    told = [(one.walk.outing.back.before, one.walk.outing.leg.before) for one in walks]
    before = [max(back or 0, leg or 0) for back, leg in told if (back, leg) != (None, None)]
    is_red = any(one.light.light == "red" for one in walks)
    return is_red or (bool(before) and median(before) >= known.start.flare_from)
