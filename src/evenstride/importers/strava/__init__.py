"""The archive that Strava hands out: files as they were uploaded, and a table that knows the shoes.

``table`` finds the table and reads its rows, ``columns`` tells which column is which by what
stands in it, ``words`` and ``dates`` know the languages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from evenstride.errors import DamagedFile
from evenstride.importers.carried import Facts, left_once, pictures, reader_of, with_facts
from evenstride.importers.contract import Item, Kind, Options, Part, Plan, Sniff
from evenstride.importers.credible import credible
from evenstride.importers.source import Member, Source
from evenstride.importers.strava.table import Row, Table, find_table
from evenstride.importers.words import counted
from evenstride.model import Activity, Left, Track

__all__ = ["StravaArchive"]

_NO_WALK = "they hold no walk"


class StravaArchive:
    """A Strava bulk export, packed or unpacked, in any language."""

    name = "Strava archive"
    version = 2
    kinds: frozenset[Kind] = frozenset({"track", "activity"})

    def sniff(self, source: Source) -> Sniff:
        """Recognise a table whose rows name files that lie beside it."""
        table = find_table(source)
        if table is None:
            return Sniff(0)
        if table.named:
            return Sniff(97, "a table of activities whose rows name the files beside it")
        return Sniff(70, "the columns of its table of activities")

    def plan(self, source: Source, options: Options) -> Plan:
        """Say how many files would be read; the table is read only once it is needed.

        Raises:
            DamagedFile: If it holds no activity.
        """
        table = find_table(source)
        if table is None:
            raise DamagedFile(
                f"“{source.name}” holds no activity that could be read.",
                "Ask Strava for the archive again.",
            )
        files, left = _divided(source, table)
        parts = [Part("activity", table.member.path, how=table)]
        if files:
            parts.insert(0, Part("track", f"{len(files)} files of single activities", how=files))
        claimed = frozenset({table.member.path, *(m.path for m in (*files, *left))})
        return Plan(self.name, tuple(parts), _summed(source, left), files=claimed, options=options)

    @credible
    def read(self, source: Source, plan: Plan) -> Iterator[Item]:
        """Yield the files with what the table says of them, then what was typed in by hand."""
        table = next(p.how for p in plan.parts if isinstance(p.how, Table))
        files = next((p.how for p in plan.parts if isinstance(p.how, tuple)), ())
        rows: dict[str, Facts] = {}
        typed: list[Row] = []
        for row in table.rows(plan.options.zone):
            if isinstance(row, Left):
                yield row
            elif row.member is not None:
                rows.setdefault(row.member.path, row.facts)
            else:
                typed.append(row)
        yield from left_once(_tracks(source, files, rows, plan.options))
        yield from _typed(typed, plan.options)
        yield from plan.left


def _divided(source: Source, table: Table) -> tuple[tuple[Member, ...], tuple[Member, ...]]:
    """Return the files of activities, and those that belong to the archive and hold no walk."""
    folders = [c.members() for c in source.children() if c.prefix != source.prefix]
    named = {member.path for row in table.rows() if isinstance(row, Row) and (member := row.member)}
    tracks: list[Member] = []
    rest = [member for member in source.files() if member is not table.member]
    for members in folders:
        if any(member.path in named for member in members):
            tracks += members
        elif pictures(source, members):
            rest += members
    tracks += [member for member in rest if member.path in named]
    return tuple(tracks), tuple(member for member in rest if member.path not in named)


def _tracks(
    source: Source, files: tuple[Member, ...], rows: dict[str, Facts], options: Options
) -> Iterator[Item]:
    seen: set[str] = set()
    older = twice = 0
    for member in files:
        facts = rows.get(member.path, Facts())
        if facts.is_older(options.since_utc_ns):
            older += 1
        elif member.path in seen:
            twice += 1
        else:
            yield from _of_file(source, member, facts, options)
        seen.add(member.path)
    if older:
        yield Left(
            f"{counted(older, 'outings')} with a file", "they are older than what was asked for"
        )
    if twice:
        yield Left(counted(twice, "files"), "the archive holds the same name twice")


def _of_file(source: Source, member: Member, facts: Facts, options: Options) -> Iterator[Item]:
    """Yield what is in a file; where no outing is left in it, what the table says of it."""
    reader = reader_of(source, member)
    outings = 0
    if reader is None:
        yield Left(member.path, "it is no FIT, GPX or TCX file, or it is damaged")
    else:
        for item in with_facts(reader(source, member, options), facts):
            outings += isinstance(item, Track | Activity)
            yield item
    if not outings and (activity := facts.activity()) is not None:
        yield activity


def _typed(rows: list[Row], options: Options) -> Iterator[Item]:
    """Yield the activities without a file that can be read."""
    older = unclear = lost = 0
    for row in rows:
        activity = row.facts.activity()
        if row.facts.is_older(options.since_utc_ns):
            older += 1
        elif activity is None:
            unclear += 1
        else:
            lost += row.missing
            yield activity
    if lost:
        yield Left(
            f"the tracks of {counted(lost, 'outings')}", "the table names files that are not there"
        )
    if older:
        yield Left(
            f"{counted(older, 'outings')} without a file", "they are older than what was asked for"
        )
    if unclear:
        yield Left(counted(unclear, "outings"), "the date, or how long it took, is not clear")


def _summed(source: Source, members: tuple[Member, ...]) -> tuple[Left, ...]:
    """Return one line for each folder whose files hold no walk."""
    start = len(source.prefix)
    folders = Counter(m.path[start:].rpartition("/")[0] for m in members)
    return tuple(
        Left(f"what lies in {folder} ({count})" if folder else f"other files ({count})", _NO_WALK)
        for folder, count in sorted(folders.items())
    )
