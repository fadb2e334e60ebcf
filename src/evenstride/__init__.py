"""evenstride: why does my lower back hurt after walking, what should I change, did it help?

The front door. Everything heavy is imported when it is first used, so ``import evenstride`` costs
next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evenstride.checkup import check_up
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
    from evenstride.model import CheckUp, Gait, Left, Measure, Recording, Track

__version__ = "0.1.0"

__all__ = [
    "AnswerError",
    "CheckUp",
    "DamagedFile",
    "DiaryError",
    "EvenstrideError",
    "Gait",
    "Left",
    "Measure",
    "MissingExtra",
    "NotARecording",
    "OptionError",
    "Recording",
    "RecordingError",
    "Track",
    "UnsafeFile",
    "UnusableRecording",
    "analyze",
    "check_up",
    "read",
    "scan",
]

_HOME = {
    "analyze": "evenstride.gait",
    "check_up": "evenstride.checkup",
    "read": "evenstride.importers",
    "scan": "evenstride.importers",
    **dict.fromkeys(
        ("CheckUp", "Gait", "Left", "Measure", "Recording", "Track"), "evenstride.model"
    ),
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'evenstride' has no attribute {name!r}")
    value = getattr(import_module(_HOME.get(name, "evenstride.errors")), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
