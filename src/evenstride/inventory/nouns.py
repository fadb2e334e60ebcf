"""What the inventory hands over: six factors, each with what was seen, what is known, and ideas."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from evenstride.checkup.knowledge import Source
from evenstride.model.checkup import Mark
from evenstride.model.measure import Grade

__all__ = [
    "Claim",
    "Comparison",
    "Factor",
    "Idea",
    "Inventory",
    "Known",
    "LeftOut",
    "Norm",
    "Observed",
    "PainGroup",
    "Verdict",
]

Verdict = Literal["as_usual", "more", "less", "cannot_say"]
"""Next to the person's own walks; ``cannot_say``: nothing can be said; why stands beside it."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Earlier walks that were not compared.

    Attributes:
        reason: What differs: a key of ``left_out`` in the knowledge.
        says: The same in words.
        walks: How many walks.
    """

    reason: str
    says: str
    walks: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """A value next to the person's own earlier ones, in the unit of the value.

    Attributes:
        verdict: What can be said.
        says: The same in words.
        n: How many earlier walks (or weeks) it rests on.
        usual: Their mean; None without any.
        low: The lowest of them; None without any.
        high: The highest of them; None without any.
        change: The value less ``usual``; None without any.
        threshold: The change that has to be passed before one is told; None while none can be.
        left_out: Walks that cannot be compared, and why.
    """

    verdict: Verdict
    says: str
    n: int
    usual: float | None = None
    low: float | None = None
    high: float | None = None
    change: float | None = None
    threshold: float | None = None
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Norm:
    """Where a firm value lies among other people.

    Attributes:
        says: The same in words.
        low: Mean of a slow pace, or 2.5th centile; None if not known.
        usual: Mean of the usual pace, or of people of this age and height.
        high: Mean of a fast pace, or 97.5th centile.
        range_is: What ``low`` and ``high`` are.
        source: Id of the source.
        mark: How sure we are of it.
    """

    says: str
    low: float | None
    usual: float
    high: float
    range_is: Literal["slow_to_fast", "people"]
    source: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Observed:
    """One thing that was measured or told.

    Attributes:
        name: Name of the measure, or of what was told.
        title: The same in plain words.
        how: "measured" by a sensor, or "told" by the person.
        value: In ``unit``; a text for what is no number; None when absent.
        low: Lower end of the 95 % interval; None if not known.
        high: Upper end of it.
        unit: Unit in plain text; "1" for a bare ratio; empty for a text.
        grade: How far a measure can be trusted; None for what was told.
        walk: Id of the walk it is about; None if about several or none.
        day: Local day of that walk.
        walks: How many walks it was measured or told on.
        says: What it comes to, in words; may be empty.
        reason: Why it has this grade, or why it is absent; empty for what was told.
        give: What would give it; empty when it is there.
        comparison: Next to the person's own earlier walks; None where that makes no sense.
        norm: Among other people; None where that is not sound.
    """

    name: str
    title: str
    how: Literal["measured", "told"]
    value: float | str | None
    unit: str
    walks: int
    low: float | None = None
    high: float | None = None
    grade: Grade | None = None
    walk: str | None = None
    day: date | None = None
    says: str = ""
    reason: str = ""
    give: str = ""
    comparison: Comparison | None = None
    norm: Norm | None = None


@dataclass(frozen=True, slots=True)
class PainGroup:
    """Pain on walks of one kind: counts and middle values, never a verdict.

    Attributes:
        by: What the walks are grouped by.
        name: The group, in words.
        walks: How many walks.
        told: On how many of them the worst pain was noted.
        median_worst: Median of the worst pain in back or leg, 0 to 10; None if never noted.
        says: The same in words.
    """

    by: str
    name: str
    walks: int
    told: int
    median_worst: float | None
    says: str


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a factor for back pain.

    Attributes:
        id: Its name in the knowledge.
        says: For the person.
        certainty: "high", "moderate", "low", "very_low" or "not_graded".
        sources: Ids of the sources.
        mark: The weakest mark of them.
    """

    id: str
    says: str
    certainty: str
    sources: tuple[str, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Claim:
    """What the article says about a factor, and what is known of that.

    Attributes:
        id: Its name among the entries of the article.
        topic: For the person.
        article: What the article says, in our words.
        known: What is known.
        we_say: What evenstride says or offers.
        certainty: As in ``Known``.
        sources: Ids of the sources.
        mark: The weakest mark of them.
    """

    id: str
    topic: str
    article: str
    known: str
    we_say: str
    certainty: str
    sources: tuple[str, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Idea:
    """What could be tried: a self-experiment, or a rule of the walking plan.

    Attributes:
        id: Its name in the knowledge.
        says: For the person.
        kind: Kind of factor of a trial; None for a rule of the plan.
        arms: The two ways of a trial; empty for a rule.
        rule: Id of a rule of the walking plan; None for a trial.
    """

    id: str
    says: str
    kind: str | None = None
    arms: tuple[str, ...] = ()
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Factor:
    """Something about walking that a person can change.

    Attributes:
        id: "posture", "weight_and_strike", "rhythm", "footwear", "terrain" or "dose".
        title: For the person.
        lead: What it is, in one sentence.
        note: The limit that belongs beside it; may be empty.
        observed: What was measured or told; what is absent stands here too, with the reason.
        pain: The walks of the last weeks in groups, with the pain that was noted.
        known: What is known of it for back pain.
        article: What the article says of it, and what is known of that.
        ideas: What could be tried.
    """

    id: str
    title: str
    lead: str
    note: str
    observed: tuple[Observed, ...]
    pain: tuple[PainGroup, ...]
    known: tuple[Known, ...]
    article: tuple[Claim, ...]
    ideas: tuple[Idea, ...]


@dataclass(frozen=True, slots=True)
class Inventory:
    """What a person's walks say about the factors that they can change.

    Attributes:
        knowledge_version: Of the factors' knowledge.
        today: The day it is for; later walks are not in it.
        since: First day of the walks that are told of and grouped by pain.
        walks: How many walks there are since then.
        factors: Six, always in the same order.
        pain_note: What the groups of pain are and are not; belongs beside them.
        sources: Every source that is named, by id.
    """

    knowledge_version: str
    today: date
    since: date
    walks: int
    factors: tuple[Factor, ...]
    pain_note: str
    sources: Mapping[str, Source]

    def document(self) -> dict[str, Any]:
        """Return the document "evenstride/inventory/1" as plain values; days are ISO dates."""
        plain: dict[str, Any] = _plain(asdict(self))
        return {"schema": "evenstride/inventory/1"} | plain

    def to_json(self, indent: int | None = 2) -> str:
        """Return the document as text."""
        return json.dumps(self.document(), indent=indent, ensure_ascii=False, allow_nan=False)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value
