"""The stated cases of every triage rule, and the development cases."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

from evenstride.model.checkup import LEVELS, Answer, Triage

__all__ = [
    "KINDS",
    "ORDINARY",
    "Case",
    "Vignette",
    "outcome",
    "soonness",
    "stated_cases",
    "stated_covers",
    "vignettes",
]

Outcome = tuple[str, int | None]
Kind = Literal["positive", "near_miss", "unknown"]

KINDS: tuple[Kind, ...] = ("positive", "near_miss", "unknown")

ORDINARY = frozenset({"nonspecific", "doms_deconditioning"})
"""Causes of ordinary back pain; every other one is specific."""

_FOLDER = Path(__file__).parents[2] / "tests" / "checkup" / "cases"


@dataclass(frozen=True)
class Case:
    """Answers, and what the whole triage must say to them.

    Attributes:
        id: Rule, kind and number.
        rule: The rule that it is about.
        kind: The rule matches, just does not, or cannot because an answer is not known.
        answers: What was answered.
        stated: Level and days, written down by hand.
    """

    id: str
    rule: str
    kind: Kind
    answers: Mapping[str, Answer]
    stated: Outcome


@dataclass(frozen=True)
class Vignette:
    """A development case; see the file for its source."""

    id: str
    answers: Mapping[str, Answer]
    diagnosis: str
    causes: frozenset[str]
    label: str
    levels: frozenset[str]


def outcome(triage: Triage) -> Outcome:
    """Return what a stated case is compared with: never a text, never a hash."""
    return triage.level, triage.within_days


def soonness(triage: Triage) -> tuple[int, float]:
    """Return level and time as numbers that grow with urgency."""
    days = float("inf") if triage.within_days is None else triage.within_days
    return LEVELS.index(triage.level), -days


def stated_cases() -> tuple[Case, ...]:
    """Return the cases of every rule."""
    return tuple(
        Case(
            f"{entry['rule']}-{kind}-{place}",
            entry["rule"],
            kind,
            case["answers"],
            (case["level"], case.get("within_days")),
        )
        for entry in _stated()
        for kind in KINDS
        for place, case in enumerate(entry.get(kind, ()), start=1)
    )


def stated_covers() -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the parts of rules that are said to be covered by another rule."""
    for entry in _stated():
        for cover in entry.get("covered", ()):
            yield entry["rule"], cover


def vignettes() -> tuple[Vignette, ...]:
    """Return the development cases."""
    read = json.loads((_FOLDER / "vignettes_dev.json").read_text("utf-8"))
    return tuple(
        Vignette(
            one["id"],
            one["facts"],
            one["diagnosis"],
            frozenset(one["acceptable"]),
            one["triage"],
            frozenset(one["triage_acceptable"]),
        )
        for one in read["vignettes"]
    )


def _stated() -> list[dict[str, Any]]:
    text = (_FOLDER / "rules.yaml").read_text("utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    read: list[dict[str, Any]] = yaml.load(text, loader)  # noqa: S506 - both are safe
    return read
