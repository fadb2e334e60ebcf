"""The steps of days, from what phone and watch counted."""

from __future__ import annotations

from evenstride.app.moments import NS, day_of
from evenstride.app.own import Own

__all__ = ["recount"]

_DAY_NS = 86_400 * NS


def recount(mine: Own, first_utc_ns: int, last_utc_ns: int) -> int:
    """Count the steps of the days that a time touches, on the person's calendar, and keep them.

    Args:
        mine: The diary.
        first_utc_ns: The first moment that may have changed.
        last_utc_ns: The last one.

    Returns:
        How many of these days have steps.
    """
    from evenstride.inventory.counts import counted_by_day

    zone = mine.person.time_zone
    first, last = day_of(first_utc_ns, zone), day_of(last_utc_ns, zone)
    # A day more on both sides, so that an interval over midnight is there with both of its parts.
    series = mine.diary.series("steps", first_utc_ns - 2 * _DAY_NS, last_utc_ns + 2 * _DAY_NS)
    if not series:
        return 0
    counted = counted_by_day(series, zone)
    days = {day: round(steps) for day, steps in counted.items() if first <= day <= last}
    with mine.diary.together():
        mine.diary.remove_day_steps(set(mine.diary.day_steps(first, last)) - set(days))
        mine.diary.keep_day_steps(days)
    return len(days)
