"""The report as a FHIR R4 Bundle for the program of a practice.

- It is a "collection": a "document" would need an author who stands for it. It holds one Patient
  (an alias, never a name), the QuestionnaireResponse of the check-up, and one Observation for each
  number. The patterns stay out: a program could take them for diagnoses.
- An interval is a component with a ``valueRange`` and a code of our own, and so is the grade:
  ``referenceRange`` is about other people, which ours is not. An absent measure has a
  ``dataAbsentReason`` and a note that says why.
- The ids are made from what the bundle says, so that the same report has the same ids.
- What comes from a simulated diary is tagged as test data (HTEST), each resource by itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from evenstride.checkup.fhir import response
from evenstride.model.day import NS, local
from evenstride.report.visit.bundle_terms import (
    CATEGORIES,
    INTERVALS,
    LOCAL,
    category_of,
    code_of,
    coded,
    quantity,
    severity,
)
from evenstride.report.visit.nouns import Material, Value, Visit
from evenstride.report.visit.said import own_words, words_of

__all__ = ["BEGINS", "bundle", "render_bundle"]

Json = dict[str, Any]

BEGINS = b'{\n  "resourcetype": "bundle"'
"""How every such file begins, in small letters."""

_ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
_TEST: Json = {
    "system": "http://terminology.hl7.org/CodeSystem/v3-ActReason",
    "code": "HTEST",
    "display": "test health data",
}


def render_bundle(visit: Visit) -> str:
    """Return the bundle as text."""
    return json.dumps(bundle(visit), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def bundle(visit: Visit) -> Json:
    """Return the report as a FHIR R4 Bundle, as plain values."""
    made, meta = visit.material, {"meta": {"tag": [_TEST]}} if visit.mark else {}
    seed = uuid5(NAMESPACE_URL, json.dumps(visit.document(), sort_keys=True, ensure_ascii=False))
    patient = f"urn:uuid:{uuid5(seed, 'patient')}"
    resources = [_patient(made), *_resources(visit, {"reference": patient})]
    names = ["patient", *(f"{number}" for number in range(1, len(resources)))]
    return {
        "resourceType": "Bundle",
        **meta,
        "type": "collection",
        "timestamp": _moment(made.now_utc_ns),
        "entry": [
            {"fullUrl": f"urn:uuid:{_id(seed, name)}", "resource": _tagged(resource, meta)}
            for name, resource in zip(names, resources, strict=True)
        ],
    }


def _id(seed: UUID, name: str) -> UUID:
    return uuid5(seed, name)


def _tagged(resource: Json, meta: Json) -> Json:
    kind = {"resourceType": resource["resourceType"]}
    return {**kind, **meta, **resource}


def _moment(utc_ns: int, zone: str = "UTC") -> str:
    if zone == "UTC":
        return datetime.fromtimestamp(utc_ns // NS, UTC).isoformat()
    return local(utc_ns, zone).isoformat(timespec="seconds")


def _patient(made: Material) -> Json:
    person, alias = made.person, own_words(made.person.alias).strip()
    named = {"name": [{"use": "anonymous", "text": alias}]} if alias else {}
    born = {} if person.birth_year is None else {"birthDate": f"{person.birth_year:04d}"}
    return {"resourceType": "Patient", **named, **born}


def _resources(visit: Visit, subject: Json) -> Iterator[Json]:
    made = visit.material
    if made.checkup is not None and made.checked_up_utc_ns is not None:
        at = datetime.fromtimestamp(made.checked_up_utc_ns // NS, UTC)
        answers = response(made.checkup.answers, made.known, at, complete=made.checkup.complete)
        kind = {"resourceType": answers.pop("resourceType")}
        yield {**kind, **_before_item(answers, {"subject": subject, "source": subject})}
        yield _triage(visit, subject)
    yield from _told(made, subject)
    for one in visit.values:
        if one.group in CATEGORIES:
            yield _observation(one, subject)


def _before_item(resource: Json, more: Json) -> Json:
    item = {"item": resource.pop("item")} if "item" in resource else {}
    return {**resource, **more, **item}


def _told(made: Material, subject: Json) -> Iterator[Json]:
    """Yield why the person goes and what they ask, in their words."""
    words = words_of("numbers")
    told = [("reason", made.reason), *(("question", one) for one in made.questions)]
    for name, text in told:
        if own_words(text).strip():
            yield {
                **_begin(name, words[name], "survey", subject),
                "effectiveDateTime": _moment(made.now_utc_ns),
                "valueString": own_words(text).strip(),
            }


def _triage(visit: Visit, subject: Json) -> Json:
    """Return how soon to get help, as the rules have it, with their reasons in a note."""
    made, words = visit.material, words_of("numbers")
    found, at = made.checkup, made.checked_up_utc_ns
    assert found is not None  # noqa: S101 - the caller looked
    assert at is not None  # noqa: S101
    section = visit.first["checkup"]
    notes = [{"text": line} for line in (*section.sentences, *section.points)]
    level = {
        "system": f"{LOCAL}:level",
        "code": found.triage.level.replace("_", "-"),
        "display": found.triage.says,
    }
    return {
        **_begin("triage", words["triage"], "survey", subject),
        "effectiveDateTime": _moment(at),
        "valueCodeableConcept": {"coding": [level], "text": found.triage.says},
        "note": notes,
    }


def _begin(name: str, title: str, category: str, subject: Json) -> Json:
    groups = {code: group for group, (code, _) in CATEGORIES.items()}
    return {
        "resourceType": "Observation",
        "status": "final",
        "category": [category_of(groups[category])],
        "code": code_of(name, title),
        "subject": subject,
    }


def _observation(one: Value, subject: Json) -> Json:
    found = _begin(one.name, one.title, CATEGORIES[one.group][0], subject)
    if one.at_utc_ns is not None:
        found["effectiveDateTime"] = _moment(one.at_utc_ns, one.time_zone)
    elif one.day is not None:
        found["effectiveDateTime"] = f"{one.day:%Y-%m}" if one.group == "month" else f"{one.day}"
    if isinstance(one.value, bool):
        found["valueBoolean"] = one.value
    elif isinstance(one.value, float | int):
        found["valueQuantity"] = quantity(one.value, one)
    elif one.value is not None and one.group == "symptom":
        found |= severity(one.value)
    elif one.value is not None:
        found["valueString"] = one.value
    else:
        found["dataAbsentReason"] = coded(_ABSENT, "unknown", "Unknown")
    if one.reason.strip():
        found["note"] = [{"text": one.reason.strip()}]
    site = one.name.partition("_")[0]
    if one.group in ("walk", "symptom") and site in ("back", "leg"):
        found["bodySite"] = {"text": words_of("numbers")[site]}
    if one.group in ("month", "symptom") and one.of:
        found["device"] = {"display": one.of}
    components = list(_components(one))
    return {**found, "component": components} if components else found


def _components(one: Value) -> Iterator[Json]:
    """Yield the interval, the grade and the count."""
    words = words_of("numbers")
    if one.low is not None and one.high is not None:
        name = INTERVALS[one.interval]
        yield {
            "code": coded(f"{LOCAL}:part", name, words[name]),
            "valueRange": {"low": quantity(one.low, one), "high": quantity(one.high, one)},
        }
    if one.grade is not None:
        text = words_of("walking")["grades"][one.grade]
        yield {
            "code": coded(f"{LOCAL}:part", "grade", words["grade"]),
            "valueCodeableConcept": coded(f"{LOCAL}:grade", one.grade.replace("_", "-"), text),
        }
    if one.n is not None:
        yield {"code": coded(f"{LOCAL}:part", "count", words["count"]), "valueInteger": one.n}
