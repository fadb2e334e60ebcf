"""What was found in one recording."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenstride.model.measure import Measure
from evenstride.model.plain import plain
from evenstride.model.recording import Placement
from evenstride.model.table import Table

__all__ = [
    "Bouts",
    "Contacts",
    "Gait",
    "RecordingFacts",
    "StepShape",
    "Strides",
    "Timeline",
    "Turns",
    "Unused",
]


@dataclass(frozen=True, slots=True)
class RecordingFacts:
    """What a reader of results needs to know about the recording they came from.

    Attributes:
        format: Name of the file format.
        source: Name of the file, or "".
        placement: Where the sensor was worn, if told.
        placement_seen: "thigh" as recognised from the movement, "trunk" for anything that does not
            swing like one, or None without walking.
        gravity_included: Whether the pull of the earth is in the values.
        gyroscope: Whether turning rates were recorded.
        rate_hz: True sampling rate.
        jitter_s: Robust standard deviation of the time step.
        duration_s: First to last sample.
        lost_fraction: Share of expected samples that are missing.
        gaps: Number of gaps longer than 0.25 s.
        warnings: Assumptions, repairs and defects, each a sentence in plain words.
    """

    format: str
    source: str
    placement: Placement | None
    placement_seen: str | None
    gravity_included: bool
    gyroscope: bool
    rate_hz: float
    jitter_s: float
    duration_s: float
    lost_fraction: float
    gaps: int
    warnings: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Bouts(Table):
    """Unbroken stretches of walking.

    Attributes:
        start_s: First contact.
        end_s: Last contact.
        steps: Number of contacts.
    """

    start_s: NDArray[np.float64]
    end_s: NDArray[np.float64]
    steps: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Contacts(Table):
    """Initial contacts: a foot reaching the ground.

    Attributes:
        time_s: When.
        side: -1 left, 0 not known, +1 right.
        confidence: 0 to 1; contacts below 0.5 are counted as steps but not used for variability.
        bout: Row of the bout it belongs to.
    """

    time_s: NDArray[np.float64]
    side: NDArray[np.int8]
    confidence: NDArray[np.float64]
    bout: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Strides(Table):
    """From a contact to the next of the same foot.

    Attributes:
        start_s: The contact that begins it.
        end_s: The contact that ends it.
        side: Foot of both contacts: -1 left, 0 not known, +1 right.
        length_m: Forward distance, NaN = absent.
        speed_m_s: Mean forward speed, NaN = absent.
        steady: Whether it is straight, even walking; only such strides have a length.
        bout: Row of the bout it belongs to.
    """

    start_s: NDArray[np.float64]
    end_s: NDArray[np.float64]
    side: NDArray[np.int8]
    length_m: NDArray[np.float64]
    speed_m_s: NDArray[np.float64]
    steady: NDArray[np.bool_]
    bout: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Turns(Table):
    """Turns while walking, of 45 degrees or more.

    Attributes:
        start_s: Begin.
        end_s: End.
        angle_deg: Signed angle about the vertical, positive to the left.
    """

    start_s: NDArray[np.float64]
    end_s: NDArray[np.float64]
    angle_deg: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Timeline(Table):
    """The walk in equal windows, for pictures. NaN = not measured in this window.

    Attributes:
        start_s: Begin of the window.
        end_s: End of the window.
        cadence_spm: Steps per minute.
        step_regularity: Likeness of neighbouring steps, 0 to 1.
        stride_regularity: Likeness of neighbouring strides, 0 to 1.
        pitch_deg: Lean forward against the standing reference.
        movement_m_s2: Vertical movement (root mean square acceleration).
        ground_roughness: How unlike the steps of one foot are at one pace; an estimate, whatever
            the placement, to be looked at only within this walk.
        impact_m_s2: Peak of the vertical acceleration just after contacts; meaningful only where
            the measure ``impact_peak_m_s2`` is.
    """

    start_s: NDArray[np.float64]
    end_s: NDArray[np.float64]
    cadence_spm: NDArray[np.float64]
    step_regularity: NDArray[np.float64]
    stride_regularity: NDArray[np.float64]
    pitch_deg: NDArray[np.float64]
    movement_m_s2: NDArray[np.float64]
    ground_roughness: NDArray[np.float64]
    impact_m_s2: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class StepShape(Table):
    """The average step of each side: vertical acceleration over one step.

    The first and second foot are the left and right one only where ``sides_known``; otherwise
    they are one foot and the other.

    Attributes:
        phase: 0 (contact) to 1 (next contact of the other foot).
        first_m_s2: Mean over the steps that begin with the first (left) foot.
        first_sd_m_s2: Standard deviation between those steps.
        second_m_s2: The same for the second (right) foot.
        second_sd_m_s2: Standard deviation between those steps.
    """

    phase: NDArray[np.float64]
    first_m_s2: NDArray[np.float64]
    first_sd_m_s2: NDArray[np.float64]
    second_m_s2: NDArray[np.float64]
    second_sd_m_s2: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Unused:
    """A stretch of the recording that was not used, and why."""

    start_s: float
    end_s: float
    reason: str


@dataclass(frozen=True, eq=False)
class Gait:
    """What was found in one recording.

    Attributes:
        recording: What the recording was like.
        bouts: Stretches of walking.
        contacts: Every foot contact.
        strides: Every stride.
        turns: Turns while walking.
        measures: By name; docs/measures.md explains each. Names ending in ``_drift`` are the
            change from the first to the last third of the walk.
        timeline: The walk in equal windows.
        step_shape: The average step of each side; empty when there are too few.
        sides_known: Whether left and right are sure.
        unused: Every stretch that was not used, with its reason.
    """

    recording: RecordingFacts
    bouts: Bouts
    contacts: Contacts
    strides: Strides
    turns: Turns
    measures: Mapping[str, Measure]
    timeline: Timeline
    step_shape: StepShape
    sides_known: bool
    unused: tuple[Unused, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "measures", MappingProxyType(dict(self.measures)))

    def document(self) -> dict[str, Any]:
        """Return the JSON document ``evenstride/gait/1`` as plain Python values."""
        facts = asdict(self.recording)
        facts["warnings"] = list(facts["warnings"])
        return {
            "schema": "evenstride/gait/1",
            "recording": plain(facts),
            "bouts": [plain(row) for row in self.bouts.rows()],
            "contacts": [plain(_named_side(row)) for row in self.contacts.rows()],
            "strides": [plain(_named_side(row)) for row in self.strides.rows()],
            "turns": [plain(row) for row in self.turns.rows()],
            "measures": {name: plain(asdict(m)) for name, m in self.measures.items()},
            "timeline": [plain(row) for row in self.timeline.rows()],
            "sides_known": self.sides_known,
            "unused": [plain(asdict(item)) for item in self.unused],
        }

    def to_json(self, indent: int | None = 2) -> str:
        """Return the document that ``evenstride analyze --json`` prints."""
        return json.dumps(self.document(), indent=indent, ensure_ascii=False, allow_nan=False)


_SIDES = {-1: "left", 0: None, 1: "right"}


def _named_side(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "side": _SIDES[row["side"]]}
