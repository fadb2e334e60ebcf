"""Bytes -> Recording: one module per format, one contract for all."""

from evenstride.importers.contract import Importer, Item, Kind, Options, Part, Plan, Sniff
from evenstride.importers.front import read, scan
from evenstride.importers.inspection import Inspection, inspect
from evenstride.importers.registry import importers
from evenstride.importers.source import Member, Source, Stream

__all__ = [
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
]
