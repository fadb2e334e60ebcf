"""The codes that the FHIR bundle uses; what has no code that we could check has words only.

LOINC names below are those that the terms have; each was seen in other projects with the same code
and name. A distance has none: the term for it (55430-3) is about pedometers, and ours may come from
a track. Units are UCUM; "{steps}" and "{score}" are annotations.
"""

from __future__ import annotations

from typing import Any

from evenstride.report.visit.nouns import Value

__all__ = ["CATEGORIES", "INTERVALS", "LOCAL", "category_of", "code_of", "coded", "quantity"]

Json = dict[str, Any]

LOCAL = "urn:evenstride:report"
"""Start of the names of our own code systems; they resolve to nothing, they only name."""

_LOINC = "http://loinc.org"
_CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
_PAIN = ("72514-3", "Pain severity - 0-10 verbal numeric rating [Score] - Reported")
_CODES = {
    "steps": ("55423-8", "Number of steps in unspecified time Pedometer"),
    "minutes": ("55411-3", "Exercise duration"),
    "height_m": ("8302-2", "Body height"),
    "mass_kg": ("29463-7", "Body weight"),
    "reason": ("29299-5", "Reason for visit Narrative"),
    **{
        f"{site}_{when}": _PAIN
        for site in ("back", "leg")
        for when in ("before", "worst", "hour_after", "next_morning")
    },
}

CATEGORIES = {
    "person": ("vital-signs", "Vital Signs"),
    "walk": ("activity", "Activity"),
    "measure": ("activity", "Activity"),
    "month": ("activity", "Activity"),
    "score": ("survey", "Survey"),
    "trial": ("survey", "Survey"),
}
"""Category of the groups of values; those that are not named stay out of the bundle."""

INTERVALS = {"95 %": "interval-95", "quartiles": "quartiles"}

_UCUM = {
    "m": ("m", "m"),
    "s": ("s", "s"),
    "min": ("min", "min"),
    "kg": ("kg", "kg"),
    "m/s": ("m/s", "m/s"),
    "m/s²": ("m/s2", "m/s2"),
    "steps": ("{steps}", "steps"),
    "steps/min": ("{steps}/min", "steps/min"),
    "points": ("{score}", "points"),
    "°": ("deg", "degrees"),
    "%": ("%", "%"),
    "1": ("1", "1"),
}


def coded(system: str, code: str, display: str) -> Json:
    """Return a CodeableConcept with one coding."""
    return {"coding": [{"system": system, "code": code, "display": display}], "text": display}


def code_of(name: str, title: str) -> Json:
    """Return the code of an observation: ours, and that of LOINC where there is one."""
    ours = {"system": f"{LOCAL}:value", "code": name.replace("_", "-"), "display": title}
    known = _CODES.get(name)
    coding = [ours]
    if known is not None:
        coding.insert(0, {"system": _LOINC, "code": known[0], "display": known[1]})
    return {"coding": coding, "text": title}


def category_of(group: str) -> Json:
    """Return the category of a group of values."""
    return coded(_CATEGORY, *CATEGORIES[group])


def quantity(value: float, one: Value) -> Json:
    """Return a number with its unit, coded in UCUM where that has it."""
    known = _UCUM.get(one.unit)
    if known is None:
        return {"value": value, **({"unit": one.unit} if one.unit else {})}
    code, unit = known
    return {"value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": code}
