"""A Gait made by hand: every kind of measure, two bouts with a pause, a turn and a gap."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np

from evenstride.model import (
    Bouts,
    Contacts,
    Gait,
    Measure,
    RecordingFacts,
    StepShape,
    Strides,
    Timeline,
    Turns,
    Unused,
)

RHYTHM = "The rhythm of walking is what this sensor shows best."
TREND = "Follow it over your own walks with the same sensor in the same place."
NO_HEIGHT = "It needs your height (--height) or the distance that you walked (--distance)."
NO_STANDING = "It needs ten quiet seconds of standing (--standing) to compare with."


def measure(
    value: float, half: float, unit: str, grade: Any = "own_trend", n: int = 220
) -> Measure:
    """Return a measure with an even interval."""
    return Measure(
        value, value - half, value + half, unit, grade, RHYTHM if grade == "firm" else TREND, n
    )


MEASURES = {
    "steps": Measure(247.0, 247.0, 247.0, "steps", "firm", RHYTHM, 247),
    "walking_time_s": Measure(133.4, 133.4, 133.4, "s", "firm", RHYTHM, 2),
    "cadence_spm": measure(111.32, 0.55, "steps/min", "firm"),
    "speed_m_s": measure(1.284, 0.09, "m/s"),
    "step_length_m": measure(0.692, 0.05, "m"),
    "walk_ratio_mm_per_spm": measure(6.22, 0.4, "mm/(steps/min)"),
    "step_regularity": measure(0.8123, 0.03, "1"),
    "stride_regularity": measure(0.87, 0.02, "1"),
    "step_symmetry": measure(0.934, 0.02, "1"),
    "step_time_asymmetry_pct": Measure(
        2.2, 0.4, 4.1, "%", "not_usable", "It needs 100 steady strides a side; there were 55.", 55
    ),
    "step_time_cv_pct": Measure.absent("%", "It needs 200 steady strides; there were 110.", 110),
    "stride_time_cv_pct": Measure.absent("%", "It needs 200 steady strides; there were 110.", 110),
    "harmonic_ratio_vertical": measure(3.2, 0.2, "1"),
    "smoothness_sparc": measure(-4.31, 0.2, "1"),
    "impact_peak_m_s2": measure(4.4, 0.3, "m/s²"),
    "pitch_deg": Measure.absent("°", NO_STANDING),
    "roll_deg": Measure.absent("°", NO_STANDING),
    "sway_sideways_m_s2": measure(1.52, 0.08, "m/s²"),
    "cadence_spm_drift": measure(-3.1, 1.1, "steps/min"),
    "step_regularity_drift": measure(-0.021, 0.03, "1"),
    "stride_regularity_drift": measure(-0.034, 0.02, "1"),
    "impact_peak_m_s2_drift": measure(0.1, 0.5, "m/s²"),
    "sway_sideways_m_s2_drift": measure(0.21, 0.12, "m/s²"),
    "pitch_deg_drift": Measure.absent("°", NO_STANDING),
}

FACTS = RecordingFacts(
    format="GENEActiv CSV",
    source="walk.csv",
    placement="lower back",
    placement_seen="trunk",
    gravity_included=True,
    gyroscope=False,
    rate_hz=100.02,
    jitter_s=0.0004,
    duration_s=180.0,
    lost_fraction=0.012,
    gaps=1,
    warnings=("The acceleration looks like units of g, so it was turned into m/s².",),
)


def _timeline() -> Timeline:
    start = np.arange(0.0, 180.0, 5.0)
    walking = ((start >= 10) & (start < 80)) | ((start >= 100) & (start < 165))
    wave = np.sin(start / 9.0)

    def shown(values: Any) -> Any:
        return np.where(walking, values, np.nan)

    return Timeline(
        start_s=start,
        end_s=start + 5.0,
        cadence_spm=shown(112.5 - start / 60.0 + wave),
        step_regularity=shown(0.82 + 0.03 * wave - start / 6000),
        stride_regularity=shown(0.88 + 0.02 * wave - start / 6000),
        pitch_deg=np.full_like(start, np.nan),
        movement_m_s2=shown(2.0 + 0.1 * wave),
        ground_roughness=shown(0.3 + 0.02 * wave),
        impact_m_s2=shown(4.0 + 0.2 * wave),
    )


def _shape() -> StepShape:
    phase = np.linspace(0.0, 1.0, 51)
    first = 3.0 * np.sin(2 * np.pi * phase + 0.6) + 1.4 * np.sin(4 * np.pi * phase)
    second = 2.7 * np.sin(2 * np.pi * phase + 0.5) + 1.6 * np.sin(4 * np.pi * phase + 0.2)
    spread = 0.5 + 0.3 * np.exp(-phase * 6)
    return StepShape(phase, first, spread, second, spread * 1.1)


def example_gait(**changes: Any) -> Gait:
    """Return a whole Gait; any field can be replaced."""
    times = np.concatenate([np.arange(10.0, 79.9, 0.54), np.arange(100.0, 164.9, 0.54)])
    bout = (times > 90).astype(np.int64)
    side = np.where(np.arange(times.size) % 2, 1, -1).astype(np.int8)
    starts, ends = times[:-2], times[2:]
    gait = Gait(
        recording=FACTS,
        bouts=Bouts(np.array([10.0, 100.0]), np.array([80.0, 165.0]), np.array([128, 119])),
        contacts=Contacts(times, side, np.full(times.size, 0.9), bout),
        strides=Strides(
            starts,
            ends,
            side[:-2],
            np.full(starts.size, np.nan),
            np.full(starts.size, np.nan),
            np.ones(starts.size, bool),
            bout[:-2],
        ),
        turns=Turns(np.array([42.0]), np.array([44.5]), np.array([175.0])),
        measures=MEASURES,
        timeline=_timeline(),
        step_shape=_shape(),
        sides_known=False,
        unused=(
            Unused(0.0, 10.0, "There was no walking."),
            Unused(80.0, 99.0, "There was no walking."),
            Unused(165.0, 180.0, "The sensor recorded nothing."),
        ),
    )
    return dataclasses.replace(gait, **changes)


def empty_gait() -> Gait:
    """Return a Gait in which no walking was found."""
    reason = "No walking was found."
    none = np.array([])
    return example_gait(
        bouts=Bouts(none, none, np.array([], np.int64)),
        contacts=Contacts(none, np.array([], np.int8), none, np.array([], np.int64)),
        strides=Strides(
            none, none, np.array([], np.int8), none, none, np.array([], bool), np.array([], int)
        ),
        turns=Turns(none, none, none),
        measures={name: Measure.absent(m.unit, reason) for name, m in MEASURES.items()},
        timeline=Timeline(*[none] * 9),
        step_shape=StepShape(*[none] * 5),
        unused=(Unused(0.0, 180.0, "The sensor lay still."),),
    )
