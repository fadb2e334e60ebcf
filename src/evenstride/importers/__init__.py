"""Files -> Recording, Track, Activity, Series, Entry: one module per format, one contract."""

from evenstride.importers.contract import Importer, Item, Kind, Options, Part, Plan, Sniff
from evenstride.importers.front import Choice, Unread, choose, read, recording_of, scan, survey
from evenstride.importers.inspection import Inspection, inspect, summed
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
    "Unread",
    "choose",
    "importers",
    "inspect",
    "read",
    "recording_of",
    "scan",
    "summed",
    "survey",
]
