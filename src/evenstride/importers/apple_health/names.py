"""Apple's names for what is measured, and ours."""

from __future__ import annotations

from evenstride.model import Severity, Sport

__all__ = ["FRACTIONS", "METRIC_OF", "SIDED", "WALKING", "severity", "sport", "symptom"]

_QUANTITY = "HKQuantityTypeIdentifier"
_CATEGORY = "HKCategoryTypeIdentifier"

_WALKING = {
    "StepCount": "steps",
    "DistanceWalkingRunning": "distance_m",
    "FlightsClimbed": "floors",
    "WalkingSpeed": "walking_speed_m_s",
    "WalkingStepLength": "step_length_m",
    "WalkingAsymmetryPercentage": "walking_asymmetry",
    "WalkingDoubleSupportPercentage": "double_support",
    "AppleWalkingSteadiness": "walking_steadiness",
    "SixMinuteWalkTestDistance": "six_minute_walk_m",
    "StairAscentSpeed": "stair_ascent_m_s",
    "StairDescentSpeed": "stair_descent_m_s",
    "WalkingHeartRateAverage": "walking_heart_rate_bpm",
    "VO2Max": "vo2max_ml_kg_min",
    "BodyMass": "mass_kg",
    "Height": "height_m",
}
_MORE = {
    "HeartRate": "heart_rate_bpm",
    "AppleStandTime": "standing_s",
    "AppleExerciseTime": "exercise_s",
}

WALKING = frozenset(_QUANTITY + name for name in _WALKING)
"""The types that are read unless everything is asked for."""

METRIC_OF = {_QUANTITY + name: metric for name, metric in (_WALKING | _MORE).items()}
"""Our metric for a type; what is not here keeps Apple's name."""

SIDED = frozenset({_QUANTITY + "WalkingAsymmetryPercentage"})
"""Types whose records tell on which side the phone was carried."""

FRACTIONS = frozenset({"walking_asymmetry", "double_support", "walking_steadiness"})
"""Metrics that cannot be above 1."""

_SYMPTOMS = {
    "LowerBackPain": "back_pain",
    "PelvicPain": "pelvic_pain",
    "GeneralizedBodyAche": "body_ache",
    "Fatigue": "fatigue",
    "AbdominalCramps": "abdominal_cramps",
    "BreastPain": "breast_pain",
    "ChestTightnessOrPain": "chest_tightness_or_pain",
    "Headache": "headache",
    "BladderIncontinence": "bladder_incontinence",
    "Fever": "fever",
    "Fainting": "fainting",
    "ShortnessOfBreath": "shortness_of_breath",
}

# The first match counts: "NotPresent" ends in "Present". The numbers are those of HealthKit.
_SEVERITIES: tuple[tuple[str, Severity], ...] = (
    ("NotPresent", "none"),
    ("Mild", "mild"),
    ("Moderate", "moderate"),
    ("Severe", "severe"),
    ("Unspecified", "present"),
    ("Present", "present"),
    ("NotApplicable", "present"),
)
_NUMBERED: dict[str, Severity] = {
    "0": "present",
    "1": "none",
    "2": "mild",
    "3": "moderate",
    "4": "severe",
}

_SPORTS: dict[str, Sport] = {
    "Walking": "walking",
    "Hiking": "hiking",
    "Running": "running",
    "Cycling": "cycling",
    "HandCycling": "cycling",
}


def symptom(kind: str) -> str | None:
    """Return the name of the symptom that a record type stands for, or None if it is none."""
    return _SYMPTOMS.get(kind.removeprefix(_CATEGORY)) if kind.startswith(_CATEGORY) else None


def severity(value: str) -> Severity | None:
    """Return how bad it was, in a word; None if the file uses a word that is not known."""
    if not value.strip():
        return "present"
    for ending, word in _SEVERITIES:
        if value.strip().endswith(ending):
            return word
    return _NUMBERED.get(value.strip())


def sport(kind: str) -> Sport:
    """Return what was done in a workout; a walk indoors may be one in a hall or on a treadmill."""
    found = _SPORTS.get(kind.removeprefix("HKWorkoutActivityType"))
    if found is None:
        return "other" if kind else "unknown"
    return found
