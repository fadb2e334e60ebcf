"""evenstride: why does my lower back hurt after walking, what should I change, did it help?

The front door. Everything heavy is imported when it is first used, so ``import evenstride`` costs
next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evenstride import inventory, plan, terrain, trials
    from evenstride.checkup import check_up
    from evenstride.diary import Diary
    from evenstride.errors import (
        AnswerError,
        DamagedFile,
        DiaryError,
        EvenstrideError,
        MissingExtra,
        NotARecording,
        OptionError,
        RecordingError,
        UnsafeFile,
        UnusableRecording,
    )
    from evenstride.gait import analyze
    from evenstride.importers import read, scan
    from evenstride.model import (
        Activity,
        CheckUp,
        Entry,
        Gait,
        Left,
        Measure,
        Outing,
        PainRatings,
        Person,
        Recording,
        Series,
        Shoe,
        TerrainProfile,
        Track,
    )

__version__ = "0.1.0"

__all__ = [
    "Activity",
    "AnswerError",
    "CheckUp",
    "DamagedFile",
    "Diary",
    "DiaryError",
    "Entry",
    "EvenstrideError",
    "Gait",
    "Left",
    "Measure",
    "MissingExtra",
    "NotARecording",
    "OptionError",
    "Outing",
    "PainRatings",
    "Person",
    "Recording",
    "RecordingError",
    "Series",
    "Shoe",
    "TerrainProfile",
    "Track",
    "UnsafeFile",
    "UnusableRecording",
    "analyze",
    "check_up",
    "inventory",
    "plan",
    "read",
    "scan",
    "terrain",
    "trials",
]

_NOUNS = (
    *("Activity", "CheckUp", "Entry", "Gait", "Left", "Measure", "Outing"),
    *("PainRatings", "Person", "Recording", "Series", "Shoe", "TerrainProfile", "Track"),
)
_HOME = {
    "Diary": "evenstride.diary",
    "analyze": "evenstride.gait",
    "check_up": "evenstride.checkup",
    "read": "evenstride.importers",
    "scan": "evenstride.importers",
    **dict.fromkeys(_NOUNS, "evenstride.model"),
}
_ROOMS = ("inventory", "plan", "terrain", "trials")
"""Rooms of several functions are reached by their names, such as ``es.plan.plan(...)``.

``es.terrain`` can be called as well."""


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'evenstride' has no attribute {name!r}")
    if name in _ROOMS:
        return import_module(f"evenstride.{name}")  # Python itself puts the room in its place
    value = getattr(import_module(_HOME.get(name, "evenstride.errors")), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
