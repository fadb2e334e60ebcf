"""What must hold for any answers at all. Each law returns what broke it; nothing is right."""

from __future__ import annotations

import json
import math
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from evenstride.checkup.answers import checked
from evenstride.checkup.judge import judge
from evenstride.checkup.knowledge import Finding, Knowledge
from evenstride.checkup.triage import judge_triage
from evenstride.model.checkup import LEVELS, Answer, CheckUp
from validation.checkup.cases import soonness

__all__ = [
    "PER_CENT",
    "document_faults",
    "lifts_by_hand",
    "order_faults",
    "pattern_faults",
    "softer_answers",
    "triage_by_hand",
    "triage_faults",
    "unknown_faults",
    "worse_answers",
]

Answers = dict[str, Answer]
Raw = Mapping[str, Any]

RISING = frozenset({"pain_worst", "morning_stiff_min"})
"""Numbers that worry more when they are larger. Age and duration are excepted: neither end is."""

TODAY = ("emergency_now", "urgent_same_day")

PER_CENT = re.compile(r"%|\bper\s?cent|\bpercent", re.IGNORECASE)

KEYS = {
    "": [
        "schema",
        "knowledge_version",
        "knowledge_hash",
        "complete",
        "triage",
        "patterns",
    ],
    "triage": ["level", "within_days", "recheck_days", "rules", "not_answered", "safety_net"],
    "rules": ["id", "level", "within_days", "why", "sources"],
    "patterns": ["id", "name", "prior_band", "band", "lift", "for", "against"],
}
"""The keys of the document, as the design says them."""


# --- more worrying, less sure ------------------------------------------------------------------


def worse_answers(answers: Answers, finding: Finding) -> Iterator[Answer]:
    """Yield every more worrying answer to a question than the one given, or than none."""
    now = answers.get(finding.id, "not_sure")
    if finding.kind == "bool" and now is not True:
        yield True
    elif finding.kind == "enum":
        reached = finding.worry.index(str(now)) if now in finding.worry else -1
        yield from finding.worry[reached + 1 :]
    elif finding.id in RISING:
        start = math.floor(now) + 1 if not isinstance(now, str) else int(finding.low)
        steps = {start, start + 1, start + 3, (start + int(finding.high)) // 2, int(finding.high)}
        yield from (step for step in sorted(steps) if start <= step <= finding.high)


def softer_answers(answers: Answers, finding: Finding) -> Iterator[Answers]:
    """Yield the answers with a "no" turned into "not sure", and into a question not asked."""
    no = finding.worry[0] if finding.worry else False
    if finding.id in answers and answers[finding.id] == no and finding.kind != "number":
        yield {**answers, finding.id: "not_sure"}
        yield {name: answer for name, answer in answers.items() if name != finding.id}


def triage_faults(
    answers: Answers, known: Knowledge, choose: Callable[[list[str]], list[str]] = list
) -> Iterator[str]:
    """Yield every way in which more worry, or less knowledge, asks for less help.

    Args:
        answers: What to start from.
        known: The knowledge.
        choose: Which questions to try; all if not given.
    """
    base = soonness(judge_triage(answers, known))
    for name in choose(list(known.findings)):
        finding = known.findings[name]
        for worse in worse_answers(answers, finding):
            if soonness(judge_triage({**answers, name: worse}, known)) < base:
                yield f"{name}: {answers.get(name)} -> {worse} asks for less help"
        for softer in softer_answers(answers, finding):
            if soonness(judge_triage(softer, known)) < base:
                yield f"{name}: no -> {softer.get(name, 'missing')} asks for less help"
        for answer in _ends(finding) if name not in answers else ():
            if soonness(judge_triage({**answers, name: answer}, known)) < base:
                yield f"{name}: missing -> {answer} asks for less help"


def _ends(finding: Finding) -> tuple[Answer, ...]:
    if finding.kind == "bool":
        return (False, True)
    return tuple(finding.values) if finding.kind == "enum" else (finding.low, finding.high)


# --- the rest ----------------------------------------------------------------------------------


def order_faults(found: CheckUp, answers: Answers, known: Knowledge) -> Iterator[str]:
    """Yield a fault if the order of the answers shows in the document."""
    turned = dict(reversed(answers.items()))
    if judge(checked(turned, known), known).document() != found.document():
        yield "the order of the answers matters"


def document_faults(found: CheckUp, known: Knowledge) -> Iterator[str]:
    """Yield everything in a document that the design does not allow."""
    document, triage = found.document(), found.document()["triage"]
    level, rules = triage["level"], triage["rules"]
    if list(document) != KEYS[""] or list(triage) != KEYS["triage"]:
        yield "keys of the document"
    if any(list(rule) != KEYS["rules"] for rule in rules):
        yield "keys of a rule"
    if any(list(pattern) != KEYS["patterns"] for pattern in document["patterns"]):
        yield "keys of a pattern"
    if json.loads(found.to_json(indent=None)) != document:
        yield "JSON there and back"
    if document["schema"] != "evenstride/checkup/1" or not triage["safety_net"]:
        yield "schema or safety net"
    ranks = [LEVELS.index(rule["level"]) for rule in rules]
    if ranks != sorted(ranks, reverse=True) or level != (rules[0]["level"] if rules else LEVELS[0]):
        yield "level and order of the rules"
    if triage["within_days"] != min((rule["within_days"] for rule in rules), default=None):
        yield "within_days is not the shortest of the rules"
    if (level in TODAY) is not (triage["within_days"] == 0):
        yield "within_days 0 is today and nothing else"
    if triage["recheck_days"] != (None if level in TODAY else known.recheck_days):
        yield "recheck_days"
    if level in TODAY and (document["patterns"] or found.may_exercise):
        yield "patterns or exercise although help is needed today"
    if level not in TODAY and len(document["patterns"]) != len(known.causes):
        yield "not every cause is listed"
    if found.may_exercise and not found.complete:
        yield "exercise after an incomplete check-up"
    if PER_CENT.search(found.to_json(indent=None)):
        yield "a percentage"


def pattern_faults(found: CheckUp, raw: Raw) -> Iterator[str]:
    """Yield every lift that differs from the one worked out by hand, or stands out of order."""
    lifts = [pattern.lift for pattern in found.patterns]
    if lifts != sorted(lifts, reverse=True):
        yield "lifts are not sorted"
    expected = lifts_by_hand(found.answers, raw)
    for pattern in found.patterns:
        if not math.isclose(pattern.lift, expected[pattern.id], rel_tol=1e-9):
            yield f"{pattern.id}: lift {pattern.lift}, by hand {expected[pattern.id]}"
    for pattern in found.document()["patterns"]:
        if not math.isclose(pattern["lift"], expected[pattern["id"]], rel_tol=1e-5):
            yield f"{pattern['id']}: lift in the document"


def unknown_faults(found: CheckUp, answers: Answers, known: Knowledge) -> Iterator[str]:
    """Yield a fault if a question answered with "not sure" moves any cause."""
    unsure = {name: answers.get(name, "not_sure") for name in known.findings}
    extra = {name for name, answer in unsure.items() if answer == "not_sure"} - {"age"}
    more = judge({**answers, **dict.fromkeys(extra, "not_sure")}, known)
    if found.patterns and more.patterns and more.patterns != found.patterns:
        yield "an unknown answer moves a cause"


def lifts_by_hand(answers: Mapping[str, Any], raw: Raw) -> dict[str, float]:
    """Return the lift of every cause, worked out from the raw files with none of our code."""
    engine, findings = raw["causes"]["engine"], raw["findings"]["findings"]
    lifts = {}
    for cause in raw["causes"]["causes"]:
        groups = defaultdict(list)
        for feature in cause["features"]:
            name = feature["f"]
            matches = _atom_by_hand(feature, answers, findings)
            if matches is not None and name not in engine["disabled_findings"]:
                ratio = feature["lr_pos"] if matches else feature["lr_neg"]
                cap = engine["single_lr_cap"]
                groups[feature["group"]].append(math.log(max(1 / cap, min(cap, ratio))))
        total = 0.0
        for values in groups.values():
            values.sort(key=lambda value: -abs(value))
            for place, value in enumerate(values):
                total += value / (place + 1)
        lifts[cause["id"]] = math.exp(engine["tau"] * total)
    return lifts


def triage_by_hand(answers: Mapping[str, Any], raw: Raw) -> list[str]:
    """Return the ids of all matching rules, worked out from the raw files with none of our code."""
    findings = raw["findings"]["findings"]
    return [
        rule["id"]
        for rule in raw["triage"]["rules"]
        if _condition_by_hand(rule["when"], answers, findings) is True
    ]


def _condition_by_hand(data: Any, answers: Mapping[str, Any], findings: Any) -> bool | None:
    if "f" in data:
        return _atom_by_hand(data, answers, findings)
    if "at_least" in data:
        parts, wanted = data["at_least"]["of"], data["at_least"]["n"]
    else:
        parts = data["all"] if "all" in data else data["any"]
        wanted = len(parts) if "all" in data else 1
    judged = [_condition_by_hand(part, answers, findings) for part in parts]
    if judged.count(True) >= wanted:
        return True
    return False if judged.count(True) + judged.count(None) < wanted else None


def _atom_by_hand(data: Any, answers: Mapping[str, Any], findings: Any) -> bool | None:
    answer = answers.get(data["f"])
    if "not_sure" in data:
        return None if answer is None else answer is True or answer == "not_sure"
    silent = ["not_sure", *findings[data["f"]].get("unknown", [])]
    if answer is None or answer in silent:
        return None
    if "is" in data:
        return bool(answer == data["is"])
    if "in" in data:
        return answer in data["in"]
    return bool(answer >= data["gte"]) if "gte" in data else bool(answer < data["lt"])


def some(rng: random.Random, n: int) -> Callable[[list[str]], list[str]]:
    """Return a choice of n questions."""
    return lambda names: rng.sample(names, n)
