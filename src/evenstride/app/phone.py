"""What the phone or watch measured by itself, looked back on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path

from evenstride.app.moments import NS, day_of, now_utc_ns
from evenstride.app.noted import concern_now, with_concern
from evenstride.app.own import Own, own
from evenstride.app.shown import Shown
from evenstride.inventory.by_month import MonthOf, by_month, days_by_month

__all__ = ["months_of", "show_phone"]

METRICS = (
    "walking_speed_m_s",
    "step_length_m",
    "walking_asymmetry",
    "double_support",
    "walking_steadiness",
    "six_minute_walk_m",
)
_YEAR_DAYS = 366
_DAY_NS = 86_400 * NS
_ALWAYS, _EVER = 0, 2**62


def show_phone(
    home: Path | None = None, *, everything: bool = False, now: int | None = None
) -> Shown:
    """Return how the person walked in the last year, as their phone measured it, month by month.

    Args:
        home: The person's folder, if not the usual one.
        everything: Show all years, and every month of them.
        now: The moment, in nanoseconds UTC.
    """
    from evenstride.report.phone import phone_sheet

    with own(home, now or now_utc_ns()) as mine:
        since = _ALWAYS if everything else mine.now - _YEAR_DAYS * _DAY_NS
        months = months_of(mine, since)
        symptoms = [one.document for one in mine.diary.entries("symptom", since)]
        newest = None if months or symptoms else _newest(mine)
        sheet = phone_sheet(months, symptoms, mine.person, newest=newest, everything=everything)
        sheet, concern = with_concern(mine, sheet), concern_now(mine).sentences
    document = {
        "schema": "evenstride/phone/1",
        "months": [asdict(one) | {"month": one.month.isoformat()} for one in months],
        "symptoms": symptoms,
        "newest": newest and newest.isoformat(),
        "concern": list(concern),
    }
    return mine.shown(document, sheet)


def months_of(mine: Own, since: int) -> tuple[MonthOf, ...]:
    """Return what devices counted and measured by themselves, by metric, device and month.

    Args:
        mine: The diary.
        since: The moment from which on, in nanoseconds UTC.
    """
    return (*_days(mine, since), *_values(mine, since))


def _values(mine: Own, since: int) -> tuple[MonthOf, ...]:
    series = [one for metric in METRICS for one in mine.diary.series(metric, since, mine.now)]
    return by_month(series, mine.person.time_zone)


def _days(mine: Own, since: int) -> Iterator[MonthOf]:
    """Yield the months of steps and distance a day; today is not over, so it does not count."""
    from evenstride.inventory.counts import counted_by_day

    zone = mine.person.time_zone
    first, last = day_of(since, zone), mine.today - timedelta(days=1)
    yield from days_by_month("steps_a_day", mine.diary.day_steps(first, last))
    walked = counted_by_day(mine.diary.series("distance_m", since, mine.now), zone)
    # The year may begin within a day, of which only a part was read.
    whole = {day: metres for day, metres in walked.items() if first < day <= last}
    yield from days_by_month("distance_a_day_m", whole)


def _newest(mine: Own) -> date | None:
    """Return the day of the newest value that a phone or watch measured; None if there is none."""
    last = [
        int(one.start_utc_ns.max())
        for metric in (*METRICS, "distance_m")
        for one in mine.diary.series(metric, _ALWAYS, _EVER)
        if len(one)
    ]
    days = [day_of(at, mine.person.time_zone) for at in last] + list(mine.diary.day_steps())
    return max((day for day in days if day <= mine.today), default=None)
