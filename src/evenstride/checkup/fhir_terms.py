"""Answers as FHIR codings, and conditions as ``enableWhen``.

``enableWhen`` knows no nesting: it is a list of tests of which any, or all, must hold. But an item
is shown only if the group around it is, so a condition is written as lists of tests of which one
must hold each (conjunctive normal form), one group around the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, product
from typing import Any

from evenstride.checkup.knowledge import Finding, Knowledge
from evenstride.checkup.logic import Atom, Condition
from evenstride.model.checkup import Answer

__all__ = [
    "FALSE",
    "NOT_FALSE",
    "NOT_TRUE",
    "URL",
    "Json",
    "Verdicts",
    "choices",
    "shown_if",
]

Json = dict[str, Any]
Verdicts = frozenset[bool | None]

URL = "urn:evenstride:checkup"
"""Canonical name of the questionnaire, and the start of the names of its code systems."""

TRUE: Verdicts = frozenset((True,))
FALSE: Verdicts = frozenset((False,))
NOT_FALSE: Verdicts = frozenset((True, None))
NOT_TRUE: Verdicts = frozenset((False, None))

_TERMS = "http://terminology.hl7.org/CodeSystem"
_YES: Json = {"system": f"{_TERMS}/v2-0136", "code": "Y", "display": "Yes"}
_NO: Json = {"system": f"{_TERMS}/v2-0136", "code": "N", "display": "No"}
_NOT_SURE: Json = {
    "system": f"{_TERMS}/data-absent-reason",
    "code": "asked-unknown",
    "display": "Don't know",  # as the R4 value set "yesnodontknow" shows it
}


def choices(finding: Finding) -> dict[Answer, Json]:
    """Return the coding of every answer to a question that is no number."""
    said: dict[Answer, Json] = {True: _YES, False: _NO}
    if finding.kind == "enum":
        system = f"{URL}:{finding.id}"
        said = {
            value: {"system": system, "code": value, "display": text.offer}
            for value, text in finding.values.items()
        }
    return {**said, "not_sure": _NOT_SURE}


def shown_if(
    item: Json, conditions: Sequence[tuple[Condition | None, Verdicts]], known: Knowledge
) -> Json:
    """Return an item that is shown while every condition has a wanted verdict.

    Args:
        item: A group or a question.
        conditions: Conditions, each with the verdicts that show the item; None is no condition.
        known: The knowledge.

    Returns:
        The item with ``enableWhen``, inside as many groups with one as it takes.
    """
    clauses: list[list[Json]] = []
    for condition, wanted in conditions:
        clauses += _clauses(condition, wanted, known) if condition is not None else []
    alone = [clause[0] for clause in clauses if len(clause) == 1]
    levels = [{"enableWhen": clause, "enableBehavior": "any"} for clause in clauses if clause[1:]]
    if alone:
        levels.append({"enableWhen": alone, **({"enableBehavior": "all"} if alone[1:] else {})})
    if levels:
        item = {**item, **levels[-1]}
    for number, level in enumerate(reversed(levels[:-1])):
        link = f"{item['linkId']}.if" if number == 0 else f"{item['linkId']}{number}"
        item = {"linkId": link, "type": "group", **level, "item": [item]}
    return item


def _clauses(condition: Condition, wanted: Verdicts, known: Knowledge) -> list[list[Json]]:
    """Return lists of tests: one of each list holds if and only if the verdict is wanted."""
    if isinstance(condition, Atom):
        return _atom_clauses(condition, wanted, known)
    size = len(condition.parts)
    # At least n parts are so; a "no" needs that as few parts stay as leave fewer than n.
    needed = condition.n if True in wanted else size - condition.n + 1
    parts = [_clauses(part, wanted, known) for part in condition.parts]
    return [
        [test for clause in clauses for test in clause]
        for chosen in combinations(parts, size - needed + 1)
        for clauses in product(*chosen)
    ]


def _atom_clauses(atom: Atom, wanted: Verdicts, known: Knowledge) -> list[list[Json]]:
    """Return the clauses of one comparison.

    A question without an answer was not asked yet, or it is switched off and so means "no".
    """
    tests = _tests(atom, wanted, known)
    unanswered = {"question": atom.finding, "operator": "exists", "answerBoolean": False}
    clauses = [[*tests, unanswered]] if None in wanted else [tests]
    for name, answer, hidden in known.implied():
        if name == atom.finding and (atom.judge({name: answer}) in wanted) != (None in wanted):
            off = NOT_TRUE if None in wanted else TRUE
            clauses = [[*tests, unanswered]]
            clauses += [[*tests, *clause] for clause in _clauses(hidden, off, known)]
    return clauses


def _tests(atom: Atom, wanted: Verdicts, known: Knowledge) -> list[Json]:
    """Return tests of which one holds if and only if there is an answer with a wanted verdict."""
    finding = known.findings[atom.finding]
    if finding.kind == "number":
        return [_compared(atom, verdict) for verdict in (True, False) if verdict in wanted]
    return [
        {"question": atom.finding, "operator": "=", "answerCoding": coding}
        for answer, coding in choices(finding).items()
        if atom.judge({atom.finding: answer}) in wanted
    ]


def _compared(atom: Atom, verdict: bool) -> Json:
    """Return the test of a number that is true if the atom has this verdict."""
    bound, above = (atom.below, False) if atom.at_least is None else (atom.at_least, True)
    operator = ">=" if above == verdict else "<"
    return {"question": atom.finding, "operator": operator, "answerDecimal": bound}
