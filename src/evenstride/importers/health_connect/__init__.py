"""Health Connect (Android 14 and later): the database in the zip that the settings export."""

from __future__ import annotations

from collections.abc import Iterator

from evenstride.errors import NotARecording
from evenstride.importers.contract import Item, Kind, Options, Part, Plan, Sniff
from evenstride.importers.credible import credible
from evenstride.importers.health_connect.database import MAGIC, Database, open_database
from evenstride.importers.health_connect.series import TABLES, Values, read_series
from evenstride.importers.health_connect.sessions import ROUTES, SESSIONS, read_sessions
from evenstride.importers.source import Member, Source
from evenstride.model import Left

__all__ = ["HealthConnect"]

_SIGNS = (b"application_info_table", b"steps_record_table", SESSIONS.encode())
_MOST_MEMBERS = 3  # the export holds one


class HealthConnect:
    """A Health Connect export, as the zip or the database in it."""

    name = "Health Connect"
    version = 2
    kinds: frozenset[Kind] = frozenset({"track", "activity", "series"})

    def sniff(self, source: Source) -> Sniff:
        """Recognise the tables; any SQLite database may be one whose tables come later on."""
        if len(source.members()) > _MOST_MEMBERS:
            return Sniff(0)
        heads = [source.head(member) for member in source.members()]
        heads = [head for head in heads if head.startswith(MAGIC)]
        if any(sign in head for head in heads for sign in _SIGNS):
            return Sniff(95, "the tables of Health Connect")
        return Sniff(20, "being an SQLite database") if heads else Sniff(0)

    def plan(self, source: Source, options: Options) -> Plan:
        """List the tables that hold something.

        Raises:
            DamagedFile: If the database cannot be opened.
            NotARecording: If it belongs to another program.
        """
        parts: list[Part] = []
        left: list[Left] = []
        for member in source.members():
            if not source.head(member, 16).startswith(MAGIC):
                left.append(Left(member.path, "it is no database"))
                continue
            database = open_database(source, member)
            try:
                parts += _parts(database, member)
            finally:
                database.close()
        if not parts:
            raise NotARecording(
                f"“{source.name}” is a database, but none of a Health Connect export with walks.",
                "Export it again in Settings, Health Connect. For others, export as CSV.",
            )
        return Plan(self.name, tuple(parts), left=tuple(left), options=options)

    @credible
    def read(self, source: Source, plan: Plan) -> Iterator[Item]:
        """Yield sessions and series, one table after the other."""
        yield from plan.left
        since = plan.options.since_utc_ns
        for member in source.members():
            parts = [p for p in plan.parts if isinstance(p.how, tuple) and p.how[0] == member]
            if not parts:
                continue
            database = open_database(source, member)
            try:
                for part in parts:
                    values = part.how[1] if isinstance(part.how, tuple) else None
                    if isinstance(values, Values):
                        yield from read_series(database, values, since)
                    else:
                        yield from read_sessions(database, member.path, since)
            finally:
                database.close()


def _parts(database: Database, member: Member) -> Iterator[Part]:
    if database.has(SESSIONS, "start_time", "end_time") and not database.is_empty(SESSIONS):
        columns = database.columns[SESSIONS]
        yield Part("activity", f"{member.path}: {SESSIONS}", columns, how=(member, ROUTES))
    for values in TABLES:
        table = values.series or values.table
        if database.has(table, values.column) and not database.is_empty(table):
            how = (member, values)
            yield Part("series", f"{member.path}: {table}", database.columns[table], how=how)
