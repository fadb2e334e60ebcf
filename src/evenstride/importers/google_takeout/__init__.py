"""Google Takeout: Fit, and Fitbit or Google Health, as zips or as the folders in them."""

from __future__ import annotations

from collections.abc import Iterator

from evenstride.errors import DamagedFile
from evenstride.importers.contract import Item, Kind, Options, Part, Plan, Sniff
from evenstride.importers.credible import credible
from evenstride.importers.google_takeout.choice import Chosen, choose
from evenstride.importers.google_takeout.kinds import Found, classify
from evenstride.importers.google_takeout.reading import read_chosen
from evenstride.importers.source import Source
from evenstride.importers.vendor_tree import folders_of, likely, others_left

__all__ = ["GoogleTakeout"]

_SCORES = {
    "stream": (92, "the “Data Points” of Google Fit"),
    "session": (92, "the sessions of Google Fit"),
    "exercises": (92, "the list of exercises of Fitbit"),
    "logs": (90, "the list of exercises of Fitbit"),
    "values": (90, "the tables of Fitbit and Google Health"),
    "places": (88, "the positions of Fitbit and Google Health"),
    "quarters": (85, "the quarters of an hour of Google Fit"),
    "days": (60, "the table of days of Google Fit"),
    "twin": (60, "the values of Fitbit as JSON"),
}


class GoogleTakeout:
    """What Google hands out of Fit and of Fitbit."""

    name = "Google Takeout"
    version = 2
    kinds: frozenset[Kind] = frozenset({"track", "activity", "series"})

    def sniff(self, source: Source) -> Sniff:
        """Recognise one of the kinds of files, whatever the language of names and headers."""
        best = (0, "")
        for member in likely(source, (".json", ".csv")):
            found = classify(source, member)
            if found is not None:
                best = max(best, _SCORES.get(found.kind, (0, "")))
        return Sniff(*best)

    def plan(self, source: Source, options: Options) -> Plan:
        """Choose the files to read: what another file repeats is left out, with the reason.

        Raises:
            DamagedFile: If nothing about walking is there.
        """
        found = [f for m in source.members() if (f := classify(source, m)) is not None]
        chosen = choose(source, found, options)
        parts = tuple(
            Part(kind, name, assumptions=assumptions, how=files)
            for kind, name, assumptions, files in chosen.groups()
        )
        if not parts:
            raise DamagedFile(
                f"“{source.name}” is a Takeout of Google that holds nothing about walking.",
                "At takeout.google.com, choose Fit, and Fitbit or Google Health.",
            )
        ours = {f.member.path for f in found}
        left = chosen.left + others_left(source, ours)
        folders = folders_of(source, ours)
        return Plan(self.name, parts, tuple(left), folders=folders, options=options)

    @credible
    def read(self, source: Source, plan: Plan) -> Iterator[Item]:
        """Yield series, then the walks, with their positions where they are there."""
        yield from plan.left
        files = [f for part in plan.parts if isinstance(part.how, tuple) for f in part.how]
        chosen = Chosen([f for f in files if isinstance(f, Found)], [])
        yield from read_chosen(source, chosen, plan.options)
