"""One file of records, from its first byte to its last, a chunk at a time.

Each chunk is offered to lane A (``lines``), which takes what looks as usual; everything else goes
through lane B (``tags``). Both give the same results; only the speed differs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from evenstride.importers.apple_health import names, texts
from evenstride.importers.apple_health.chunks import after_prologue, last_beginning
from evenstride.importers.apple_health.columns import Columns, Rows
from evenstride.importers.apple_health.heads import Heads
from evenstride.importers.apple_health.lines import PAD, Lines, scan
from evenstride.importers.apple_health.metadata import ZONE_KEY, facts_of, side_and_zone
from evenstride.importers.apple_health.routes import Routes
from evenstride.importers.apple_health.tags import Element, elements
from evenstride.importers.apple_health.tally import Tally
from evenstride.importers.apple_health.workouts import Workout, start_of, workout_of, zone_of
from evenstride.importers.contract import Item
from evenstride.importers.moments import is_possible
from evenstride.importers.source import Member, Source
from evenstride.importers.xml_tracks.text import pieces
from evenstride.model import Device, Entry, Left, Track

__all__ = ["CHUNK_BYTES", "Reader"]

CHUNK_BYTES = 1 << 20
"""Read at a time: what fits into the fast memory of a processor."""

_ENDING = 1024
_BROKEN = "they are damaged and could not be understood"
_NOT_ASKED = "they are not about walking or pain"
_NO_DATE = "their date cannot be read"
_NO_TIME = "their times cannot be right"
_OLD = "they are older than the date that you asked for"
_TWICE = "what they hold stands in the file once more, and was read there"
_SUMMED = "they sum up what other records tell in detail"
_PRIVATE = "it holds your date of birth, sex and blood type, which are not needed"
_CUT = "the file ends in the middle; what came before was read"
_ASIDE = {b"ClinicalRecord", b"Audiogram", b"VisionPrescription"}


_Told: TypeAlias = Entry | Workout


class Reader:
    """Reads the records of an export.

    Attributes:
        heads: Types, sources and units that were met.
        tally: What was left out.
    """

    def __init__(
        self,
        routes: Routes,
        *,
        everything: bool,
        since_utc_ns: int | None,
        chunk_bytes: int = CHUNK_BYTES,
        fast: bool = True,
    ) -> None:
        self.heads = Heads(everything=everything)
        self.tally = Tally()
        self._columns = Columns(self.heads, self.tally, since_utc_ns)
        self._routes = routes
        self._since_utc_ns = since_utc_ns
        self._chunk_bytes = chunk_bytes
        self._fast = fast

    def read(self, source: Source, member: Member, *, last: bool = True) -> Iterator[Item]:
        """Yield what is in the file, then what was left out of it.

        Args:
            source: The export.
            member: The file with the records.
            last: Whether routes that no workout named are read as well.
        """
        rest, begun, ending = b"", False, b""
        with source.open(member) as stream:
            for piece in pieces(stream, self._chunk_bytes):
                rest += piece
                ending = (ending + piece[-_ENDING:])[-_ENDING:]
                if not begun:
                    rest, begun = after_prologue(rest)
                    if not begun:
                        continue
                used, items = self._chunk(rest, last_beginning(rest), final=False)
                yield from self._told(items)
                yield from self._columns.full()
                rest = rest[used:]
            damage = stream.damage
        _, items = self._chunk(rest + b" " * PAD, len(rest), final=True)
        yield from self._told(items)
        yield from self._columns.rest()
        if last:
            yield from self._routes.rest()
        yield from self.tally.left()
        if damage is not None or b"</HealthData" not in ending:
            reason = _CUT if damage is None else f"{damage}; what came before was read"
            yield Left(f"the end of {member.path}", reason)

    def _chunk(self, data: bytes, end: int, *, final: bool) -> tuple[int, list[_Told]]:
        """Read a chunk up to ``end``; return how much of it was used, and what it gave."""
        items: list[_Told] = []
        lines = scan(data, end, self.heads) if self._fast and end > 0 else None
        if lines is None:
            stop = end if end > 0 else len(data)
            found, used = elements(data, 0, stop, final=final)
            self._columns.add(self._rows(Lines(), found, data, items))
            return used, items
        found = []
        for start, stop in lines.others:
            found += elements(data, start, stop, final=True)[0]
        self.tally.add("record", _NOT_ASKED, lines.unwanted)
        self.tally.add("summary", _SUMMED, lines.summaries)
        self._columns.add(self._rows(lines, found, data, items))
        return end, items

    def _rows(self, lines: Lines, found: list[Element], data: bytes, items: list[_Told]) -> Rows:
        """Put together what both lanes found, in the order of the file."""
        side, zones = self._inside(lines, data)
        slow = [row for element in found for row in self._element(element, items, zones)]
        if not slow:
            return Rows(
                lines.at, lines.head, lines.start_utc_ns, lines.end_utc_ns, lines.value, side, zones
            )
        at, head, start, end, value, their_side = zip(*slow, strict=True)
        all_at = np.concatenate([lines.at, np.array(at, np.int64)])
        order = np.argsort(all_at, kind="stable")
        return Rows(
            all_at[order],
            np.concatenate([lines.head, np.array(head, np.int64)])[order],
            np.concatenate([lines.start_utc_ns, np.array(start, np.int64)])[order],
            np.concatenate([lines.end_utc_ns, np.array(end, np.int64)])[order],
            np.concatenate([lines.value, np.array(value, np.float64)])[order],
            np.concatenate([side, np.array(their_side, np.int8)])[order],
            zones,
        )

    def _inside(self, lines: Lines, data: bytes) -> tuple[NDArray[np.int8], dict[int, str]]:
        """Return the side of each record of lane A, and the zones that some of them tell."""
        side, zones = np.zeros(len(lines.at), np.int8), dict[int, str]()
        more = np.flatnonzero(lines.inside >= 0)
        if not len(more):
            return side, zones
        sided = np.array([head.sided for head in self.heads.heads], bool)[lines.head[more]]
        first, last = int(lines.inside[more[0]]), int(lines.stop[more[-1]])
        if data.find(ZONE_KEY, first, last) < 0:
            more = more[sided]
        for row in more.tolist():
            body = data[int(lines.inside[row]) : int(lines.stop[row])]
            side[row], zone = side_and_zone(body, sided=self.heads.heads[lines.head[row]].sided)
            if zone is not None:
                zones[int(lines.at[row])] = zone
        return side, zones

    def _element(
        self, element: Element, items: list[_Told], zones: dict[int, str]
    ) -> Iterator[tuple[int, int, int, int, float, int]]:
        """Yield a record as a row; put workouts and symptoms among the items; count the rest."""
        if element.name == b"Record":
            kind = texts.word(element.attributes.get(b"type"))
            use = self.heads.use(kind)
            if kind and use == "unwanted":
                self.tally.add("record", _NOT_ASKED)
            elif not element.sound or not kind:
                self.tally.add("record", _BROKEN)
            elif use == "symptom":
                self._symptom(element, kind, items)
            else:
                yield from self._record(element, zones)
        elif element.name == b"Workout":
            self._workout(element, items)
        elif element.name == b"Correlation":
            self.tally.add("group of records", _TWICE)
        elif element.name == b"ActivitySummary":
            self.tally.add("summary", _SUMMED)
        elif element.name in _ASIDE:
            self.tally.add("other entry", _NOT_ASKED)
        elif element.name == b"Me":
            self.tally.add("entry about yourself", _PRIVATE)

    def _record(
        self, element: Element, zones: dict[int, str]
    ) -> Iterator[tuple[int, int, int, int, float, int]]:
        attributes = element.attributes
        start, end = (
            texts.stamp(attributes.get(b"startDate")),
            texts.stamp(attributes.get(b"endDate")),
        )
        if start is None or end is None:
            self.tally.add("record", _NO_DATE)
            return
        number = self.heads.number(attributes)
        head = self.heads.heads[number]
        side, zone = side_and_zone(element.body, sided=head.sided)
        if zone is not None:
            zones[element.at] = zone
        value = float("nan") if head.no_number else texts.number(attributes.get(b"value"))
        yield element.at, number, start[0], end[0], value, side

    def _symptom(self, element: Element, kind: str, items: list[_Told]) -> None:
        attributes = element.attributes
        start = start_of(attributes.get(b"startDate"), zone_of(facts_of(element.body)))
        end = texts.stamp(attributes.get(b"endDate"))
        if start is None or end is None or end[0] < start.utc_ns:
            self.tally.add("record", _NO_DATE)
        elif not is_possible(start.utc_ns) or not is_possible(end[0]):
            self.tally.add("record", _NO_TIME)
        elif self._since_utc_ns is not None and end[0] < self._since_utc_ns:
            self.tally.add("record", _OLD)
        else:
            items.append(
                Entry(
                    what=names.symptom(kind) or "note",
                    start=start,
                    end_utc_ns=end[0],
                    severity=names.severity(texts.word(attributes.get(b"value"))),
                    device=self._device(element),
                )
            )

    def _workout(self, element: Element, items: list[_Told]) -> None:
        if not element.sound:
            self.tally.add("workout", _BROKEN)
            return
        workout = workout_of(element, self._device(element))
        if workout is None:
            self.tally.add("workout", _NO_DATE)
            return
        walked = workout.activity
        if not is_possible(walked.start.utc_ns) or not is_possible(walked.end_utc_ns):
            self.tally.add("workout", _NO_TIME)
            return
        for reason in workout.left:
            self.tally.add("value of a workout", reason)
        if self._since_utc_ns is not None and walked.end_utc_ns < self._since_utc_ns:
            self.tally.add("workout", _OLD)
            self._routes.used.update(path.lstrip("/").lower() for path in workout.routes)
            return
        items.append(workout)

    def _told(self, items: list[_Told]) -> Iterator[Item]:
        """Yield symptoms and workouts; a route is read no earlier than it is asked for."""
        for item in items:
            if isinstance(item, Entry):
                yield item
                continue
            walked = False
            for found in self._routes.of(item):
                walked = walked or isinstance(found, Track)
                yield found
            if not walked:
                yield item.activity

    def _device(self, element: Element) -> Device:
        number = self.heads.device(
            element.attributes.get(b"sourceName"), element.attributes.get(b"device")
        )
        return self.heads.devices[number]
