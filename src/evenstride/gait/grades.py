"""How far each measure can be trusted, and why: the honesty rules in one place.

Every rule follows from the data (see ``docs/methods/honesty.md``): what the sensor can carry, where
it was worn, how many strides there are, and what was known beforehand.
"""

from __future__ import annotations

from dataclasses import dataclass

from evenstride.gait.placement import FIRM, LOOSE, ONE_SIDED
from evenstride.model import Grade, Placement

__all__ = ["Situation", "cannot", "grade_of", "too_few"]

_RHYTHM_ONLY_BELOW_HZ = 40.0
_IMPACT_FROM_HZ = 95.0  # a nominal 100 Hz sensor may run a little slow
_FEW_STEPS = 20
_LIKELY_SHARE = 0.5
_MUCH_LOST = 0.05
_ROUGH_TRACK = 0.05
_NEEDED = {
    "step_symmetry": (20, "strides"),
    "step_time_asymmetry_pct": (200, "steps"),  # 100 of each foot
    "step_time_cv_pct": (400, "steps"),
    "stride_time_cv_pct": (200, "strides"),
    "ground_roughness": (100, "strides"),
}

_RHYTHM = {"steps", "walking_time_s", "cadence_spm"}
_DISTANCE = {"speed_m_s", "step_length_m", "walk_ratio_mm_per_spm"}
_TIMING = {"step_time_cv_pct", "stride_time_cv_pct", "step_time_asymmetry_pct"}
_REGULARITY = {"step_regularity", "stride_regularity", "step_symmetry"}
_NEEDS_FORWARD = {
    "harmonic_ratio_forward",
    "harmonic_ratio_sideways",
    "sway_forward_m_s2",
    "sway_sideways_m_s2",
}
_LEAN = {"pitch_deg", "roll_deg"}
_FIRM_ONLY = _LEAN | {"impact_peak_m_s2", "step_time_asymmetry_pct"}


@dataclass(frozen=True, slots=True)
class Situation:
    """What the grades depend on.

    Attributes:
        rate_hz: True sampling rate.
        quantised: Values come in steps of 0.1 m/s2, as from a web page.
        placement: Where the sensor was worn, if told.
        seen: "thigh", "trunk" or None, as recognised.
        lost_fraction: Share of missing samples.
        sides_known: Whether left and right are sure.
        forward_sure: Whether forward is sure.
        known_distance: "told", "track" or None.
        height_known: Whether a height was given.
        lean_trouble: Why lean cannot be told, or None.
        likely_share: Share of the steps that are likely and regular.
        distance_error: Relative standard deviation of a known distance.
        turns_known: Whether turns could be seen and left out.
    """

    rate_hz: float
    quantised: bool
    placement: Placement | None
    seen: str | None
    lost_fraction: float
    sides_known: bool
    forward_sure: bool
    known_distance: str | None
    height_known: bool
    lean_trouble: str | None
    likely_share: float = 1.0
    distance_error: float = 0.005
    turns_known: bool = True

    @property
    def one_sided(self) -> bool:
        """Whether the sensor itself sits on one side of the body."""
        if self.placement is None:
            return self.seen == "thigh"
        return self.placement in ONE_SIDED

    @property
    def loose(self) -> bool:
        """Whether the sensor moves on its own."""
        return self.placement in LOOSE

    @property
    def firm(self) -> bool:
        """Whether the sensor is worn firmly at the back or waist, and moves like it."""
        return self.placement in FIRM and self.seen != "thigh"


def grade_of(name: str, situation: Situation, n: int) -> tuple[Grade, str]:
    """Return the grade of a measure and the reason, a sentence in plain words.

    Args:
        name: A name of the catalogue.
        situation: What is known about the recording and the walk.
        n: Number of events the measure rests on.
    """
    few = too_few(name, n)
    if few is not None:
        return "not_usable", few
    if name in _RHYTHM:
        return _rhythm_grade(situation, n)
    if name in _DISTANCE:
        return _distance_grade(situation)
    if name in _LEAN:
        return "own_trend", _unless_told(
            situation, "It is the change from your own standing; other people's cannot be compared."
        )
    if name in _TIMING:
        reason = (
            "It includes a timing error of about 10 ms, so compare only walks with the same "
            "sensor in the same place."
        )
        return "own_trend", reason + _turns_in(situation)
    if name == "ground_roughness":
        return "own_trend", _unless_told(
            situation,
            "It is an estimate, never tested on known ground; compare only your own walks at the "
            "same pace, with the same sensor in the same place.",
        )
    return "own_trend", _unless_told(
        situation, "It depends on where and how the sensor is worn; compare only your own walks."
    )


def _turns_in(situation: Situation) -> str:
    if situation.turns_known:
        return ""
    return " Without a gyroscope, turns could not be left out."


def _unless_told(situation: Situation, reason: str) -> str:
    if situation.placement is None:
        return f"{reason} Nobody said where the sensor was; it was taken as worn near the waist."
    return reason


def _rhythm_grade(situation: Situation, n: int) -> tuple[Grade, str]:
    if situation.lost_fraction > _MUCH_LOST:
        lost = f"{100 * situation.lost_fraction:.0f} % of the samples are missing."
        return "own_trend", lost
    if situation.likely_share < _LIKELY_SHARE:
        return "own_trend", "Many of the steps were doubtful or irregular."
    if situation.loose:
        return "own_trend", "A sensor in the hand or a bag moves on its own as well."
    if n < _FEW_STEPS:
        return "own_trend", f"It rests on only {n} steps."
    return "firm", "The rhythm of walking is what this sensor shows best."


def _distance_grade(situation: Situation) -> tuple[Grade, str]:
    if situation.known_distance is not None and situation.lost_fraction > _MUCH_LOST:
        return "own_trend", "Part of the walk is missing, so the known distance fits it badly."
    if situation.known_distance == "told":
        return "firm", "It is scaled to the distance you gave."
    if situation.known_distance == "track" and situation.distance_error < _ROUGH_TRACK:
        return "firm", "It is scaled to the distance of the GPS track."
    if situation.known_distance == "track":
        return "own_trend", "It is scaled to a GPS track that was not very exact."
    off = "13 %" if situation.placement in FIRM else "40 % where the sensor was worn"
    reason = f"It is worked out from your height and can be off by {off}; a known distance is firm."
    return "own_trend", reason


def cannot(name: str, situation: Situation) -> str | None:
    """Return why there can be no number for a measure, a sentence in plain words, or None."""
    slow = situation.rate_hz < _RHYTHM_ONLY_BELOW_HZ
    if slow and name not in _RHYTHM:
        return f"The sensor took {situation.rate_hz:.0f} samples a second; this needs 40 or more."
    if name in _DISTANCE and not (situation.height_known or situation.known_distance):
        return "It needs your height or a known distance."
    if situation.quantised and name not in _RHYTHM | _DISTANCE | _TIMING | _REGULARITY:
        return "The values are rounded to 0.1 m/s², as from a web page; only timing can be told."
    if name in _LEAN and situation.lean_trouble is not None:
        return situation.lean_trouble
    if name == "impact_peak_m_s2" and situation.rate_hz < _IMPACT_FROM_HZ:
        return (
            f"The sensor took {situation.rate_hz:.0f} samples a second; a jolt needs 100 or more."
        )
    if name in _FIRM_ONLY and situation.placement is None:
        return "Nobody said where the sensor was worn, and this needs to be known."
    if name in _NEEDS_FORWARD | _LEAN and not situation.forward_sure:
        return "It was not clear which way is forward."
    if name == "impact_peak_m_s2" and not situation.firm:
        return "A sensor that is not worn firmly at the back or waist shakes by itself."
    if name == "ground_roughness" and situation.loose:
        return "A sensor in the hand or a bag moves on its own as well."
    if name == "step_symmetry" and situation.one_sided:
        return "The sensor itself was on one side, so both sides look different to it."
    if name == "step_time_asymmetry_pct" and not situation.sides_known:
        return "It was not clear which foot was which."
    return None


def too_few(name: str, n: int) -> str | None:
    """Return why a number, though it is shown, rests on too little."""
    need, what = _NEEDED.get(name, (0, ""))
    return f"It needs {need} steady {what}; there were {n}." if n < need else None
