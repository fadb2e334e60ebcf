"""The archive that Polar hands out: one JSON file for each training session and each day.

``sessions`` knows the two layouts in which sessions were written, ``track`` puts their places and
samples on one clock, ``days`` reads the counts of steps.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from evenstride.errors import DamagedFile
from evenstride.importers.contract import Item, Kind, Options, Part, Plan, Sniff
from evenstride.importers.credible import credible
from evenstride.importers.jsons import read_json
from evenstride.importers.polar.days import Days
from evenstride.importers.polar.sessions import read_session
from evenstride.importers.source import Member, Source
from evenstride.importers.start import ZONE_ASSUMED
from evenstride.importers.words import counted
from evenstride.model import Activity, Left, Track

__all__ = ["PolarArchive"]

_HEAD_BYTES = 8192
_FIRST_BYTES = 64
_MOST_BYTES = 64 << 20
_SESSION = (b'"exercises"', b'"startTime"', b'"timezoneOffset')
_DAY = (b'"date"', b'"samples"', b'"exportVersion"')
_DAY_SAMPLES = (b'"steps"', b'"mets"')


class PolarArchive:
    """What Polar sends to a person who asks for all their data."""

    name = "Polar archive"
    version = 2
    kinds: frozenset[Kind] = frozenset({"track", "activity", "series"})

    def sniff(self, source: Source) -> Sniff:
        """Recognise a training session or a day by the names of its parts."""
        for member in source.files():
            kind = _kind(source, member)
            if kind is not None:
                what = "training session" if kind == "session" else "day"
                return Sniff(95, f"the parts of a {what} as Polar writes it")
        return Sniff(0)

    def plan(self, source: Source, options: Options) -> Plan:
        """Count the sessions and days.

        Raises:
            DamagedFile: If there are none.
        """
        kinds = {member.path: _kind(source, member) for member in source.files()}
        sessions = tuple(m for m in source.files() if kinds[m.path] == "session")
        days = tuple(m for m in source.files() if kinds[m.path] == "day")
        if not sessions and not days:
            raise DamagedFile(
                f"“{source.name}” holds no training session that could be read.",
                "Ask Polar for your data again.",
            )
        parts: list[Part] = []
        if sessions:
            parts.append(Part("track", f"{len(sessions)} training sessions", how=sessions))
        if days:
            assumed = () if options.zone else (ZONE_ASSUMED,)
            parts.append(
                Part("series", f"steps of {len(days)} days", assumptions=assumed, how=days)
            )
        rest = [m for m in source.files() if kinds[m.path] is None and _is_json(source, m)]
        left = (Left(f"other files ({len(rest)})", "they hold no walk"),) if rest else ()
        claimed = frozenset(member.path for member in (*sessions, *days, *rest))
        return Plan(self.name, tuple(parts), left, files=claimed, options=options)

    @credible
    def read(self, source: Source, plan: Plan) -> Iterator[Item]:
        """Yield the sessions one by one, then the steps of all days."""
        for part in plan.parts:
            members = part.how if isinstance(part.how, tuple) else ()
            if part.kind == "track":
                yield from _sessions(source, members, plan.options)
            else:
                yield from Days(plan.options).read(source, members)
        yield from plan.left


def _sessions(
    source: Source, members: tuple[Member, ...], options: Options
) -> Iterator[Track | Activity | Left]:
    since = options.since_utc_ns
    older = 0
    for member in members:
        value = read_json(source, member, _MOST_BYTES)
        if isinstance(value, Left):
            yield value
            continue
        name = member.path.rpartition("/")[2]
        for item in read_session(value, name, options):
            activity = item.activity if isinstance(item, Track) else item
            if isinstance(activity, Activity) and since is not None and activity.end_utc_ns < since:
                older += 1
            else:
                yield item
    if older:
        yield Left(counted(older, "outings"), "they are older than what was asked for")


def _kind(source: Source, member: Member) -> Literal["session", "day"] | None:
    if not _is_json(source, member):
        return None
    head = source.head(member, _HEAD_BYTES)
    if all(sign in head for sign in _SESSION):
        return "session"
    day = all(sign in head for sign in _DAY) and any(sign in head for sign in _DAY_SAMPLES)
    return "day" if day else None


def _is_json(source: Source, member: Member) -> bool:
    head = source.head(member, _FIRST_BYTES).removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.startswith((b"{", b"["))
