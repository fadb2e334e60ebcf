"""The triage rules as a decision table of the OMG standard DMN 1.3.

One input per question that a rule uses, one row per way to meet a rule. Every row is tried, and the
highest rank wins (hit policy COLLECT, aggregation MAX): 0 self-care, 1 clinician soon, 2 urgent
same day, 3 emergency now. The last row holds always, so that the answer is never empty. A note on
each row names the rule and its reasons.

What a DMN tool is given is what ``inputs`` returns: choices are strings, and so are yes, no and
not_sure, because FEEL has no third truth value that all tools share. What was not asked, and a
number that is not known, is null; none of our tests is true for null.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import inf
from xml.etree import ElementTree as ET

from evenstride.checkup.dmn_rows import Cell, Row, rows_of, used, word, words
from evenstride.checkup.knowledge import Finding, Knowledge
from evenstride.model.checkup import LEVELS, Answer

__all__ = ["NAMESPACE", "decision_table", "inputs"]

NAMESPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def inputs(answers: Mapping[str, Answer], known: Knowledge) -> dict[str, str | float | None]:
    """Return what the decision table is given for checked answers."""
    given: dict[str, str | float | None] = dict.fromkeys(used(known))
    for name in given.keys() & answers.keys():
        if known.findings[name].kind != "number":
            given[name] = word(answers[name])
        elif answers[name] != "not_sure":
            given[name] = answers[name]
    return given


def decision_table(known: Knowledge) -> str:
    """Return the triage rules as DMN 1.3 in XML."""
    root = ET.Element(
        "definitions",
        {
            "xmlns": NAMESPACE,
            "id": "evenstride_checkup",
            "name": "evenstride check-up",
            "namespace": "urn:evenstride:checkup:dmn",
        },
    )
    reviewed = ", ".join(known.reviewed_by)
    _text(
        root,
        "description",
        f"Knowledge {known.version} of {known.date}. "
        + (f"Reviewed by {reviewed}." if reviewed else "No clinician has reviewed it yet."),
    )
    names = used(known)
    _decision(root, names, known)
    for name in names:
        finding = known.findings[name]
        data = _element(root, "inputData", id=f"data_{name}", name=name)
        _text(data, "description", _described(finding))
        _element(data, "variable", id=f"variable_{name}", name=name, typeRef=_type(finding))
    _indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written.decode() + "\n"


def _decision(root: ET.Element, names: tuple[str, ...], known: Knowledge) -> None:
    decision = _element(root, "decision", id="triage", name="triage_rank")
    _text(decision, "description", "; ".join(f"{i} = {level}" for i, level in enumerate(LEVELS)))
    _text(decision, "question", "How soon does this person need help?")
    _element(decision, "variable", id="variable_triage", name="triage_rank", typeRef="number")
    for name in names:
        need = _element(decision, "informationRequirement", id=f"need_{name}")
        _element(need, "requiredInput", href=f"#data_{name}")
    table = _element(
        decision, "decisionTable", id="triage_rules", hitPolicy="COLLECT", aggregation="MAX"
    )
    for name in names:
        finding = known.findings[name]
        column = _element(table, "input", id=f"input_{name}", label=finding.clinical)
        expression = _element(
            column, "inputExpression", id=f"expression_{name}", typeRef=_type(finding)
        )
        _text(expression, "text", name)
    output = _element(table, "output", id="rank", name="triage_rank", typeRef="number")
    _text(_element(output, "outputValues", id="ranks"), "text", "0,1,2,3")
    for title in ("rule", "within days", "reason"):
        _element(table, "annotation", name=title)
    default = ("self_care", "", known.levels["self_care"].clinical)
    for number, (rule, row) in enumerate([*rows_of(known), (None, Row())], 1):
        notes = (rule.id, str(rule.within_days), rule.clinical) if rule else default
        line = _element(table, "rule", id=f"row_{number}")
        _text(line, "description", f"{notes[0]}: {notes[2]}")  # editors show this or the notes
        for name in names:
            entry = _element(line, "inputEntry", id=f"row_{number}_{name}")
            _text(entry, "text", _feel(row[name], known.findings[name]) if name in row else "-")
        rank = _element(line, "outputEntry", id=f"row_{number}_rank")
        _text(rank, "text", str(LEVELS.index(rule.level) if rule else 0))
        for note in notes:
            _text(_element(line, "annotationEntry"), "text", note)


# ---------------------------------------------------------------------------------- how it reads


def _type(finding: Finding) -> str:
    return "number" if finding.kind == "number" else "string"


def _described(finding: Finding) -> str:
    if finding.kind == "number":
        values = f"{finding.low:g} to {finding.high:g} ({finding.unit}); null if not known"
    else:
        values = f"{', '.join(words(finding))}; null if not asked"
    return f"{finding.ask} [{values}]"


def _feel(cell: Cell, finding: Finding) -> str:
    """Return a cell as a unary test of FEEL."""
    if isinstance(cell, frozenset):
        return ",".join(f'"{word}"' for word in words(finding) if word in cell)
    if cell.low == -inf:
        return f"< {cell.high}"
    return f">= {cell.low}" if cell.high == inf else f"[{cell.low}..{cell.high})"


def _element(parent: ET.Element, tag: str, /, **attributes: str) -> ET.Element:
    return ET.SubElement(parent, tag, attributes)


def _text(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = text


def _indent(root: ET.Element) -> None:
    """Put every element on a line of its own, but a cell of the table on one line."""
    ET.indent(root)
    for entry in root.iter():
        if entry.tag.endswith("Entry"):
            entry.text = entry[0].tail = None
