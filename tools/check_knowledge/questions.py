"""Every safety question is asked, once, and no home test is offered where it could harm."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from tools.check_knowledge.documents import Documents, Fault, atoms

from evenstride.checkup.logic import parse
from evenstride.model.checkup import Answer

__all__ = ["exclusions", "left_out", "screens", "tests_have_questions", "tiers", "worry"]

ARCH: tuple[dict[str, Answer], ...] = ({"osteoporosis": True}, {"steroids_long": True}, {"age": 70})
HOP: tuple[dict[str, Answer], ...] = ({"age": 50}, {"walk_worse": True})

NO_ORDER = {"sex"}
"""Choices of which none is worse than another."""

FORBIDDEN_WITH: dict[str, tuple[dict[str, Answer], ...]] = {
    "t_ext30": ARCH,
    "t_ext_back_only": ARCH,
    "hop_pain": HOP,
}
"""For each home test, the answers with which it is not offered (clinical.md 2.3)."""


def tiers(documents: Documents) -> Iterator[Fault]:
    """Yield questions whose tier does not say whether an emergency or urgent rule needs them."""
    needed = _first_tier(documents)
    for name, finding in documents["findings"]["findings"].items():
        if (finding["tier"] == 1) != (name in needed):
            stands = "stands in" if name in needed else "does not stand in"
            yield Fault("findings", name, f"tier {finding['tier']}, but it {stands} an urgent rule")


def screens(documents: Documents) -> Iterator[Fault]:
    """Yield first-tier questions that are not asked in a list, and questions asked twice."""
    known, needed = documents["findings"]["findings"], _first_tier(documents)
    asked = Counter(
        name for screen in documents["interview"]["screens"] for name in screen["items"]
    )
    for name in sorted(needed | set(asked)):
        if asked[name] != 1:
            yield Fault("interview", name, f"stands on {asked[name]} screens, not on one")
        if name in known and known[name]["tier"] not in (1, 2, 3):
            yield Fault("interview", name, f"of the tier {known[name]['tier']}, is not asked")
    for screen in documents["interview"]["screens"]:
        for name in screen.get("hide_if", {}):
            if name not in screen["items"]:
                yield Fault("interview", f"{screen['id']}.hide_if", f"{name} is not on the screen")


def left_out(documents: Documents) -> Iterator[Fault]:
    """Yield questions that may be left out although no answer can stand in for them."""
    known = documents["findings"]["findings"]
    names = [("findings", name) for name, finding in known.items() if "applies_if" in finding]
    for screen in documents["interview"]["screens"]:
        names += [("interview", name) for name in screen.get("hide_if", {})]
    for file, name in names:
        if name in known and not _has_least_worrying(known[name]):
            yield Fault(file, name, "may be left out, but has no least worrying answer")


def worry(documents: Documents) -> Iterator[Fault]:
    """Yield choices whose order of worry is not one of all their values that say something."""
    for name, finding in documents["findings"]["findings"].items():
        if finding["type"] != "enum":
            continue
        telling = sorted(set(finding["values"]) - set(finding.get("unknown", ())))
        order = finding.get("worry", [])
        if sorted(order) != ([] if name in NO_ORDER else telling):
            yield Fault("findings", name, f"worry {order} is no order of {telling}")


def tests_have_questions(documents: Documents) -> Iterator[Fault]:
    """Yield home tests without a question of their own, and the other way round."""
    tests = {test["id"] for test in documents["home_tests"]["home_tests"]}
    known = documents["findings"]["findings"]
    for name in sorted(tests):
        if name in known and known[name]["tier"] != "test":
            yield Fault("home_tests", name, "its question is not of the tier test")
    for name, finding in known.items():
        if finding["tier"] == "test" and name not in tests:
            yield Fault("findings", name, "is of the tier test, but there is no such home test")


def exclusions(documents: Documents) -> Iterator[Fault]:
    """Yield home tests that would be offered to people they could harm."""
    tests = {test["id"]: test for test in documents["home_tests"]["home_tests"]}
    for name, forbidden in FORBIDDEN_WITH.items():
        condition = tests.get(name, {}).get("not_if")
        for answers in forbidden if name in tests else ():
            if condition is None or parse(condition).judge(answers) is not True:
                yield Fault("home_tests", f"{name}.not_if", f"lets {answers} through")
    never = set(documents["home_tests"]["never_at"])
    for level in {"emergency_now", "urgent_same_day"} - never:
        yield Fault("home_tests", "never_at", f"{level} is missing")


def _first_tier(documents: Documents) -> set[str]:
    return {
        atom["f"]
        for rule in documents["triage"]["rules"]
        if rule["level"] in ("emergency_now", "urgent_same_day")
        for atom in atoms(rule["when"])
        if "f" in atom
    }


def _has_least_worrying(finding: Mapping[str, Any]) -> bool:
    return finding["type"] == "bool" or "none" in finding.get("values", {})
