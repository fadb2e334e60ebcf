"""Ways of walking that go with a pattern, with the diary or with worry about moving."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from math import floor
from statistics import fmean, pstdev

from evenstride.model.checkup import CheckUp
from evenstride.plan.knowledge import PlanKnowledge
from evenstride.plan.nouns import FearScore, History, Light, Variant, WalkLight
from evenstride.plan.walks import Walk

__all__ = ["interval_walks", "is_boom_and_bust", "steps_goal", "steps_most", "variants"]


def variants(
    checkup: CheckUp,
    fear: Sequence[FearScore],
    boom_and_bust: bool,
    today: date,
    known: PlanKnowledge,
) -> tuple[Variant, ...]:
    """Return the ways of walking for this person, in the order of the knowledge."""
    lifted = {
        pattern.id: pattern.name
        for pattern in checkup.patterns
        if pattern.lift >= known.pattern_from_lift
    }
    scores = sorted(
        (score for score in fear if score.day <= today), key=lambda score: (score.day, score.value)
    )
    told = {
        "boom_bust": boom_and_bust,
        "high_fear": bool(scores) and scores[-1].value > known.start.fear_above,
    }
    found = []
    for rule in known.variants.values():
        because = next((lifted[cause] for cause in rule.causes if cause in lifted), "")
        if because or told.get(rule.id, False):
            found.append(
                Variant(
                    rule.id,
                    rule.title,
                    rule.says,
                    rule.clinical,
                    because,
                    rule.evidence,
                    rule.mark,
                )
            )
    return tuple(found)


def interval_walks(
    history: History, checkup: CheckUp | None, walks: Sequence[Walk], known: PlanKnowledge
) -> frozenset[str]:
    """Return the ids of walks on which the last check-up before them asked for intervals."""
    done = [(one.utc_ns, one.checkup) for one in history.earlier]
    if checkup is not None and history.checked_up_utc_ns is not None:
        done.append((history.checked_up_utc_ns, checkup))
    done.sort(key=lambda one: one[0])
    causes = {
        cause
        for rule in known.variants.values()
        if rule.walk_to is not None
        for cause in rule.causes
    }
    asked = [
        any(one.id in causes and one.lift >= known.pattern_from_lift for one in found.patterns)
        for _, found in done
    ]
    times = [when for when, _ in done]
    found = set()
    for walk in walks:
        last = bisect_right(times, walk.outing.start_utc_ns) - 1
        if last >= 0 and asked[last]:
            found.add(walk.outing.id)
    return frozenset(found)


def is_boom_and_bust(
    steps: Mapping[date, int], lights: Sequence[WalkLight], today: date, known: PlanKnowledge
) -> bool:
    """Return whether days differ much, and a red walk came soon after a very busy one."""
    rule = known.boom_bust
    since = today - timedelta(days=rule.days)
    recent = {day: count for day, count in steps.items() if since < day <= today}
    mean = fmean(recent.values()) if recent else 0.0
    if len(recent) < rule.least_days or mean <= 0:
        return False
    if pstdev(recent.values()) / mean <= rule.cv_above:
        return False
    top = max(1, floor(len(recent) * rule.top_share))
    border = sorted(recent.values(), reverse=True)[top - 1]
    busy = [day for day, count in recent.items() if count >= border]
    soon = timedelta(days=rule.within_h // 24)
    return any(
        light.light == "red" and day <= light.day <= day + soon for light in lights for day in busy
    )


def steps_goal(mean: float, light: Light | None, known: PlanKnowledge) -> int:
    """Return the steps a day for the week after one with this mean and this worst light."""
    rule = known.steps
    if light == "red":
        return floor(mean * rule.red)
    if light != "green":
        return floor(mean * rule.amber)
    return floor(max(mean, min(mean * rule.growth, mean + rule.most_more, rule.pause_at)))


def steps_most(mean: float, known: PlanKnowledge) -> int:
    """Return the most steps on any day of a week with this mean."""
    return floor(mean * known.boom_bust.day_cap)
