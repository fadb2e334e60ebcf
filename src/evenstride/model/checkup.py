"""What a check-up found: how soon to get help, and which causes the answers resemble."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

__all__ = [
    "LEVELS",
    "TODAY",
    "Answer",
    "Band",
    "Basis",
    "CheckUp",
    "Level",
    "Mark",
    "MatchedRule",
    "Pattern",
    "Reason",
    "Triage",
]

Answer = bool | float | str
"""True, False, "not_sure", one of the values of a question, or a number."""

Level = Literal["self_care", "clinician_soon", "urgent_same_day", "emergency_now"]

LEVELS: tuple[Level, ...] = ("self_care", "clinician_soon", "urgent_same_day", "emergency_now")
"""From the least to the most urgent."""

TODAY: frozenset[Level] = frozenset({"urgent_same_day", "emergency_now"})
"""Levels at which help is needed today: then no pattern and no exercise is shown."""

Band = Literal["unlikely", "possible", "fits", "fits_well"]
"""How common a cause is among people who answered like this, never given as a number."""

Basis = Literal["published", "rescaled", "expert"]
"""Where a weight comes from: a paper, worked out from a paper's number, or our judgement."""

Mark = Literal["verified", "recalled", "estimate"]
"""How sure we are of a fact: seen in the source, from memory, our own estimate."""


@dataclass(frozen=True, slots=True)
class MatchedRule:
    """A triage rule that the answers match.

    Attributes:
        id: Its name in the knowledge files.
        level: What it asks for.
        within_days: How soon, in days; 0 is today.
        why: The reason, for the person.
        clinical: The reason, for a professional.
        sources: Ids of the sources.
        mark: The weakest mark among them.
        walking_plan: Whether a walking plan may run while the visit is pending.
    """

    id: str
    level: Level
    within_days: int
    why: str
    clinical: str
    sources: tuple[str, ...]
    mark: Mark
    walking_plan: bool


@dataclass(frozen=True, slots=True)
class Triage:
    """How soon to get help.

    Attributes:
        level: The highest level of all matched rules.
        within_days: The shortest time of all matched rules, in days; None at self-care.
        recheck_days: When to do the check-up again, in days; None when help is needed today.
        rules: Every matched rule, the most urgent first.
        not_answered: Ids of safety questions without an answer, or answered "not sure".
        doubts: Those of them that alone would be an emergency, if the answer were yes.
        says: The level in one sentence, for the person.
        does: What to do now, for the person.
        safety_net: Signs that need emergency help whatever the answers were; always shown.
    """

    level: Level
    within_days: int | None
    recheck_days: int | None
    rules: tuple[MatchedRule, ...]
    not_answered: tuple[str, ...]
    doubts: tuple[str, ...]
    says: str
    does: str
    safety_net: str

    @property
    def today(self) -> bool:
        """Whether help is needed today."""
        return self.level in TODAY


@dataclass(frozen=True, slots=True)
class Reason:
    """One answer that speaks for or against a cause.

    Attributes:
        finding: Id of the question.
        says: The answer as a statement.
        likelihood_ratio: How much more often people with the cause answer like this, as printed or
            judged (after the cap on single ratios).
        weight: What it adds to the evidence sum: its log ratio times its share in its group.
        group: Answers in one group say partly the same, so each further one counts less.
        basis: Where the ratio comes from.
        mark: How sure we are of it.
        source: Id of the source, or None.
        note: What a professional should know about it; may be empty.
    """

    finding: str
    says: str
    likelihood_ratio: float
    weight: float
    group: str
    basis: Basis
    mark: Mark
    source: str | None
    note: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """A cause, and how much the answers resemble it. Not a diagnosis.

    Attributes:
        id: Its name in the knowledge files.
        name: For the person.
        clinical: For a professional.
        prior_band: How common it is before any answer.
        band: How common it is with these answers, never above what questions can tell.
        lift: How much these answers moved it: exp(tau x evidence sum); 1 is not moved.
        speaks_for: Answers for it, the strongest first.
        speaks_against: Answers against it, the strongest first.
        prior: Its share before any answer; for professionals, never for a screen of a person.
        prior_basis: Where the prior comes from.
        residual: True for ordinary back pain, the honest default.
    """

    id: str
    name: str
    clinical: str
    prior_band: Band
    band: Band
    lift: float
    speaks_for: tuple[Reason, ...]
    speaks_against: tuple[Reason, ...]
    prior: float
    prior_basis: str
    residual: bool


@dataclass(frozen=True, slots=True)
class CheckUp:
    """The result of a check-up.

    Attributes:
        knowledge_version: Of the knowledge files.
        knowledge_hash: SHA-256 of their content.
        complete: Whether every safety question was answered; "not sure" is an answer.
        triage: How soon to get help.
        patterns: Every cause, sorted by lift; empty when help is needed today.
        answers: What it rests on.
    """

    knowledge_version: str
    knowledge_hash: str
    complete: bool
    triage: Triage
    patterns: tuple[Pattern, ...]
    answers: dict[str, Answer]

    @property
    def may_exercise(self) -> bool:
        """Whether a walking plan and routines may follow from this check-up.

        Only after a complete check-up, never when help is needed today or when there is a doubt
        about a sign that alone would be an emergency, and while a visit is pending only if every
        matched rule lets the plan run.
        """
        triage = self.triage
        held = triage.today or triage.doubts
        return self.complete and not held and all(rule.walking_plan for rule in triage.rules)

    def document(self) -> dict[str, Any]:
        """Return the document "evenstride/checkup/1" as plain values."""
        triage = self.triage
        return {
            "schema": "evenstride/checkup/1",
            "knowledge_version": self.knowledge_version,
            "knowledge_hash": self.knowledge_hash,
            "complete": self.complete,
            "triage": {
                "level": triage.level,
                "within_days": triage.within_days,
                "recheck_days": triage.recheck_days,
                "rules": [
                    {
                        "id": rule.id,
                        "level": rule.level,
                        "within_days": rule.within_days,
                        "why": rule.why,
                        "sources": list(rule.sources),
                    }
                    for rule in triage.rules
                ],
                "not_answered": list(triage.not_answered),
                "safety_net": triage.safety_net,
            },
            "patterns": [
                {
                    "id": pattern.id,
                    "name": pattern.name,
                    "prior_band": pattern.prior_band,
                    "band": pattern.band,
                    "lift": _rounded(pattern.lift),
                    "for": [_plain(reason) for reason in pattern.speaks_for],
                    "against": [_plain(reason) for reason in pattern.speaks_against],
                }
                for pattern in self.patterns
            ],
        }

    def to_json(self, indent: int | None = 2) -> str:
        """Return the document that ``evenstride checkup --json`` prints."""
        return json.dumps(self.document(), indent=indent, ensure_ascii=False, allow_nan=False)


def _plain(reason: Reason) -> dict[str, Any]:
    return {
        "finding": reason.finding,
        "says": reason.says,
        "likelihood_ratio": _rounded(reason.likelihood_ratio),
        "group": reason.group,
        "basis": reason.basis,
        "mark": reason.mark,
        "source": reason.source,
    }


def _rounded(value: float) -> float:
    """Keep the digits that mean something; two results that differ here differ truly."""
    return float(f"{value:.6g}")
