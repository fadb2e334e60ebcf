"""The questions as a FHIR R4 Questionnaire, and answers as a QuestionnaireResponse and back.

How things are said, so that any FHIR form tool can show and read them:

- Yes, no and "not sure" are the codings of the R4 value set ``yesnodontknow``. "Not sure" about a
  choice is the same coding ``asked-unknown``; about a number it is an answer without a value, with
  the R4 extension ``data-absent-reason`` and the same code.
- The choices of a question are codes of its own code system, ``urn:evenstride:checkup:<question>``.
  No code of a clinical terminology is claimed. These names resolve to nothing; they only name.
- A question that other answers make needless is switched off with ``enableWhen``. Its answer "no",
  which the check-up takes for granted, is not written, because FHIR wants no answers to questions
  that are switched off; reading restores it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from evenstride.checkup.answers import checked, checked_answer
from evenstride.checkup.fhir_terms import (
    FALSE,
    NOT_FALSE,
    NOT_TRUE,
    URL,
    Json,
    choices,
    shown_if,
)
from evenstride.checkup.knowledge import Finding, HomeTest, Knowledge
from evenstride.errors import AnswerError, OptionError
from evenstride.model.checkup import Answer

__all__ = ["URL", "answers_from", "questionnaire", "response"]

_R4 = "http://hl7.org/fhir/StructureDefinition"
_ASKED_UNKNOWN: Json = {"url": f"{_R4}/data-absent-reason", "valueCode": "asked-unknown"}
_UCUM = {"years": "a", "days": "d", "minutes": "min"}


def questionnaire(known: Knowledge) -> Json:
    """Return all questions as a FHIR R4 Questionnaire, as plain values.

    The safety questions come first, as on the screens, and are required. Findings that are measured
    or kept for the record only stand in a hidden, read-only group, so that any answer has a place.
    """
    reviewed = ", ".join(known.reviewed_by)
    return {
        "resourceType": "Questionnaire",
        "language": "en-GB",
        "url": URL,
        "version": known.version,
        "name": "EvenstrideCheckUp",
        "title": "Check-up: lower back pain after walking",
        "status": "draft",
        "experimental": True,
        "subjectType": ["Patient"],
        "date": known.date,
        "description": "Questions for adults whose lower back hurts after walking.",
        "purpose": (
            "It asks how soon to get help, and which patterns the answers fit. "
            + (f"Reviewed by {reviewed}." if reviewed else "No clinician has reviewed it yet.")
        ),
        "copyright": "Copyright the authors of evenstride. Licence: Apache-2.0.",
        "item": _layout(known),
    }


def response(
    answers: Mapping[str, Answer], known: Knowledge, authored: datetime, *, complete: bool
) -> Json:
    """Return checked answers as a FHIR R4 QuestionnaireResponse, as plain values.

    Args:
        answers: ``{id of a question: answer}``.
        known: The knowledge.
        authored: When the answers were given, with its time zone.
        complete: Whether the check-up was finished.

    Raises:
        AnswerError: If an answer is not right.
        OptionError: If the time has no zone.
    """
    if authored.tzinfo is None:
        raise OptionError("The time of the answers has no time zone.", "Add one, such as UTC.")
    kept = checked(answers, known)
    for name, answer, hidden in reversed(list(known.implied())):
        others = {other: value for other, value in kept.items() if other != name}
        if kept.get(name) == answer and hidden.judge(others):
            kept = others
    items = list(_filled(_layout(known), kept, known))
    return {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": f"{URL}|{known.version}",
        "status": "completed" if complete else "in-progress",
        "authored": authored.isoformat(timespec="seconds"),
        **({"item": items} if items else {}),
    }


def answers_from(response: Any, known: Knowledge) -> dict[str, Answer]:
    """Return the answers in a QuestionnaireResponse, in the order of the questions.

    Groups and questions may come in any order, and groups may be missing. Answers that follow from
    others (see the top of this module) are filled in.

    Raises:
        AnswerError: If it is no response to these questions, or an item has a link id, a number of
            answers or a type of answer that does not fit; it names the first one.
    """
    if not isinstance(response, Mapping) or response.get("resourceType") != "QuestionnaireResponse":
        raise AnswerError("", "This is no FHIR QuestionnaireResponse.")
    if str(response.get("questionnaire")).split("|")[0] != URL:
        raise AnswerError("", "These answers belong to another questionnaire.", f"Ours is “{URL}”.")
    if response.get("status") not in ("completed", "amended", "in-progress"):
        raise AnswerError("", "These answers are not meant to be used: see their “status”.")
    kinds = {item["linkId"]: item["type"] for item in _items({"item": _layout(known)})}
    found: dict[str, Answer] = {}
    for item in _items(response):
        name, given = item.get("linkId"), item.get("answer", [])
        if not isinstance(name, str) or name not in kinds:
            raise AnswerError(str(name), f"There is no question “{str(name)[:60]}”.")
        if not given:
            continue
        if name not in known.findings or name in found or len(given) != 1:
            raise AnswerError(name, f"“{name}” takes one answer if it is a question, else none.")
        found[name] = _read(given[0], known.findings[name])
    for name, answer, hidden in known.implied():
        if name not in found and hidden.judge(found):
            found[name] = answer
    return checked(found, known)


# ------------------------------------------------------------------------------------- the form


def _layout(known: Knowledge) -> list[Json]:
    findings = known.findings
    screens = {
        f"screen.{screen.id}": (screen.title, screen.lead, screen.items) for screen in known.screens
    }
    tests = [test for test in known.home_tests if test.id in findings]
    placed = {name for screen in known.screens for name in screen.items}
    placed |= {test.id for test in tests}
    asked = [f.id for f in findings.values() if f.tier in ("1", "2", "3") and f.id not in placed]
    rest = [f.id for f in findings.values() if f.id not in placed and f.id not in asked]
    further = ("A few more questions", "You can leave out any of these.", asked)
    groups = [
        _group(
            link, title, [*_display(f"{link}.lead", lead), *(_question(n, known) for n in names)]
        )
        for link, (title, lead, names) in {**screens, "further": further}.items()
        if names
    ]
    net = _display("safety-net", known.safety_net)
    return [*net, *groups, *_home_tests(tests, known), *_not_asked(rest, known)]


def _group(link: str, text: str, items: list[Json], **more: Any) -> Json:
    return {"linkId": link, "text": text, "type": "group", **more, "item": items}


def _display(link: str, text: str, **more: Any) -> list[Json]:
    return [{"linkId": link, "text": text, "type": "display", **more}] if text else []


def _home_tests(tests: list[HomeTest], known: Knowledge) -> Iterator[Json]:
    lead = ("Leave these out if you need help today.", *known.before_home_tests)
    items = [d for i, text in enumerate(lead) for d in _display(f"home-tests.{i}", text)]
    for test in tests:
        link = f"home-test.{test.id}"
        texts = (test.not_if_says, *test.how, test.positive, test.stop)
        shown = [d for i, text in enumerate(texts) for d in _display(f"{link}.{i}", text)]
        group = _group(link, test.name, [*shown, _question(test.id, known)])
        items.append(shown_if(group, [(test.not_if, FALSE)], known))
    if tests:
        yield _group("home-tests", "Small moves to try at home, if you like", items)


def _not_asked(names: list[str], known: Knowledge) -> Iterator[Json]:
    if names:
        hidden = [{"url": f"{_R4}/questionnaire-hidden", "valueBoolean": True}]
        items = [{**_question(name, known), "readOnly": True} for name in names]
        yield _group("not-asked", "Measured, or kept for the record", items, extension=hidden)


def _question(name: str, known: Knowledge) -> Json:
    finding = known.findings[name]
    item: Json = {"linkId": name, "text": finding.ask}
    if finding.kind == "number":
        item |= {"type": "decimal", "extension": _limits(finding)}
    else:
        options = [{"valueCoding": coding} for coding in choices(finding).values()]
        item |= {"type": "choice", "answerOption": options}
    if name in known.first_tier:
        item["required"] = True
    if finding.example:
        control = {"coding": [{"system": "http://hl7.org/fhir/questionnaire-item-control"}]}
        control["coding"][0]["code"] = "help"
        shown_as = {"url": f"{_R4}/questionnaire-itemControl", "valueCodeableConcept": control}
        item["item"] = _display(f"{name}.example", finding.example, extension=[shown_as])
    conditions = [(finding.applies_if, NOT_FALSE)]
    conditions += [(screen.hide_if.get(name), NOT_TRUE) for screen in known.screens]
    return shown_if(item, conditions, known)


def _limits(finding: Finding) -> list[Json]:
    unit: Json = {"display": finding.unit}
    if finding.unit in _UCUM:
        unit |= {"system": "http://unitsofmeasure.org", "code": _UCUM[finding.unit]}
    return [
        {"url": f"{_R4}/minValue", "valueDecimal": finding.low},
        {"url": f"{_R4}/maxValue", "valueDecimal": finding.high},
        {"url": f"{_R4}/questionnaire-unit", "valueCoding": unit},
    ]


# --------------------------------------------------------------------------------- the answers


def _filled(items: list[Json], answers: Mapping[str, Answer], known: Knowledge) -> Iterator[Json]:
    """Yield the items of the form that hold an answer, with their groups."""
    for item in items:
        told: Json = {key: item[key] for key in ("linkId", "text") if key in item}
        if item["type"] == "group":
            inner = list(_filled(item["item"], answers, known))
            if inner:
                yield {**told, "item": inner}
        elif item["linkId"] in answers:
            name = item["linkId"]
            yield {**told, "answer": [_value(answers[name], known.findings[name])]}


def _value(answer: Answer, finding: Finding) -> Json:
    if finding.kind != "number":
        return {"valueCoding": choices(finding)[answer]}
    if answer == "not_sure":
        return {"_valueDecimal": {"extension": [_ASKED_UNKNOWN]}}
    return {"valueDecimal": answer}


def _read(given: Any, finding: Finding) -> Answer:
    values = {key: given[key] for key in given if "value" in key} if isinstance(given, dict) else {}
    match finding.kind, values:
        case "number", {"valueDecimal": number, **others} if not others:
            return checked_answer(number, finding)
        case "number", {"_valueDecimal": {"extension": [*extensions]}, **others} if not others:
            if _ASKED_UNKNOWN in extensions:
                return "not_sure"
        case "bool" | "enum", {"valueCoding": {"system": system, "code": code}, **others}:
            for answer, coding in choices(finding).items():
                if (system, code) == (coding["system"], coding["code"]) and not others:
                    return answer
    wanted = "valueDecimal" if finding.kind == "number" else "valueCoding with one of its options"
    raise AnswerError(finding.id, f"This is no answer to “{finding.id}”.", f"Use a {wanted}.")


def _items(root: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield every item below a resource, however deep, in order; refuse what is no list."""
    left: list[tuple[bool, Mapping[str, Any]]] = [(False, root)]
    while left:
        is_item, node = left.pop()
        below, answers = _list(node, "item"), _list(node, "answer")
        if is_item:
            yield node
        left += [(False, answer) for answer in reversed(answers)]
        left += [(True, item) for item in reversed(below)]


def _list(node: Mapping[str, Any], key: str) -> list[Json]:
    entries = node.get(key, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        name = str(node.get("linkId", ""))
        raise AnswerError(name, f"“{key}” of “{name[:60]}” is no list of objects.")
    return entries
