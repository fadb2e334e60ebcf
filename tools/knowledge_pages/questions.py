"""The page of questions and home tests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain

from tools.check_knowledge.documents import Documents
from tools.knowledge_pages.links import linked, to_cause, to_question, to_rule, to_sources
from tools.knowledge_pages.markdown import head, joined, listed, open_points, rows, written

from evenstride.checkup.knowledge import Finding, HomeTest, Knowledge
from evenstride.checkup.logic import atoms

TIERS = {
    "1": "Safety questions",
    "2": "Questions about the pattern",
    "3": "Further questions about the pattern",
    "test": "Home tests",
    "m": "Measured from a walk",
    "never": "Not asked",
}
TIERS_SAY = {
    "1": "Each stands in an emergency or urgent rule. All of them are asked, before any advice.",
    "2": "Asked only while they can change what the person is told.",
    "3": "Asked only while they can change what the person is told.",
    "test": "Small movements that a person may try; never at urgent or emergency level.",
    "m": "Nobody is asked. They move nothing until they are validated.",
    "never": "Kept so that nobody adds them again.",
}

Users = defaultdict[str, dict[str, list[str]]]
"""For each question, links to what uses it: by "rules", "causes" and "tests"."""


def questions_page(known: Knowledge, raw: Documents) -> str:
    """Return the page of questions and home tests."""
    about = (
        "Each question with its answers, why it is asked, and the rules and causes that use it. "
        "“Not sure” can be answered to every question."
    )
    users = used_by(known)
    parts = [head("Questions", about, known)]
    parts += [tier_part(tier, users, known, raw) for tier in TIERS]
    points = [raw[file].get("open", ()) for file in ("findings", "interview", "home_tests")]
    return joined([*parts, open_points(chain.from_iterable(points))])


def tier_part(tier: str, users: Users, known: Knowledge, raw: Documents) -> str:
    """Return the section of one tier; nothing if no question is of it."""
    members = [finding for finding in known.findings.values() if finding.tier == tier]
    if not members:
        return ""
    tests = {test.id: test for test in known.home_tests}
    parts = [f"## {TIERS[tier]}", TIERS_SAY[tier]]
    if tier == "test":
        parts.append(listed(known.before_home_tests))
    for finding in members:
        parts.append(question_part(finding, users[finding.id], known))
        if finding.id in tests:
            parts.append(test_part(tests[finding.id], known, raw))
    return joined(parts)


def used_by(known: Knowledge) -> Users:
    """Return, for each question, links to the rules, causes and home tests that use it."""
    found: Users = defaultdict(lambda: {"rules": [], "causes": [], "tests": []})
    for rule in known.rules:
        for name in dict.fromkeys(atom.finding for atom in atoms(rule.when)):
            found[name]["rules"].append(to_rule(rule.id))
    for cause in known.causes:
        for name in dict.fromkeys(feature.finding for feature in cause.features):
            found[name]["causes"].append(to_cause(cause))
    for test in known.home_tests:
        forbid = atoms(test.not_if) if test.not_if is not None else ()
        for name in dict.fromkeys(atom.finding for atom in forbid):
            found[name]["tests"].append(to_question(test.id))
    return found


def question_part(finding: Finding, users: Mapping[str, list[str]], known: Knowledge) -> str:
    """Return the section of one question."""
    titles = [screen.title for screen in known.screens if finding.id in screen.items]
    facts = rows(
        [
            ("In the list", f"“{finding.item}”" if finding.item else ""),
            ("Stands under", ", ".join(f"“{title}”" for title in titles if title)),
            ("Example", finding.example),
            ("Why we ask", finding.why),
            ("Answers", choices(finding)),
            ("If not sure", "asked once more, with the example" if finding.asked_again else ""),
            ("For professionals", written(finding.clinical)),
            ("Hardly changes", "kept for the next check-up" if finding.lasting else ""),
            ("Rules", ", ".join(users["rules"])),
            ("Causes", ", ".join(users["causes"])),
            ("Home tests that it may forbid", ", ".join(users["tests"])),
        ]
    )
    return joined([f"### {finding.id}", finding.ask, facts, *left_out(finding, known)])


def left_out(finding: Finding, known: Knowledge) -> Iterator[str]:
    """Yield when a question is not asked."""
    if finding.applies_if is not None:
        yield f"Asked only if this may be so:\n\n{linked(finding.applies_if, known)}"
    for screen in known.screens:
        if finding.id in screen.hide_if:
            hidden = linked(screen.hide_if[finding.id], known)
            yield f"Not asked, and taken as no, if this is so:\n\n{hidden}"


def choices(finding: Finding) -> str:
    """Return the answers of a question in words."""
    if finding.kind == "bool":
        return f"yes: “{finding.if_true}” No: “{finding.if_false}”"
    if finding.kind == "number":
        return f"a number from {finding.low:g} to {finding.high:g} ({finding.unit})"
    offers = [
        f"“{value.offer}” ({name}{', says nothing' if name in finding.unknown else ''})"
        for name, value in finding.values.items()
    ]
    return ", ".join(offers)


def test_part(test: HomeTest, known: Knowledge, raw: Documents) -> str:
    """Return what is told about a home test."""
    data = next(data for data in raw["home_tests"]["home_tests"] if data["id"] == test.id)
    steps = "\n".join(f"{number}. {step}" for number, step in enumerate(test.how, start=1))
    facts = rows(
        [
            ("Counts as a yes", test.positive),
            ("Stop", test.stop),
            ("Who leaves it out", test.not_if_says),
            ("For professionals", written(data.get("clinical"))),
            ("Sources", to_sources(data.get("sources", ()), data.get("mark", "estimate"))),
            ("Note", data.get("note", "")),
        ]
    )
    not_if = ""
    if test.not_if is not None:
        not_if = f"Not offered if this is so, or not known:\n\n{linked(test.not_if, known)}"
    return joined([f"**{test.name}**", steps, facts, not_if])
