"""Texts for people are easy to read and keep to the wording rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from statistics import fmean
from typing import Any

import yaml
from tools.check_knowledge.documents import Documents, Fault, leaves, questionnaires
from tools.check_knowledge.reading import WORD, grade, syllables

from evenstride.checkup.knowledge.places import Place, fits, is_for_a_person

__all__ = [
    "PROFESSIONAL",
    "forbidden",
    "hard_to_read",
    "licences",
    "person_texts",
    "unclassified",
]

HARDEST = 8.0
MEAN = 6.0
SHORT = 5  # of fewer words the grade says nothing; "Osteoporosis" alone would be grade 55
LONGEST = 4  # syllables of a word in so short a text

PROFESSIONAL: dict[str, tuple[str, ...]] = {
    "findings": (
        "findings.*.clinical",
        "findings.*.note",
        "open.*",
    ),
    "interview": (
        "open.*",
        "screens.*.note",
    ),
    "triage": (
        "levels.*.clinical",
        "rules.*.clinical",
        "rules.*.note",
        "open.*.point",
    ),
    "causes": (
        "population",
        "priors_note",
        "open.*",
        "causes.*.clinical",
        "causes.*.prior_basis",
        "causes.*.features.*.note",
        "causes.*.caution",
        "causes.*.prognosis",
        "causes.*.clinician_tests",
        "causes.*.management",
        "causes.*.open.*",
    ),
    "home_tests": (
        "open.*",
        "home_tests.*.clinical",
        "home_tests.*.note",
    ),
    "article": (
        "open.*",
        "entries.*.note",
    ),
    "sources": (
        "sources.*.what",
        "sources.*.note",
        "open.*",
    ),
    "walking_plan": (
        "reviewed_by.*",
        "evidence.*.ref",
        "evidence.*.result",
        "evidence.*.note",
        "*.note",
        "variants.*.clinical",
        "variants.*.note",
        "rules.*.clinical",
        "never.*",
        "open.*",
    ),
    "exercises": (
        "reviewed_by.*",
        "evidence.*.ref",
        "evidence.*.result",
        "evidence.*.note",
        "grades.*.clinical",
        "limits.*.clinical",
        "cleared.clinical",
        "exercises.*.clinical",
        "exercises.*.evidence.note",
        "rules.*.clinical",
        "open.*",
    ),
    "factors": (
        "reviewed_by.*",
        "open.*",
        "sources.*.what",
        "sources.*.note",
    ),
    "knowledge": ("reviewed_by.*",),
    "instruments/*": (
        "clinical",
        "licence.text",
        "licence.holder",
        "source.text",
        "reviewed_by.*",
        "scoring.note",
        "change.source",
        "change.note",
        "weak.note",
        "open.*",
    ),
}
"""Texts that professionals read, as ``FOR_A_PERSON`` names those of everybody."""


def person_texts(documents: Documents) -> Iterator[tuple[str, str, str]]:
    """Yield (file, place, text) of every text that a person reads."""
    for name, document in documents.items():
        for place, text in leaves(document):
            if is_for_a_person(name, place, text):
                yield name, ".".join(place), text


def unclassified(documents: Documents) -> Iterator[Fault]:
    """Yield texts of several words that nobody is said to read."""
    for name, document in documents.items():
        for place, text in leaves(document):
            read = is_for_a_person(name, place, text) or _is_for_professionals(name, place)
            if " " in text and not read:
                yield Fault(name, ".".join(place), "is it for people or for professionals?")


def hard_to_read(documents: Documents) -> Iterator[Fault]:
    """Yield texts above grade 8 (Flesch-Kincaid), and files above grade 6 on average."""
    counted_as = _words()["counted_as"]
    grades: dict[str, list[float]] = {}
    for file, place, text in person_texts(documents):
        words = WORD.findall(text)
        if len(words) < SHORT:
            for word in words:
                if syllables(word, counted_as) > LONGEST:
                    yield Fault(file, place, f"{word!r} is a hard word")
            continue
        found = grade(text, counted_as)
        grades.setdefault(file.split("/")[0], []).append(found)
        if found > HARDEST:
            yield Fault(file, place, f"grade {found:.1f}, above {HARDEST:g}: {text[:60]!r}")
    for file, found_grades in grades.items():
        if (mean := fmean(found_grades)) > MEAN:
            yield Fault(file, "(file)", f"grade {mean:.1f} on average, above {MEAN:g}")


def forbidden(documents: Documents) -> Iterator[Fault]:
    """Yield words and phrases that no person should read from us."""
    rules = [
        (re.compile(rule["pattern"], re.IGNORECASE), rule["why"], set(rule.get("but_not_in", ())))
        for rule in _words()["forbidden"]
    ]
    for file, place, text in person_texts(documents):
        for pattern, why, allowed in rules:
            found = pattern.search(text)
            if found and f"{file}: {place}" not in allowed:
                yield Fault(file, place, f"{found.group()!r}: {why}")


def licences(documents: Documents) -> Iterator[Fault]:
    """Yield questionnaires with item texts that are not ours."""
    for name, document in questionnaires(documents).items():
        ours = document["licence"]["redistributable"] == "ours"
        items = document["items"] if isinstance(document["items"], list) else []
        for item in items:
            shown = {"ask", "low_says", "high_says", "choices"} & set(item)
            if shown and not ours:
                yield Fault(name, f"items.{item['id']}", f"ships {', '.join(sorted(shown))}")


def _is_for_professionals(file: str, place: Place) -> bool:
    shelf, slash, _ = file.partition("/")
    patterns = PROFESSIONAL.get(f"{shelf}/*" if slash else file, ())
    return any(fits(pattern, place) for pattern in patterns)


@cache
def _words() -> Mapping[str, Any]:
    path = Path(__file__).parent / "words.yaml"
    found: Mapping[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return found
