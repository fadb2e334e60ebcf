"""Apple Health as an importer: what is there, and reading it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evenstride.errors import DamagedFile
from evenstride.importers.apple_health.container import find
from evenstride.importers.apple_health.reader import Reader
from evenstride.importers.apple_health.routes import Routes
from evenstride.importers.contract import Item, Kind, Options, Part, Plan, Sniff
from evenstride.importers.credible import credible
from evenstride.importers.source import Member, Source
from evenstride.importers.xml_tracks.text import as_utf8
from evenstride.model import Activity, Entry, Left, Series, Track

__all__ = ["AppleHealth"]

_LOCALE = re.compile(rb'<HealthData[^>]*\slocale="([^"<>]{1,40})"')
_EXPORTED = re.compile(rb'<ExportDate[^>]*\svalue="(\d{4}-\d\d-\d\d)[^"<>]*"')
_ONE_OFFSET = (
    "The times in the export all bear the clock of the phone that made it; they were turned into "
    "UTC, and the zone is taken from the file only where it names one."
)
_KIND_OF = {Series: "series", Entry: "entry", Track: "track", Activity: "activity"}


class AppleHealth:
    """The export of Apple's Health app, as zip, as the folder in it, or the XML file alone."""

    name = "Apple Health"
    version = 3
    kinds: frozenset[Kind] = frozenset({"series", "entry", "activity", "track"})

    def sniff(self, source: Source) -> Sniff:
        """Recognise the document type or the first tag of an export."""
        if find(source) is None:
            return Sniff(0)
        return Sniff(97, "its first lines, which are those of an Apple Health export")

    def plan(self, source: Source, options: Options) -> Plan:
        """Say what would be read; looks at the first bytes of each file only.

        Raises:
            DamagedFile: If nothing of an export is there.
        """
        found = find(source)
        if found is None:
            raise DamagedFile(
                f"“{source.name}” holds no Apple Health export.",
                "In the Health app, choose your picture, then Export All Health Data.",
            )
        parts: list[Part] = []
        for member in found.exports:
            said = (_ONE_OFFSET, *_facts(source.head(member)))
            kinds: tuple[Kind, ...] = ("series", "entry", "activity")
            parts += [Part(kind, member.path, assumptions=said, how=member) for kind in kinds]
        if found.routes:
            count = len(found.routes)
            name = f"workout-routes ({count} file{'s' if count > 1 else ''})"
            parts.append(Part("track", name, how=found.exports[0]))
        return Plan(self.name, tuple(parts), left=found.left, files=found.files, options=options)

    @credible
    def read(self, source: Source, plan: Plan) -> Iterator[Item]:
        """Yield series in pieces, symptoms, workouts with their routes, and what is left out."""
        found = find(source)
        if found is None:
            return
        kinds = {part.kind for part in plan.parts}
        wanted = [part.how for part in plan.parts if isinstance(part.how, Member)]
        members = [member for member in found.exports if member in wanted]
        routes = Routes(source, found.routes, self.name, plan.options)
        for number, member in enumerate(members):
            reader = Reader(
                routes,
                everything=plan.options.everything,
                since_utc_ns=plan.options.since_utc_ns,
            )
            for item in reader.read(source, member, last=number == len(members) - 1):
                inline = isinstance(item, Track) and "activity" in kinds
                if inline or isinstance(item, Left) or _KIND_OF[type(item)] in kinds:
                    yield item
        yield from plan.left


def _facts(head: bytes) -> tuple[str, ...]:
    """Return when and in which region the export was made, each a sentence."""
    text = as_utf8(head)
    exported, locale = _EXPORTED.search(text), _LOCALE.search(text)
    said = []
    if exported is not None:
        said.append(f"The export was made on {exported[1].decode('ascii')}.")
    if locale is not None:
        said.append(f"The phone was set to the region {locale[1].decode('utf-8', 'replace')}.")
    return tuple(said)
