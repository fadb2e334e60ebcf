"""Files of single walks that an archive carries, and what the archive says of them besides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from evenstride.importers.contract import Item, Options
from evenstride.importers.fit import Fit, read_fit
from evenstride.importers.source import Member, Source
from evenstride.importers.xml_tracks import Gpx, Tcx, read_gpx, read_tcx
from evenstride.model import Activity, Left, Sport, Start, Track
from evenstride.model.day import NS

__all__ = ["Facts", "Reader", "left_once", "pictures", "reader_of", "with_facts"]

Reader: TypeAlias = Callable[[Source, Member, Options], Iterator[Item]]

_READERS: tuple[tuple[Fit | Gpx | Tcx, Reader], ...] = (
    (Fit(), read_fit),
    (Gpx(), read_gpx),
    (Tcx(), read_tcx),
)
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF")
_LOOKED_AT = 20
_MOST_REASONS = 1000


@dataclass(frozen=True, slots=True)
class Facts:
    """What an archive says of one activity; None or "": it does not.

    Attributes:
        sport: What was done.
        gear: The shoes, as the person named them.
        title: As the person named the activity.
        note: In the person's own words.
        start: When it began.
        elapsed_s: How long it took, with pauses.
        moving_s: The same without pauses.
        distance_m: How far.
        steps: Steps of both feet.
        ascent_m: Climb.
        descent_m: The same downhill.
        heart_rate_bpm: Mean.
    """

    sport: Sport = "unknown"
    gear: str = ""
    title: str = ""
    note: str = ""
    start: Start | None = None
    elapsed_s: float | None = None
    moving_s: float | None = None
    distance_m: float | None = None
    steps: int | None = None
    ascent_m: float | None = None
    descent_m: float | None = None
    heart_rate_bpm: float | None = None

    def activity(self) -> Activity | None:
        """Return it as an activity without samples, or None if its time is not known."""
        if self.start is None or self.elapsed_s is None:
            return None
        end = self.start.utc_ns + round(self.elapsed_s * NS)
        return _merged(Activity(self.start, end), self)

    def is_older(self, since_utc_ns: int | None) -> bool:
        """Tell whether it surely ended before this moment; without a length, a day is given."""
        if since_utc_ns is None or self.start is None:
            return False
        longest_s = 86_400.0 if self.elapsed_s is None else self.elapsed_s
        return self.start.utc_ns + round(longest_s * NS) < since_utc_ns


def reader_of(source: Source, member: Member) -> Reader | None:
    """Return what reads a file, told by its first bytes; None if it is no file of a walk."""
    alone = source.only(member)
    return next((reader for importer, reader in _READERS if importer.sniff(alone).score), None)


def with_facts(items: Iterable[Item], facts: Facts) -> Iterator[Item]:
    """Yield the items of one file with what the archive says of it.

    The person's words (title, note, shoes) are those of the archive, where they were last changed;
    numbers are those of the file, which measured them, where it has them. Where the file holds
    several outings, the archive's sum of them is none of theirs: each gets the words only.
    """
    first: Track | Activity | None = None
    words = Facts(gear=facts.gear, title=facts.title, note=facts.note)
    for item in items:
        if not isinstance(item, Track | Activity):
            yield item
        elif first is None:
            first = item
        else:
            facts = words
            yield _with(item, words)
    if first is not None:
        yield _with(first, facts)


def _with(item: Track | Activity, facts: Facts) -> Track | Activity:
    if isinstance(item, Activity):
        return _merged(item, facts)
    if item.activity is not None:
        return replace(item, activity=_merged(item.activity, facts))
    return replace(item, activity=facts.activity())


def left_once(items: Iterable[Item]) -> Iterator[Item]:
    """Yield the items; what was left out of thousands of files for the same reason comes as one."""
    first: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for item in items:
        if not isinstance(item, Left) or len(first) > _MOST_REASONS:
            yield item
        else:
            first.setdefault(item.reason, item.what)
            counts[item.reason] += 1
    for reason, what in first.items():
        more = counts[reason] - 1
        yield Left(f"{what}, and {more} more like it" if more else what, reason)


def pictures(source: Source, members: tuple[Member, ...]) -> bool:
    """Tell whether these files are pictures and films, by the first bytes of some of them."""
    heads = [source.head(member, 512) for member in members[:_LOOKED_AT]]
    return bool(heads) and all(h.startswith(_PICTURES) or h[4:8] == b"ftyp" for h in heads)


def _merged(own: Activity, facts: Facts) -> Activity:
    # A vague word of the archive ("Workout") does not undo what the watch was set to.
    vague = facts.sport == "unknown" or (facts.sport == "other" and own.sport != "unknown")
    return replace(
        own,
        sport=own.sport if vague else facts.sport,
        gear=facts.gear or own.gear,
        title=facts.title or own.title,
        note=facts.note or own.note,
        moving_s=_either(own.moving_s, facts.moving_s),
        distance_m=_either(own.distance_m, facts.distance_m),
        steps=facts.steps if own.steps is None else own.steps,
        ascent_m=_either(own.ascent_m, facts.ascent_m),
        descent_m=_either(own.descent_m, facts.descent_m),
        heart_rate_bpm=_either(own.heart_rate_bpm, facts.heart_rate_bpm),
    )


def _either(first: float | None, second: float | None) -> float | None:
    return second if first is None else first
