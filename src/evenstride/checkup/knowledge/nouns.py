"""What the knowledge files hold, as typed, frozen data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from evenstride.checkup.logic import Condition
from evenstride.model.checkup import Answer, Band, Basis, Level, Mark

__all__ = [
    "AGES",
    "Cause",
    "Claim",
    "Engine",
    "Feature",
    "Finding",
    "HomeTest",
    "Knowledge",
    "LevelText",
    "Rule",
    "Screen",
    "Source",
    "Value",
]

AGES: tuple[tuple[float, str], ...] = ((40, "18-39"), (60, "40-59"), (float("inf"), "60+"))
"""The bands of age of a prior: the first whose upper end is above the age."""

Kind = Literal["bool", "enum", "number"]


@dataclass(frozen=True, slots=True)
class Value:
    """One choice of a question: how it is offered, and how it reads as a statement."""

    offer: str
    says: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A question, and everything that can be said about its answer.

    Attributes:
        id: Its name in answers, rules and causes.
        tier: "1" safety, "2" and "3" patterns, "test" a home test, "m" measured, "never" not asked.
        kind: Yes or no, a choice, or a number.
        ask: The question.
        item: The same as a line of a short list; empty where it is never in one.
        example: Helps a person who is not sure; may be empty.
        why: Why it is asked; may be empty.
        clinical: The term of professionals.
        if_true: The answer yes as a statement.
        if_false: The answer no as a statement.
        says: A number as a statement, with ``{value}``.
        values: The choices, in the order in which they are offered.
        worry: Values from the least to the most worrying; empty if there is no such order.
        unknown: Values that say nothing.
        unit: Of a number.
        low: Smallest number that is taken.
        high: Largest number that is taken.
        applies_if: Asked only if this may be true; None means always.
        lasting: Hardly changes from one check-up to the next.
        asked_again: A "not sure" is asked once more with the example.
    """

    id: str
    tier: str
    kind: Kind
    ask: str
    item: str
    example: str
    why: str
    clinical: str
    if_true: str
    if_false: str
    says: str
    values: Mapping[str, Value]
    worry: tuple[str, ...]
    unknown: tuple[str, ...]
    unit: str
    low: float
    high: float
    applies_if: Condition | None
    lasting: bool
    asked_again: bool

    def statement(self, answer: Answer) -> str:
        """Return an answer as a sentence; empty for "not sure"."""
        if answer == "not_sure":
            return ""
        if self.kind == "bool":
            return self.if_true if answer else self.if_false
        if self.kind == "enum":
            return self.values[str(answer)].says
        return self.says.format(value=f"{answer:g}" if isinstance(answer, float) else answer)

    @property
    def most_worrying(self) -> Answer | None:
        """The answer that weighs most; None where there is no such order."""
        if self.kind == "bool":
            return True
        return self.worry[-1] if self.worry else None

    @property
    def least_worrying(self) -> Answer | None:
        """What "none of these" means for this question; None where it means nothing."""
        if self.kind == "bool":
            return False
        return "none" if "none" in self.values else None


@dataclass(frozen=True, slots=True)
class Rule:
    """A triage rule; see ``MatchedRule`` for the attributes it shares."""

    id: str
    level: Level
    within_days: int
    when: Condition
    why: str
    clinical: str
    sources: tuple[str, ...]
    mark: Mark
    walking_plan: bool
    note: str


@dataclass(frozen=True, slots=True)
class LevelText:
    """What a level is called, and what to do."""

    id: Level
    says: str
    does: str
    clinical: str


@dataclass(frozen=True, slots=True)
class Feature:
    """An answer that moves a cause.

    Attributes:
        when: What the answer must be.
        lr_pos: Likelihood ratio if it is so.
        lr_neg: Likelihood ratio if it is not so.
        group: Features of one group say partly the same.
        basis: Where the ratios come from.
        mark: How sure we are of them.
        source: Id of the source, or None.
        note: For professionals; may be empty.
    """

    when: Condition
    finding: str
    lr_pos: float
    lr_neg: float
    group: str
    basis: Basis
    mark: Mark
    source: str | None
    note: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence that is true, or often said and not true, with its sources."""

    says: str
    sources: tuple[str, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Cause:
    """A cause that answers may resemble.

    Attributes:
        id: Its name.
        name: For the person.
        clinical: For professionals.
        what: What it is and how it tends to feel.
        in_article: Whether the health article names it.
        residual: True for ordinary back pain: shown when no other cause has earned its place.
        prior: Share among people whose back hurts after walking, by age band.
        prior_basis: Where the priors come from.
        prior_mark: How sure we are of them.
        max_band: The highest band that questions can support.
        features: The answers that move it.
        true_part: What is true about it.
        not_true: What is often said about it and is not true, or not known.
        who: Whom to see.
        helps: What can help.
        outlook: How it tends to go on.
        caution: For professionals.
        prognosis: For professionals, with numbers.
        clinician_tests: For professionals.
        open: What needs a paper or a clinician.
    """

    id: str
    name: str
    clinical: str
    what: str
    in_article: bool
    residual: bool
    prior: Mapping[str, float]
    prior_basis: str
    prior_mark: Mark
    max_band: Band
    features: tuple[Feature, ...]
    true_part: tuple[Claim, ...]
    not_true: tuple[Claim, ...]
    who: str
    helps: str
    outlook: str
    caution: str
    prognosis: str
    clinician_tests: str
    open: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Engine:
    """How evidence adds up.

    Attributes:
        tau: The evidence sum is multiplied by this, because answers hang together.
        single_lr_cap: No single ratio counts for more, or for less than its inverse.
        bands: Borders between unlikely, possible, fits and fits well.
        age_when_unknown: The age band that stands in for an age that is not known.
        disabled: Findings that move nothing until they are validated.
    """

    tau: float
    single_lr_cap: float
    bands: tuple[float, float, float]
    age_when_unknown: str
    disabled: frozenset[str]


@dataclass(frozen=True, slots=True)
class Source:
    """A paper, a guideline, or our own judgement.

    Attributes:
        id: Its name in the knowledge files.
        what: Who said it, then what it says.
        mark: How sure we are that it says so.
        note: For professionals; may be empty.
        link: Where to read it; may be empty.
    """

    id: str
    what: str
    mark: Mark
    note: str
    link: str

    @property
    def who(self) -> str:
        """Who said it: the first words of ``what``."""
        return re.split(r"[,:;]", self.what, maxsplit=1)[0].rstrip(".")


@dataclass(frozen=True, slots=True)
class Screen:
    """Questions that stand together.

    Attributes:
        id: Its name.
        title: What is asked of all of them.
        lead: A sentence before them; may be empty.
        items: Ids of the questions.
        hide_if: Conditions under which a question is not shown and taken as "no".
    """

    id: str
    title: str
    lead: str
    items: tuple[str, ...]
    hide_if: Mapping[str, Condition]


@dataclass(frozen=True, slots=True)
class HomeTest:
    """A movement to try at home.

    Attributes:
        id: The finding that it answers.
        name: For the person.
        how: Steps.
        positive: What counts as a yes.
        stop: When to stop at once.
        not_if: Not offered if this is true or not known; None means no such limit.
        not_if_says: The limits that only the person can know.
    """

    id: str
    name: str
    how: tuple[str, ...]
    positive: str
    stop: str
    not_if: Condition | None
    not_if_says: str


@dataclass(frozen=True)
class Knowledge:
    """Everything the check-up knows.

    Attributes:
        version: Of the knowledge, by the rules of semantic versioning.
        date: Of that version.
        hash: SHA-256 of the files.
        reviewed_by: Clinicians who signed it off.
        findings: Questions by id.
        rules: Triage rules, the most urgent first.
        levels: Texts of the levels.
        safety_net: Signs that need emergency help whatever the answers were.
        recheck_days: When to repeat a check-up that found nothing urgent.
        causes: In the order of the file.
        engine: How evidence adds up.
        sources: By id.
        screens: The first tier as it is asked.
        home_tests: In the order in which they are offered.
        before_home_tests: What holds for all of them.
        first_tier: Every question that stands in an emergency or urgent rule.
        alone_an_emergency: Those of them whose most worrying answer alone is an emergency.
        wording: The fixed sentences for the person, as the file groups them.
        edition: Which translation the sentences come from; empty in English.
    """

    version: str
    date: str
    hash: str
    reviewed_by: tuple[str, ...]
    findings: Mapping[str, Finding]
    rules: tuple[Rule, ...]
    levels: Mapping[str, LevelText]
    safety_net: str
    recheck_days: int
    causes: tuple[Cause, ...]
    engine: Engine
    sources: Mapping[str, Source]
    screens: tuple[Screen, ...]
    home_tests: tuple[HomeTest, ...]
    before_home_tests: tuple[str, ...]
    first_tier: tuple[str, ...]
    alone_an_emergency: frozenset[str]
    wording: Mapping[str, Any]
    edition: str = ""

    def implied(self) -> Iterator[tuple[str, Answer, Condition]]:
        """Yield questions that may be hidden, the answer that then holds, and the condition."""
        for screen in self.screens:
            for name, hidden in screen.hide_if.items():
                answer = self.findings[name].least_worrying
                if answer is not None:
                    yield name, answer, hidden

    def cause(self, name: str) -> Cause:
        """Return a cause by its id; KeyError if there is none."""
        for cause in self.causes:
            if cause.id == name:
                return cause
        raise KeyError(name)
