"""The part of the contract that all formats made of tables share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache, partial

from evenstride.errors import DamagedFile
from evenstride.importers.contract import Item, Kind, Options, Part, Plan, Sniff
from evenstride.importers.source import Member, Source
from evenstride.importers.tables.layout import Layout, layout_of
from evenstride.importers.tables.motion import Motion, raw_blocks
from evenstride.importers.tables.positions import Positions, read_track
from evenstride.model import Recording

__all__ = ["SingleTable", "TableFormat", "TextTable", "layout_in", "tables_in"]


@dataclass(frozen=True, slots=True)
class TextTable:
    """A file in a source and its layout."""

    source: Source
    member: Member
    layout: Layout


_MOST_TABLES = 60

_layout_of = lru_cache(maxsize=32)(layout_of)


def layout_in(source: Source, member: Member) -> Layout | None:
    """Return the layout of a member, or None if it is no table of numbers."""
    return _layout_of(source.head(member))


def tables_in(source: Source) -> list[TextTable]:
    """Return the tables of numbers that lie directly in a folder or archive."""
    files = source.files()[:_MOST_TABLES]
    return [TextTable(source, m, layout) for m in files if (layout := layout_in(source, m))]


class TableFormat:
    """Reads what a plan of tables describes; formats add ``sniff`` and ``plan``.

    Attributes:
        name: Name of the format in plain words.
        version: Grows whenever the same file would give other values.
        kinds: What it can deliver.
    """

    name = ""
    version = 1
    kinds: frozenset[Kind] = frozenset({"recording"})

    def read(self, source: Source, plan: Plan) -> Iterator[Item]:
        """Yield the recordings and tracks of the plan, then what is left out."""
        for part in plan.parts:
            if isinstance(part.how, Motion):
                yield _recording(source, plan, part, part.how)
            elif isinstance(part.how, Positions):
                yield read_track(source, part.how)
        yield from plan.left


class SingleTable(TableFormat, ABC):
    """A format whose recording is one table in one file."""

    def sniff(self, source: Source) -> Sniff:
        """Ask the format about the layout of the only file."""
        members = source.members()
        layout = layout_in(source, members[0]) if len(members) == 1 else None
        return Sniff(0) if layout is None else self.match(layout)

    def plan(self, source: Source, options: Options) -> Plan:
        """Describe the one recording in the table."""
        member = source.members()[0]
        layout = layout_in(source, member)
        if layout is None:
            raise DamagedFile(
                f"“{source.name}” holds no rows that could be read.", "Export the walk again."
            )
        part = self.part(TextTable(source, member, layout), options)
        return Plan(self.name, (part,), placement=options.placement)

    @abstractmethod
    def match(self, layout: Layout) -> Sniff:
        """Say how sure it is that a table of this layout is of its format."""

    @abstractmethod
    def part(self, file: TextTable, options: Options) -> Part:
        """Describe the recording in the table."""


def _recording(source: Source, plan: Plan, part: Part, motion: Motion) -> Recording:
    return Recording(
        format=plan.format,
        open=partial(raw_blocks, source, motion),
        placement=plan.placement,
        gravity_included=part.gravity_included,
        nominal_rate_hz=part.nominal_rate_hz,
        source=source.name,
        start=part.start,
        assumptions=part.assumptions,
        warnings=part.warnings,
    )
