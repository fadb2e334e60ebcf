"""Ways of walking that go with a pattern, with the diary or with worry about moving."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from evenstride.model.checkup import CheckUp
from evenstride.plan.nouns import History, Variant
from evenstride.plan.numbers import PlanKnowledge
from evenstride.plan.walks import LitWalk, Walk

__all__ = ["counted", "interval_walks", "variants"]


def variants(
    checkup: CheckUp, *, boom_and_bust: bool, worried: bool, known: PlanKnowledge
) -> tuple[Variant, ...]:
    """Return the ways of walking for this person, in the order of the knowledge.

    Args:
        checkup: A cause that its answers lift brings its way of walking.
        boom_and_bust: Whether busy and quiet days are far apart.
        worried: Whether a score of worry about moving is high.
        known: Numbers and rules.
    """
    lifted = {
        pattern.id: pattern.name
        for pattern in checkup.patterns
        if pattern.lift >= known.pattern_from_lift
    }
    told = {"boom_bust": boom_and_bust, "high_fear": worried}
    found = []
    for rule in known.variants.values():
        because = next((lifted[cause] for cause in rule.causes if cause in lifted), "")
        if because or told.get(rule.id, False):
            words = (rule.title, rule.says, rule.clinical)
            found.append(Variant(rule.id, *words, because, rule.evidence, rule.mark))
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


def counted(walks: Sequence[LitWalk], intervals: frozenset[str]) -> tuple[LitWalk, ...]:
    """Return what counts in the weeks of a plan: walks, and some bike rides.

    A ride is a session where leg pain is eased by sitting. Elsewhere only a red one counts: too
    much is too much.
    """
    return tuple(
        one
        for one in walks
        if one.walk.outing.is_walk or one.light.outing in intervals or one.light.light == "red"
    )
