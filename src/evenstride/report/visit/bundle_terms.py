"""The codes that the FHIR bundle uses; what has no code that we could check has words only.

LOINC and SNOMED CT names below are those that the terms have; each was seen in other projects with
the same code and name. A distance has none: the term for it (55430-3) is about pedometers, and ours
may come from a track. Nor has what is two things at once, such as "tightness or pain in the chest"
or "numbness or weakness". Units are UCUM; "{steps}" and "{score}" are annotations.
"""

from __future__ import annotations

from typing import Any

from evenstride.report.visit.nouns import Value

__all__ = [
    "CATEGORIES",
    "INTERVALS",
    "LOCAL",
    "category_of",
    "code_of",
    "coded",
    "quantity",
    "severity",
]

Json = dict[str, Any]

LOCAL = "urn:evenstride:report"
"""Start of the names of our own code systems; they resolve to nothing, they only name."""

_LOINC = "http://loinc.org"
_SNOMED = "http://snomed.info/sct"
_CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
_PAIN = (_LOINC, "72514-3", "Pain severity - 0-10 verbal numeric rating [Score] - Reported")
_CODES = {
    "steps": (_LOINC, "55423-8", "Number of steps in unspecified time Pedometer"),
    "minutes": (_LOINC, "55411-3", "Exercise duration"),
    "height_m": (_LOINC, "8302-2", "Body height"),
    "mass_kg": (_LOINC, "29463-7", "Body weight"),
    "reason": (_LOINC, "29299-5", "Reason for visit Narrative"),
    **{f"{site}_pain_rating": _PAIN for site in ("back", "leg", "pelvic")},
    "back_pain": (_SNOMED, "279039007", "Low back pain"),
    "pelvic_pain": (_SNOMED, "30473006", "Pain in pelvis"),
    "bladder_incontinence": (_SNOMED, "165232002", "Urinary incontinence"),
    "fever": (_SNOMED, "386661006", "Fever"),
    "fainting": (_SNOMED, "271594007", "Syncope"),
    "shortness_of_breath": (_SNOMED, "267036007", "Dyspnea"),
    "fatigue": (_SNOMED, "84229001", "Fatigue"),
    "headache": (_SNOMED, "25064002", "Headache"),
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
    "symptom": ("survey", "Survey"),
}
"""Category of the groups of values; those that are not named stay out of the bundle."""

_SEVERITIES = {
    "mild": (_SNOMED, "255604002", "Mild"),
    "moderate": (_SNOMED, "6736007", "Moderate"),
    "severe": (_SNOMED, "24484000", "Severe"),
}

INTERVALS = {"95 %": "interval-95", "quartiles": "quartiles"}

_UCUM = {
    "m": ("m", "m"),
    "s": ("s", "s"),
    "h": ("h", "h"),
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
        coding.insert(0, dict(zip(("system", "code", "display"), known, strict=True)))
    return {"coding": coding, "text": title}


def category_of(group: str) -> Json:
    """Return the category of a group of values."""
    return coded(_CATEGORY, *CATEGORIES[group])


def severity(word: str) -> Json:
    """Return how bad a symptom was, as the value of an observation, from a word of ``Severity``."""
    known = _SEVERITIES.get(word)
    return (
        {"valueBoolean": word != "none"}
        if known is None
        else {"valueCodeableConcept": coded(*known)}
    )


def quantity(value: float, one: Value) -> Json:
    """Return a number with its unit, coded in UCUM where that has it."""
    known = _UCUM.get(one.unit)
    if known is None:
        return {"value": value, **({"unit": one.unit} if one.unit else {})}
    code, unit = known
    return {"value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": code}
