"""The light of each walk: red first, then green if both halves hold, else amber.

A value that was not noted never makes a walk green: the walk counts as amber, and says so. More
pain in the walk, or on the next morning, never turns a light toward green.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median

from evenstride.model.outing import REACHES, PainRatings
from evenstride.plan.knowledge import PlanKnowledge
from evenstride.plan.nouns import Light, WalkLight
from evenstride.plan.walks import Walk, utc_ns

__all__ = ["lights", "rise"]

_HOUR_NS = 3_600_000_000_000
_SITES = ("back", "leg")


@dataclass(frozen=True, slots=True)
class _Past:
    """Every walk, with what is needed to look around from one of them."""

    walks: Sequence[Walk]
    starts: Sequence[int]
    today: date
    known: PlanKnowledge
    intervals: frozenset[str]

    def before(self, index: int, days: int) -> Iterator[Walk]:
        """Yield the walks of the days before a walk, the latest first."""
        first = self.walks[index].day - timedelta(days=days)
        for at in range(index - 1, -1, -1):  # a slice would copy years of walks each time
            if self.walks[at].day < first:
                return
            yield self.walks[at]


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
    past = _Past(walks, [walk.outing.start_utc_ns for walk in walks], today, known, intervals)
    return tuple(_light(past, index) for index in range(len(walks)))


def rise(ratings: PainRatings) -> float | None:
    """Return by how much the pain rose in a walk; None if it is not known."""
    if ratings.worst is None or ratings.before is None:
        return None
    return ratings.worst - ratings.before


def _light(past: _Past, index: int) -> WalkLight:
    reason = _red(past, index)
    light: Light = "red"
    sure = waiting = False
    if reason is None:
        found = {part for site in _SITES for part in _not_green(past, index, site)}
        reached = past.walks[index].outing.reach
        if past.walks[index].outing.leg.worst and reached is None:
            found.add("unknown_leg")
        sure = not found or bool(found & {"amber_pain", "amber_morning"})
        waiting = found == {"waiting"}
        light = "green" if waiting or not found else "amber"
        order = (*past.known.reasons, "green")
        reason = min(found, key=order.index) if found else "green"
    walk = past.walks[index]
    says = past.known.reasons[reason]
    known = light != "amber" or sure
    return WalkLight(walk.outing.id, walk.day, light, known, waiting, reason, says)


def _red(past: _Past, index: int) -> str | None:
    walk, border = past.walks[index].outing, past.known.light
    if walk.new_numbness:
        return "red_numb"
    if max(walk.back.worst or 0, walk.leg.worst or 0) >= border.red_worst:
        return "red_worst"
    if _further(past, index):
        return "red_leg_further"
    return "red_not_settled" if any(_unsettled(past, index, site) for site in _SITES) else None


def _further(past: _Past, index: int) -> bool:
    """Return whether pain went further down than on all walks of the days before."""
    reach = past.walks[index].outing.reach
    if reach is None or REACHES.index(reach) < REACHES.index("thigh"):  # a buttock is no leg yet
        return False
    earlier = [
        REACHES.index(walk.outing.reach)
        for walk in past.before(index, past.known.light.reach_days)
        if walk.outing.reach is not None
    ]
    return bool(earlier) and REACHES.index(reach) > max(earlier)


def _usual(past: _Past, index: int, site: str) -> float | None:
    """Return the pain before a walk, or what it was before the walks until then."""
    own: PainRatings = getattr(past.walks[index].outing, site)
    if own.before is not None:
        return own.before
    found = [
        ratings.before
        for walk in past.before(index, past.known.light.reach_days)
        if (ratings := _ratings(walk, site)).before is not None
    ]
    return median(found) if found else None


def _ratings(walk: Walk, site: str) -> PainRatings:
    ratings: PainRatings = getattr(walk.outing, site)
    return ratings


def _unsettled(past: _Past, index: int, site: str) -> bool:
    """Return whether pain of the next morning was still there after two days."""
    morning = _ratings(past.walks[index], site).next_morning
    usual = _usual(past, index, site)
    border = past.known.light
    if morning is None or usual is None or morning < usual + border.settled_below:
        return False
    start = past.walks[index].outing.start_utc_ns
    in_time = start + border.settle_h * _HOUR_NS
    for when, value in sorted(_later(past, index, site)):
        settled = value < usual + border.settled_below
        if settled or when >= in_time:
            return not settled
    return False  # nobody noted how it went on: amber, by the next morning


def _later(past: _Past, index: int, site: str) -> Iterator[tuple[int, float]]:
    """Yield (moment, pain) of what later walks tell of the days after a walk."""
    own_morning = _morning_ns(past, past.walks[index])
    start = past.walks[index].outing.start_utc_ns
    until = start + past.known.light.later_days * 24 * _HOUR_NS
    for walk in past.walks[index + 1 : bisect_left(past.starts, until)]:
        ratings = _ratings(walk, site)
        if ratings.before is not None and walk.outing.start_utc_ns > own_morning:
            yield walk.outing.start_utc_ns, ratings.before
        if ratings.next_morning is not None and _morning_ns(past, walk) > own_morning:
            yield _morning_ns(past, walk), ratings.next_morning


def _morning_ns(past: _Past, walk: Walk) -> int:
    wall = time.fromisoformat(past.known.question_at)
    return utc_ns(
        datetime.combine(walk.day + timedelta(days=1), wall),
        walk.outing.time_zone,
    )


def _not_green(past: _Past, index: int, site: str) -> Iterator[str]:
    """Yield what keeps a walk from green at one site; a leg without pain keeps nothing."""
    border, ratings = past.known.light, _ratings(past.walks[index], site)
    if site == "leg" and not ratings.worst and not ratings.next_morning:
        return
    rose = rise(ratings)
    if ratings.worst is None:
        yield "unknown_pain"
    elif ratings.worst > _green_worst(past, index, site) and (
        rose is None or rose > border.green_rise
    ):
        yield "amber_pain"
    if ratings.next_morning is None:
        yield "waiting" if past.today <= past.walks[index].day else "unknown_morning"
    elif ratings.next_morning > 0:
        if ratings.before is None:
            usual = _usual(past, index, site)
            much = usual is not None and ratings.next_morning >= usual + border.settled_below
            yield "amber_morning" if much else "unknown_before"
        elif ratings.next_morning > ratings.before + border.green_morning_rise:
            yield "amber_morning"


def _green_worst(past: _Past, index: int, site: str) -> float:
    """Return the pain up to which a walk may be green; interval walks go on to more in the leg."""
    usual = past.known.light.green_worst
    if site == "back" or past.walks[index].outing.id not in past.intervals:
        return usual
    return max([usual, *(rule.walk_to or 0 for rule in past.known.variants.values())])
