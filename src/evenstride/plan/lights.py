"""The light of each walk: red first, then green if both halves hold, else amber.

A value that was not noted never makes a walk green: the walk counts as amber, and says so. A walk
of which nothing at all was told has no light: nobody knows that it hurt. More pain in the walk, or
on the next morning, never turns its light toward green.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from statistics import median

from evenstride.model.outing import REACHES, PainRatings
from evenstride.plan.nouns import Light, WalkLight
from evenstride.plan.numbers import PlanKnowledge
from evenstride.plan.walks import Walk, is_rated, utc_ns

__all__ = ["lights"]

_HOUR_NS = 3_600_000_000_000
_SITES = ("back", "leg")
_LEG_FROM = REACHES.index("thigh")  # a buttock is no leg yet


@dataclass(frozen=True, slots=True)
class _Walks:
    """Every walk, with what is needed to look around from one of them."""

    walks: Sequence[Walk]
    starts: Sequence[int]
    today: date
    known: PlanKnowledge
    intervals: frozenset[str]
    lit: list[WalkLight] = field(default_factory=list)  # of the walks before the one at hand

    def before(self, index: int) -> Iterator[int]:
        """Yield the places of the walks of some days before a walk, the latest first."""
        first = self.walks[index].day - timedelta(days=self.known.light.reach_days)
        for at in range(index - 1, -1, -1):  # a slice would copy years of walks each time
            if self.walks[at].day < first:
                return
            yield at


def lights(
    walks: Sequence[Walk],
    today: date,
    known: PlanKnowledge,
    intervals: frozenset[str] = frozenset(),
) -> tuple[WalkLight, ...]:
    """Return the light of every walk.

    Args:
        walks: In the order of time.
        today: The next morning of today's walks has not come yet.
        known: Borders and words.
        intervals: Ids of walks that were planned to go on to some pain in the leg, then rest.
    """
    starts = [walk.outing.start_utc_ns for walk in walks]
    every = _Walks(walks, starts, today, known, intervals)
    for index in range(len(walks)):
        every.lit.append(_light(every, index))
    return tuple(every.lit)


def _light(every: _Walks, index: int) -> WalkLight:
    walk, reasons = every.walks[index], every.known.reasons
    if not is_rated(walk.outing):
        return _unrated(every, walk)
    light: Light = "red"
    known, waiting, reason = True, False, _red(every, index)
    if reason is None:
        found = {part for site in _SITES for part in _not_green(every, index, site)}
        if walk.outing.leg.worst and walk.outing.reach is None:
            found.add("unknown_leg")
        waiting = found == {"waiting"}
        light = "green" if waiting or not found else "amber"
        known = light == "green" or not found.isdisjoint({"amber_pain", "amber_morning"})
        reason = min(found, key=list(reasons).index) if found else "green"
    return WalkLight(walk.outing.id, walk.day, light, known, waiting, reason, reasons[reason])


def _unrated(every: _Walks, walk: Walk) -> WalkLight:
    """Return that a walk has no light, and whether how it felt can still be told."""
    asked_for = timedelta(days=every.known.light.rated_within_days)
    waiting = every.today - walk.day <= asked_for
    reason = "unrated_yet" if waiting else "unrated"
    says = every.known.reasons[reason]
    return WalkLight(walk.outing.id, walk.day, None, False, waiting, reason, says)


def _red(every: _Walks, index: int) -> str | None:
    """Return why a walk was red; None if it was not."""
    walk, border = every.walks[index].outing, every.known.light
    if walk.new_numbness:
        return "red_numb"
    if max(_peak(walk.back) or 0, _peak(walk.leg) or 0) >= border.red_worst:
        return "red_worst"
    if _is_further(every, index):
        return "red_leg_further"
    return "red_not_settled" if any(_unsettled(every, index, site) for site in _SITES) else None


def _is_further(every: _Walks, index: int) -> bool:
    """Return whether pain went further down than on all walks of the days before.

    A red walk does not count among them: pain that has just moved down is not usual yet.
    """
    reach = every.walks[index].outing.reach
    if reach is None or REACHES.index(reach) < _LEG_FROM:
        return False
    earlier = [
        REACHES.index(known)
        for at in every.before(index)
        if (known := every.walks[at].outing.reach) is not None and every.lit[at].light != "red"
    ]
    return bool(earlier) and REACHES.index(reach) > max(earlier)


def _usual(every: _Walks, index: int, site: str) -> float | None:
    """Return the pain before a walk, or what it was before the walks until then."""
    own = _ratings(every.walks[index], site).before
    if own is not None:
        return own
    found = [
        before
        for at in every.before(index)
        if (before := _ratings(every.walks[at], site).before) is not None
    ]
    return median(found) if found else None


def _ratings(walk: Walk, site: str) -> PainRatings:
    return walk.outing.back if site == "back" else walk.outing.leg


def _unsettled(every: _Walks, index: int, site: str) -> bool:
    """Return whether pain of the next morning was still there after two days."""
    border, morning = every.known.light, _ratings(every.walks[index], site).next_morning
    if not morning:
        return False
    usual = _usual(every, index, site)
    if usual is None or morning < usual + border.settled_below:
        return False
    in_time = every.starts[index] + border.settle_h * _HOUR_NS
    for when, value in sorted(_later(every, index, site)):
        settled = value < usual + border.settled_below
        if settled or when >= in_time:
            return not settled
    return False  # nobody noted how it went on: amber, by the next morning


def _later(every: _Walks, index: int, site: str) -> Iterator[tuple[int, float]]:
    """Yield (moment, pain) of what later walks tell of the days after a walk."""
    own_morning = _morning_ns(every, every.walks[index])
    until = every.starts[index] + every.known.light.later_days * 24 * _HOUR_NS
    for walk in every.walks[index + 1 : bisect_left(every.starts, until)]:
        ratings = _ratings(walk, site)
        if ratings.before is not None and walk.outing.start_utc_ns > own_morning:
            yield walk.outing.start_utc_ns, ratings.before
        if ratings.next_morning is not None and _morning_ns(every, walk) > own_morning:
            yield _morning_ns(every, walk), ratings.next_morning


def _morning_ns(every: _Walks, walk: Walk) -> int:
    wall = time.fromisoformat(every.known.question_at)
    return utc_ns(datetime.combine(walk.day + timedelta(days=1), wall), walk.outing.time_zone)


def _not_green(every: _Walks, index: int, site: str) -> Iterator[str]:
    """Yield what keeps a walk from green at one site; a leg without pain keeps nothing."""
    ratings = _ratings(every.walks[index], site)
    peak = _peak(ratings)
    if site == "leg" and not peak and not ratings.next_morning:
        return
    if ratings.worst is None:
        yield "unknown_pain"
    elif (peak or 0) > _green_worst(every, index, site) and _rose(ratings, every.known):
        yield "amber_pain"
    yield from _not_settled(every, index, site)


def _rose(ratings: PainRatings, known: PlanKnowledge) -> bool:
    """Return whether pain rose by too much for green; not knowing is as good as yes."""
    peak = _peak(ratings)
    if peak is None or ratings.before is None:
        return True
    return peak - ratings.before > known.light.green_rise


def _peak(ratings: PainRatings) -> float | None:
    """Return the worst pain during a walk or in the hour after it; None if neither was told.

    The draft looks at the walk alone. A walk that hurts more once it is over was no easier.
    """
    if ratings.worst is None or ratings.hour_after is None:
        return ratings.hour_after if ratings.worst is None else ratings.worst
    return max(ratings.worst, ratings.hour_after)


def _not_settled(every: _Walks, index: int, site: str) -> Iterator[str]:
    """Yield why the pain is not back to what it was by the next morning."""
    border, ratings = every.known.light, _ratings(every.walks[index], site)
    if ratings.next_morning is None:
        yield "waiting" if every.today <= every.walks[index].day else "unknown_morning"
    elif ratings.next_morning > 0 and ratings.before is None:
        usual = _usual(every, index, site)
        much = usual is not None and ratings.next_morning >= usual + border.settled_below
        yield "amber_morning" if much else "unknown_before"
    elif ratings.next_morning > (ratings.before or 0) + border.green_morning_rise:
        yield "amber_morning"


def _green_worst(every: _Walks, index: int, site: str) -> float:
    """Return the pain up to which a walk may be green; interval walks go on to more in the leg."""
    usual = every.known.light.green_worst
    if site == "back" or every.walks[index].outing.id not in every.intervals:
        return usual
    return max([usual, *(rule.walk_to or 0 for rule in every.known.variants.values())])
