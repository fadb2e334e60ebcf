"""The nouns: frozen, typed, units in their names. Imports nothing else of ours but errors.

A noun is loaded when it is first used: the diary and the plan need no numpy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evenstride.model.activity import SPORTS, WALKED, Activity, Sport
    from evenstride.model.checkup import CheckUp, Pattern, Triage
    from evenstride.model.clock import LONGEST_BRIDGED_GAP_S, Clock, ClockRepair, Gap
    from evenstride.model.device import DEVICE_KINDS, UNKNOWN_DEVICE, Device, DeviceKind
    from evenstride.model.gait import (
        Bouts,
        Contacts,
        Gait,
        RecordingFacts,
        StepShape,
        Strides,
        Timeline,
        Turns,
        Unused,
    )
    from evenstride.model.left import Left
    from evenstride.model.measure import Grade, Measure
    from evenstride.model.noted import Entry, Severity
    from evenstride.model.outing import Outing, PainRatings, Shoe
    from evenstride.model.person import Person
    from evenstride.model.recording import PLACEMENTS, Block, Placement, RawBlock, Recording
    from evenstride.model.series import METRICS, Metric, Series
    from evenstride.model.start import Basis, Start
    from evenstride.model.table import Table
    from evenstride.model.terrain import GroundSegments, TerrainProfile
    from evenstride.model.track import ElevationSource, Track

__all__ = [
    "DEVICE_KINDS",
    "LONGEST_BRIDGED_GAP_S",
    "METRICS",
    "PLACEMENTS",
    "SPORTS",
    "UNKNOWN_DEVICE",
    "WALKED",
    "Activity",
    "Basis",
    "Block",
    "Bouts",
    "CheckUp",
    "Clock",
    "ClockRepair",
    "Contacts",
    "Device",
    "DeviceKind",
    "ElevationSource",
    "Entry",
    "Gait",
    "Gap",
    "Grade",
    "GroundSegments",
    "Left",
    "Measure",
    "Metric",
    "Outing",
    "PainRatings",
    "Pattern",
    "Person",
    "Placement",
    "RawBlock",
    "Recording",
    "RecordingFacts",
    "Series",
    "Severity",
    "Shoe",
    "Sport",
    "Start",
    "StepShape",
    "Strides",
    "Table",
    "TerrainProfile",
    "Timeline",
    "Track",
    "Triage",
    "Turns",
    "Unused",
]

_NAMES: dict[str, tuple[str, ...]] = {
    "activity": ("SPORTS", "WALKED", "Activity", "Sport"),
    "checkup": ("CheckUp", "Pattern", "Triage"),
    "clock": ("LONGEST_BRIDGED_GAP_S", "Clock", "ClockRepair", "Gap"),
    "device": ("DEVICE_KINDS", "UNKNOWN_DEVICE", "Device", "DeviceKind"),
    "gait": (
        "Bouts",
        "Contacts",
        "Gait",
        "RecordingFacts",
        "StepShape",
        "Strides",
        "Timeline",
        "Turns",
        "Unused",
    ),
    "left": ("Left",),
    "measure": ("Grade", "Measure"),
    "noted": ("Entry", "Severity"),
    "outing": ("Outing", "PainRatings", "Shoe"),
    "person": ("Person",),
    "recording": ("PLACEMENTS", "Block", "Placement", "RawBlock", "Recording"),
    "series": ("METRICS", "Metric", "Series"),
    "start": ("Basis", "Start"),
    "table": ("Table",),
    "terrain": ("GroundSegments", "TerrainProfile"),
    "track": ("ElevationSource", "Track"),
}
_HOME = {name: module for module, names in _NAMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'evenstride.model' has no attribute {name!r}")
    value = getattr(import_module(f"evenstride.model.{_HOME[name]}"), name)
    globals()[name] = value
    return value
