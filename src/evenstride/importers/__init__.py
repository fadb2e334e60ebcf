"""Files -> Recording, Track, Activity, Series, Entry: one module per format, one contract."""

from evenstride.importers.contract import Importer, Item, Kind, Options, Part, Plan, Sniff
from evenstride.importers.front import Choice, read, scan, survey
from evenstride.importers.inspection import Inspection, inspect
from evenstride.importers.registry import importers
from evenstride.importers.source import Member, Source, Stream

__all__ = [
    "Choice",
    "Importer",
    "Inspection",
    "Item",
    "Kind",
    "Member",
    "Options",
    "Part",
    "Plan",
    "Sniff",
    "Source",
    "Stream",
    "importers",
    "inspect",
    "read",
    "scan",
    "survey",
]
