"""What follows from an import as a whole: steps of days, steps and pain of walks, facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace

from evenstride.app.moments import NS, day_of
from evenstride.app.own import Own
from evenstride.inventory.counts import counted_between, counted_by_day
from evenstride.model import Entry, Outing, Person
from evenstride.report.account import Account

__all__ = ["settle"]

_DAY_NS = 86_400 * NS
_AROUND_NS = 300 * NS  # a rating typed this long before or after a walk is about the walk
_ALWAYS, _EVER = 0, 2**62
_HEIGHTS_M, _MASSES_KG = (1.0, 2.5), (20.0, 400.0)


def settle(mine: Own, account: Account, noted: Sequence[Entry]) -> None:
    """Draw from what was kept what the diary needs.

    Args:
        mine: The diary.
        account: Of what was kept; grows by what follows from it.
        noted: Ratings and symptoms that were read.
    """
    _days(mine, account)
    _facts(mine, account)
    account.walks = [
        replace(one, outing=_finished(mine, one.outing, noted))
        if one.fate in ("new", "joined")
        else one
        for one in account.walks
    ]


def _days(mine: Own, account: Account) -> None:
    """Keep the steps of the days that new values touch, each counted once."""
    steps = account.series.get("steps")
    if steps is None or not steps.new or steps.first_utc_ns is None or steps.last_utc_ns is None:
        return
    zone = mine.person.time_zone
    first, last = day_of(steps.first_utc_ns, zone), day_of(steps.last_utc_ns, zone)
    # A day more on both sides, so that an interval over midnight is there with both of its parts.
    series = mine.diary.series(
        "steps", steps.first_utc_ns - 2 * _DAY_NS, steps.last_utc_ns + 2 * _DAY_NS
    )
    days = counted_by_day(series, zone)
    counted = {day: round(count) for day, count in days.items() if first <= day <= last}
    mine.diary.keep_day_steps(counted)
    account.days = len(counted)


def _facts(mine: Own, account: Account) -> None:
    """Take over height and weight where the person has not told them."""
    for name, (low, high) in (("height_m", _HEIGHTS_M), ("mass_kg", _MASSES_KG)):
        if name not in account.series or getattr(mine.person, name) is not None:
            continue
        newest = max(
            (
                (int(one.start_utc_ns[-1]), float(one.value[-1]))
                for one in mine.diary.series(name, _ALWAYS, _EVER)
            ),
            default=None,
        )
        if newest is not None and low <= newest[1] <= high:
            account.facts[name] = newest[1]
    if account.facts:
        told = asdict(mine.diary.person() or mine.person)
        mine.diary.keep_person(
            Person(**told | {n: v for n, v in account.facts.items() if told[n] is None})
        )


def _counted(mine: Own, metric: str, begin: int, end: int) -> float | None:
    """Return what phone and watch counted within a time, each moment once; None if nothing."""
    series = mine.diary.series(metric, begin - _DAY_NS, end)
    return counted_between(series, begin, end) if series else None


def _finished(mine: Own, outing: Outing, noted: Sequence[Entry]) -> Outing:
    """Give a walk the steps and distance of its minutes, if no account of it has them, and pain.

    The pain is what was typed along the way.
    """
    now = mine.diary.outing(outing.id)
    end = now.start_utc_ns + round((now.minutes or 0.0) * 60) * NS
    done = now
    if done.minutes and done.steps is None:
        steps = _counted(mine, "steps", done.start_utc_ns, end)
        done = done if steps is None else replace(done, steps=round(steps))
    if done.minutes and done.distance_m is None:
        done = replace(done, distance_m=_counted(mine, "distance_m", done.start_utc_ns, end))
    ratings = [
        one.rating
        for one in noted
        if one.rating is not None
        and now.start_utc_ns - _AROUND_NS <= one.start.utc_ns <= end + _AROUND_NS
    ]
    if ratings and done.back.worst is None:
        done = replace(done, back=replace(done.back, worst=max(ratings)))
    if done != now:
        mine.diary.correct_outing(done)
    return done
