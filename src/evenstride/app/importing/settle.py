"""What follows from an import as a whole: steps of days, steps and pain of walks, facts.

It is drawn from the diary, not from what was new in this run, so an import that was stopped and
started again ends as one that was not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from datetime import timedelta

from evenstride.app.day_steps import recount
from evenstride.app.importing.streams import stream_id, update
from evenstride.app.moments import NS, day_of
from evenstride.app.own import Own
from evenstride.app.planning import lights_of, note_red
from evenstride.diary import Stream
from evenstride.inventory.counts import counted_on_walk
from evenstride.inventory.joining import ended_utc_ns
from evenstride.model import Activity, Device, Entry, Outing, Person, Start
from evenstride.report.account import Account

__all__ = ["settle"]

_DAY_NS = 86_400 * NS
_AROUND_NS = 300 * NS  # a rating typed this long before or after a walk is about the walk
_ALWAYS, _EVER = 0, 2**62
_ASKED = timedelta(days=14)  # pain of older walks is history: it asks for no check-up now
_COUNTED = Device("", "phone and watch, by the way")
_HEIGHTS_M, _MASSES_KG = (1.0, 2.5), (20.0, 400.0)


def settle(mine: Own, account: Account, noted: Sequence[Entry]) -> None:
    """Draw from what is kept what the diary needs.

    Args:
        mine: The diary.
        account: Of what was brought; grows by what follows from it.
        noted: Ratings and symptoms that were read.
    """
    steps = account.series.get("steps")
    if steps is not None and steps.first_utc_ns is not None and steps.last_utc_ns is not None:
        account.days = recount(mine, steps.first_utc_ns, steps.last_utc_ns)
    _facts(mine, account)
    for outing in _touched(mine, account):
        _count(mine, outing)
    rated = [outing.id for outing in _rated(mine, noted)]
    _ask_again(mine, account, rated)
    account.walks = [
        replace(one, outing=mine.diary.outing(one.outing.id))
        if one.fate in ("new", "joined")
        else one
        for one in account.walks
    ]


def _touched(mine: Own, account: Account) -> Iterator[Outing]:
    """Yield the walks for which steps or distance may have been counted since."""
    spans = [account.series[name] for name in ("steps", "distance_m") if name in account.series]
    moments = [moment for one in spans for moment in (one.first_utc_ns, one.last_utc_ns) if moment]
    moments += [one.outing.start_utc_ns for one in account.walks if one.outing.id]
    if not moments:
        return
    zone, day = mine.person.time_zone, timedelta(days=1)
    first, last = day_of(min(moments), zone) - day, day_of(max(moments), zone) + day
    brought = {one.outing.id for one in account.walks}
    for outing in mine.diary.outings(first, last, measured=False):
        if outing.is_walk and outing.minutes and (spans or outing.id in brought):
            yield outing


def _count(mine: Own, outing: Outing) -> None:
    """Keep what phone and watch counted on a walk, where no account of it has its own count."""
    streams = mine.diary.streams(outing.id)
    others = [one.activity for one in streams if one.kind != "counted"]
    lacks_steps = all(one.steps is None for one in others)
    lacks_distance = all(one.distance_m is None for one in others)
    if not lacks_steps and not lacks_distance:
        return
    begin, end = outing.start_utc_ns, ended_utc_ns(outing, streams)
    steps = _counted(mine, "steps", begin, end) if lacks_steps else None
    metres = _counted(mine, "distance_m", begin, end) if lacks_distance else None
    if steps is None and metres is None:
        return
    start = Start(begin, None, None, "assumed")
    activity = Activity(
        start,
        end,
        distance_m=metres,
        steps=None if steps is None else round(steps),
        device=_COUNTED,
    )
    name = stream_id("counted", activity, outing.id)
    stream = Stream(name, outing.id, "counted", activity, None, "series")
    if stream not in streams:
        with mine.diary.together():
            update(mine, mine.diary.outing(outing.id), stream, {})
            mine.diary.keep_stream(stream)


def _counted(mine: Own, metric: str, begin: int, end: int) -> float | None:
    """Return what phone and watch counted on a walk, each moment once; None if little of it."""
    series = mine.diary.series(metric, begin - _DAY_NS, end)
    return counted_on_walk(series, begin, end) if series else None


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


def _rated(mine: Own, noted: Sequence[Entry]) -> Iterator[Outing]:
    """Give walks the worst pain that was typed along the way, and yield those that had none."""
    ratings = [(one.start.utc_ns, one.rating) for one in noted if one.rating is not None]
    if not ratings:
        return
    zone, day = mine.person.time_zone, timedelta(days=1)
    first, last = (day_of(pick(at for at, _ in ratings), zone) for pick in (min, max))
    for outing in mine.diary.outings(first - day, last + day):
        begin = outing.start_utc_ns - _AROUND_NS
        end = ended_utc_ns(outing, mine.diary.streams(outing.id)) + _AROUND_NS
        inside = [rating for at, rating in ratings if begin <= at <= end]
        if inside and outing.back.worst is None:
            mine.diary.correct_outing(replace(outing, back=replace(outing.back, worst=max(inside))))
            yield outing


def _ask_again(mine: Own, account: Account, rated: Sequence[str]) -> None:
    """Note the walks that pain typed along the way has made red, as if it had been logged."""
    if not rated:
        return
    lights = lights_of(mine, mine.today - _ASKED)
    for name in rated:
        light = lights.get(name)
        if light is not None:
            note_red(mine, light)
            account.red = account.red or light.light == "red"
