"""What the files say of each other exists and fits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tools.check_knowledge.documents import (
    Documents,
    Fault,
    atoms,
    conditions,
    leaves,
    questionnaires,
    sourced,
)

__all__ = [
    "MARKS",
    "answers",
    "findings",
    "ids",
    "marks",
    "monotone",
    "open_points",
    "sources",
    "unused_sources",
]

MARKS = ("estimate", "recalled", "verified")
"""From the weakest to the strongest."""

PLAIN = re.compile(r"[a-z][a-z0-9_]*")
RULE = re.compile(r"[EUC][0-9]{2}_[a-z][a-z0-9_]*")
LETTER = {"emergency_now": "E", "urgent_same_day": "U", "clinician_soon": "C"}


def ids(documents: Documents) -> Iterator[Fault]:
    """Yield ids that stand twice or are badly formed; a rule's letter says its level."""
    for file, names in _ids(documents).items():
        form = RULE if file == "triage" else PLAIN
        for name, count in Counter(list(names)).items():
            if count > 1:
                yield Fault(file, name, f"this id stands {count} times")
            if not form.fullmatch(str(name)):
                yield Fault(file, str(name), "this id is badly formed")
    for rule in documents["triage"]["rules"]:
        if LETTER.get(rule["level"]) != rule["id"][0]:
            yield Fault("triage", rule["id"], f"its letter does not say {rule['level']}")
    for name, document in questionnaires(documents).items():
        if document["id"] != name.removeprefix("instruments/"):
            yield Fault(name, "id", f"{document['id']} is not the name of the file")


def _ids(documents: Documents) -> dict[str, Iterable[Any]]:
    return {
        "findings": documents["findings"]["findings"],
        "sources": documents["sources"]["sources"],
        "triage": [rule["id"] for rule in documents["triage"]["rules"]],
        "causes": [cause["id"] for cause in documents["causes"]["causes"]],
        "interview": [screen["id"] for screen in documents["interview"]["screens"]],
        "home_tests": [test["id"] for test in documents["home_tests"]["home_tests"]],
        "article": [entry["id"] for entry in documents["article"]["entries"]],
        "exercises": [
            row["id"]
            for part in ("exercises", "limits", "routines", "rules")
            for row in documents["exercises"][part]
        ],
    }


def findings(documents: Documents) -> Iterator[Fault]:
    """Yield names of questions that do not exist."""
    known = documents["findings"]["findings"]
    for file, place, name in _named(documents):
        if name not in known:
            yield Fault(file, place, f"there is no question {name!r}")


def _named(documents: Documents) -> Iterator[tuple[str, str, Any]]:
    for file, place, condition in conditions(documents):
        for atom in atoms(condition):
            yield file, place, atom.get("f")
    for screen in documents["interview"]["screens"]:
        for name in [*screen["items"], *screen.get("hide_if", {})]:
            yield "interview", screen["id"], name
    for test in documents["home_tests"]["home_tests"]:
        yield "home_tests", test["id"], test["id"]
        if "together_with" in test:
            yield "home_tests", f"{test['id']}.together_with", test["together_with"]
    for name in documents["causes"]["engine"]["disabled_findings"]:
        yield "causes", "engine.disabled_findings", name


def answers(documents: Documents) -> Iterator[Fault]:
    """Yield comparisons with an answer that the question cannot have."""
    known = documents["findings"]["findings"]
    for file, place, condition in conditions(documents):
        for atom in atoms(condition):
            if atom.get("f") in known:
                for wrong in _misfits(atom, known[atom["f"]]):
                    yield Fault(file, place, f"{atom['f']}: {wrong}")


def _misfits(atom: Mapping[str, Any], finding: Mapping[str, Any]) -> Iterator[str]:
    kind, values = finding["type"], finding.get("values", {})
    wanted = [atom["is"]] if "is" in atom else atom.get("in", [])
    for answer in wanted:
        if kind == "number":
            yield "a number is compared by gte or lt"
        elif kind == "bool" and not isinstance(answer, bool):
            yield f"{answer!r} is neither true nor false"
        elif kind == "enum" and answer not in values:
            yield f"{answer!r} is none of its values"
        elif kind == "enum" and answer in finding.get("unknown", ()):
            yield f"{answer!r} says nothing"
    for bound in (atom[key] for key in ("gte", "lt") if key in atom):
        if kind != "number":
            yield "has no numbers to compare"
        elif not finding["min"] < bound <= finding["max"]:
            yield f"{bound} does not divide {finding['min']} to {finding['max']}"
    if "not_sure" in atom and kind != "bool":
        yield "only a yes-or-no question can ask for not_sure"


def sources(documents: Documents) -> Iterator[Fault]:
    """Yield sources that do not exist."""
    known = documents["sources"]["sources"]
    for file, place, named, _ in sourced(documents):
        for name in named:
            if name not in known:
                yield Fault(file, place, f"there is no source {name!r}")


def unused_sources(documents: Documents) -> Iterator[Fault]:
    """Yield sources that nothing names, be it in a list of sources or in words."""
    used = {name for _, _, named, _ in sourced(documents) for name in named}
    for document in documents.values():
        used.update(word for _, text in leaves(document) for word in PLAIN.findall(text))
    # Questionnaires have references of their own, by DOI.
    used.update(
        text
        for name, document in documents.items()
        if name.startswith("instruments/")
        for place, text in leaves(document)
        if place[-1] == "doi"
    )
    for name, source in documents["sources"]["sources"].items():
        if name not in used and source.get("doi") not in used:
            yield Fault("sources", name, "nothing points to it")


def monotone(documents: Documents) -> Iterator[Fault]:
    """Yield parts of rules that a further worrying answer could undo."""
    for rule in documents["triage"]["rules"]:
        for atom in atoms(rule["when"]):
            match dict(atom):
                case {"f": _, "is": bool(answer), **rest} if answer and not rest:
                    continue
                case {"f": _, "is": str(answer), **rest} if answer != "none" and not rest:
                    continue
                case {"f": _, "in": list(wanted), **rest} if "none" not in wanted and not rest:
                    continue
                case {"f": _, "gte": _, **rest} | {"f": _, "lt": _, **rest} if not rest:
                    continue
                case {"f": _, "not_sure": True, **rest} if not rest:
                    continue
            yield Fault("triage", rule["id"], f"{dict(atom)} is not a plain yes")


def marks(documents: Documents) -> Iterator[Fault]:
    """Yield facts that are marked better than the weakest of their sources."""
    known = documents["sources"]["sources"]
    for file, place, named, mark in sourced(documents):
        weakest = min((MARKS.index(known[n]["mark"]) for n in named if n in known), default=0)
        if MARKS.index(mark) > weakest:
            yield Fault(file, place, f"{mark}, though its sources are {MARKS[weakest]} at best")


def open_points(documents: Documents) -> Iterator[Fault]:
    """Yield open points of triage about rules that do not exist."""
    known = {rule["id"] for rule in documents["triage"]["rules"]}
    for number, point in enumerate(documents["triage"]["open"]):
        for name in point["rules"]:
            if name not in known:
                yield Fault("triage", f"open.{number}", f"there is no rule {name!r}")
