"""Garmin's lists of activities and gear: times in ms, lengths in cm, shoes by a list of their own.

The numbers are checked against each other in people's exports: 500,000 is a run of 5.00 km.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from evenstride.importers.carried import Facts
from evenstride.importers.jsons import number, read_items, read_json, text, whole
from evenstride.importers.moments import is_possible, start_at
from evenstride.importers.source import Member, Source
from evenstride.importers.words import counted
from evenstride.importers.xml_tracks.sports import sport_of
from evenstride.model import Activity, Left, Sport, Track
from evenstride.model.day import NS

__all__ = ["Known", "known_activities"]

_KEY = "summarizedActivitiesExport"
_MS = NS // 1000
_SAME_NS = 120 * NS  # the moment of a start differs a little between a file and the list
_LONGEST_S = 14 * 86_400.0
_FASTEST_M_S = 60.0
_MOST_STEPS = 1_000_000
_ALSO: dict[str, Sport] = {"rucking": "hiking", "indoor_walking": "walking"}


@dataclass
class Known:
    """The activities that the lists know, to be found again by when they began."""

    facts: dict[int, Facts] = field(default_factory=dict)
    _starts: list[int] = field(default_factory=list)
    _used: set[int] = field(default_factory=set)

    def facts_of(self, outing: Track | Activity) -> Facts:
        """Return what the lists say of an outing of a file; nothing if they do not know it."""
        start = outing.start
        if start is None:
            return Facts()
        if len(self._starts) != len(self.facts):
            self._starts = sorted(self.facts)
        at = bisect_left(self._starts, start.utc_ns)
        near = self._starts[max(0, at - 1) : at + 1]
        best = min(near, key=lambda ns: abs(ns - start.utc_ns), default=None)
        if best is None or abs(best - start.utc_ns) > _SAME_NS:
            return Facts()
        self._used.add(best)
        return self.facts[best]

    def without_file(self, since_utc_ns: int | None) -> Iterator[Activity | Left]:
        """Yield the activities that no file was found for, such as those that were typed in."""
        older = unclear = 0
        for ns, facts in self.facts.items():
            activity = facts.activity()
            if ns in self._used:
                continue
            if facts.is_older(since_utc_ns):
                older += 1
            elif activity is None:
                unclear += 1
            else:
                yield activity
        if older:
            yield Left(counted(older, "outings"), "they are older than what was asked for")
        if unclear:
            yield Left(counted(unclear, "outings"), "the list does not say how long")


def known_activities(
    source: Source, lists: list[Member], gear: list[Member], known: Known
) -> Iterator[Left]:
    """Fill ``known`` from the lists, and yield what of them could not be read."""
    shoes: dict[int, str] = {}
    for member in gear:
        yield from _read_gear(source, member, shoes)
    undated = 0
    for member in lists:
        for item in read_items(source, member, _KEY):
            if isinstance(item, Left):
                yield item
            elif not isinstance(item, dict) or (facts := _facts(item, shoes)) is None:
                undated += 1
            elif facts.start is not None and item.get("parent") is not True:
                known.facts[facts.start.utc_ns] = facts
    if undated:
        yield Left(counted(undated, "outings"), "the list does not say when")


def _facts(item: Mapping[str, object], shoes: Mapping[int, str]) -> Facts | None:
    begin = whole(item.get("beginTimestamp"))
    begin = whole(item.get("startTimeGmt")) if begin is None else begin
    if begin is None or not is_possible(begin * _MS):
        return None
    local = whole(item.get("startTimeLocal"))
    offset = None if local is None else round((local - begin) / 60_000)
    if offset is not None and abs(offset) > 18 * 60:
        offset = None
    longest = [number(item.get(key)) / 1000 for key in ("elapsedDuration", "duration")]
    elapsed = max((value for value in longest if 0 < value < _LONGEST_S), default=None)
    moving = number(item.get("movingDuration")) / 1000
    kind = text(item.get("activityType"))
    ident = whole(item.get("activityId"))
    facts = Facts(
        sport=_ALSO.get(kind) or sport_of(kind),
        gear="" if ident is None else shoes.get(ident, ""),
        title=text(item.get("name"))[:200],
        note=text(item.get("description")),
        start=start_at(begin * _MS, offset),
        elapsed_s=elapsed,
        moving_s=moving if 0 < moving <= (elapsed or 0.0) else None,
        heart_rate_bpm=_between(number(item.get("avgHr")), 20.0, 250.0),
    )
    return _with_lengths(facts, item)


def _with_lengths(facts: Facts, item: Mapping[str, object]) -> Facts:
    furthest = math.inf if facts.elapsed_s is None else facts.elapsed_s * _FASTEST_M_S
    steps = whole(item.get("steps"))
    return replace(
        facts,
        distance_m=_between(number(item.get("distance")) / 100, 1.0, furthest),
        ascent_m=_between(number(item.get("elevationGain")) / 100, 0.0, 20_000.0),
        descent_m=_between(number(item.get("elevationLoss")) / 100, 0.0, 20_000.0),
        steps=steps if steps is not None and 0 < steps < _MOST_STEPS else None,
    )


def _between(value: float, low: float, high: float) -> float | None:
    return value if low <= value <= high else None


def _read_gear(source: Source, member: Member, shoes: dict[int, str]) -> Iterator[Left]:
    """Fill in the name of the shoes of each activity; shoes go before other gear."""
    value = read_json(source, member)
    if isinstance(value, Left):
        yield value
        return
    for group in value if isinstance(value, list) else [value]:
        pairs = group.get("gearDTOS") if isinstance(group, dict) else None
        links = group.get("gearActivityDTOs") if isinstance(group, dict) else None
        named = [g for g in pairs or () if isinstance(g, dict)] if isinstance(pairs, list) else []
        named.sort(key=lambda gear: text(gear.get("gearTypeName")).lower() != "shoes")
        for gear in named:
            used = links.get(str(gear.get("gearPk"))) if isinstance(links, dict) else None
            name = text(gear.get("displayName")) or text(gear.get("customMakeModel"))
            for link in used if isinstance(used, list) else ():
                ident = whole(link.get("activityId")) if isinstance(link, dict) else None
                if ident is not None and name:
                    shoes.setdefault(ident, name[:200])
