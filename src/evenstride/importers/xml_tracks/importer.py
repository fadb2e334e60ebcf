"""What GPX and TCX share as importers: recognising, planning, and reading one file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from evenstride.errors import NotARecording
from evenstride.importers.contract import Item, Kind, Options, Part, Plan, Sniff
from evenstride.importers.credible import credible
from evenstride.importers.source import Member, Source
from evenstride.importers.xml_tracks.outing import items_of
from evenstride.importers.xml_tracks.outline import Outline
from evenstride.importers.xml_tracks.reader import Reader
from evenstride.importers.xml_tracks.text import PIECE_BYTES, as_utf8, pieces
from evenstride.model import Left

__all__ = ["XmlTracks"]

_ROOT = re.compile(rb"<(?![?!])(?:[^\s<>/:]+:)?([A-Za-z]+)")
_HOSTILE = (
    "it defines names of its own (a document type definition), which such a file never needs and "
    "which can be used to do harm; it was not read"
)
_ENDS = "the file ends in the middle"
_CUT = "The file ends in the middle; what is whole was kept."


class XmlTracks:
    """Reads a format whose points stand in XML.

    Attributes:
        name: Name of the format in plain words.
        version: Grows whenever the same file would give other values.
        kinds: What it can deliver.
        root: Name of the outermost element, in small letters.
        outline: Who knows the elements around the points.
    """

    name: str = ""
    version: int = 2
    kinds: frozenset[Kind] = frozenset({"track"})
    root: ClassVar[str] = ""
    outline: ClassVar[type[Outline]]

    def sniff(self, source: Source) -> Sniff:
        """Recognise the outermost element, or the points of a file that lost its begin."""
        members = source.members()
        if len(members) != 1:
            return Sniff(0)
        head = as_utf8(source.head(members[0]))
        if not head.lstrip().startswith(b"<"):
            return Sniff(0)
        first = next((m[1].decode("ascii").lower() for m in _ROOT.finditer(head)), "")
        if first == self.root:
            return Sniff(95, f"its outermost element, which is that of a {self.name} file")
        if self._has_points(head):
            return Sniff(60, f"its points, which are those of a {self.name} file")
        return Sniff(0)

    def plan(self, source: Source, options: Options) -> Plan:
        """Say that the tracks of the file would be read; how many, only reading tells.

        Raises:
            NotARecording: If it plainly holds none.
        """
        member = source.members()[0]
        head = source.head(member)
        if member.size == len(head) and not self._has_points(as_utf8(head)):
            raise NotARecording(
                f"“{source.name}” is a {self.name} file without a single point of a track.",
                "Export the walk itself, not only its marks on the map.",
            )
        return Plan(self.name, (Part("track", member.path, how=member),), options=options)

    def read(self, source: Source, plan: Plan) -> Iterator[Item]:
        """Yield the tracks of the file, each as soon as it ends."""
        for part in plan.parts:
            if isinstance(part.how, Member):
                yield from self.read_member(source, part.how, plan.options)
        yield from plan.left

    @credible
    def read_member(
        self,
        source: Source,
        member: Member,
        options: Options,
        *,
        piece: int = PIECE_BYTES,
        swift: bool = True,
    ) -> Iterator[Item]:
        """Yield the tracks of one file of a source, and what of it was left out.

        Args:
            source: Any source that holds the file.
            member: The file.
            options: Of the person.
            piece: Bytes to look at together.
            swift: False = go tag by tag everywhere; the values are the same.
        """
        outline = self.outline()
        reader = Reader(outline, swift=swift)
        name = member.path.rpartition("/")[2]
        with source.open(member) as stream:
            for data in pieces(stream, piece):
                reader.take(data)
                if outline.hostile:
                    yield Left(member.path, _HOSTILE)
                    return
                for outing in outline.finished():
                    yield from items_of(outing, options, self.name, name)
            damage = stream.damage
        reader.end()
        for outing in outline.finished():
            yield from items_of(outing, options, self.name, name)
        cut = damage or (None if reader.whole else _ENDS)
        for outing in outline.end():
            outing.warnings += [_CUT] if cut else []
            cut = damage
            yield from items_of(outing, options, self.name, name)
        if cut and outline.points:
            yield Left("the rest of the file", cut)
        if not outline.points:
            yield Left(member.path, "it holds no track and no route")
        yield from outline.left()

    def _has_points(self, head: bytes) -> bool:
        low = head.lower()
        return any(b"<" + name.encode() in low for name in self.outline.names.points)
