"""What is known of a questionnaire, and what comes of its answers, as frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from evenstride.model.checkup import Mark

__all__ = [
    "MARK_SAYS",
    "BandCut",
    "Change",
    "ChangeThatMatters",
    "Choice",
    "Direction",
    "Instrument",
    "Item",
    "Licence",
    "Redistributable",
    "Score",
    "Span",
    "Weak",
]

Direction = Literal["better", "worse", "same"]

Redistributable = Literal["ours", "attribution", "not_shipped"]
"""Texts in our words; may be passed on with the source named; scores only."""


MARK_SAYS: Mapping[Mark, str] = MappingProxyType(
    {"verified": "", "recalled": " (recalled, to be checked)", "estimate": " (our estimate)"}
)
"""What is said behind a fact that was not seen in its source."""


@dataclass(frozen=True, slots=True)
class Licence:
    """Under which terms the texts of a questionnaire stand.

    Attributes:
        text: The terms as far as we know them.
        holder: Who holds the rights.
        redistributable: What may be shipped.
        mark: How sure we are of it.
    """

    text: str
    holder: str
    redistributable: Redistributable
    mark: Mark


@dataclass(frozen=True, slots=True)
class Span:
    """The range of a total.

    Attributes:
        low: Lowest total, or None where our sources do not say.
        high: Highest total, or None.
        better: Which end is the good one.
        whole: Whether only whole numbers occur.
        mark: How sure we are of it.
    """

    low: float | None
    high: float | None
    better: Literal["lower", "higher"]
    whole: bool
    mark: Mark


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers that an item offers.

    Attributes:
        id: Its name.
        points: What it counts.
        offer: What it says, for the person.
    """

    id: str
    points: float
    offer: str


@dataclass(frozen=True, slots=True)
class Item:
    """One question of a questionnaire.

    Attributes:
        id: Its name, or its number as text.
        kind: A number, true or false, or one of ``choices``.
        low: Lowest number, for numbers.
        high: Highest number, for numbers.
        whole: Whether only whole numbers are answers.
        ask: The question in our words; empty if the text is not ours to ship.
        low_says: What the lowest number means; may be empty.
        high_says: What the highest number means; may be empty.
        choices: What can be chosen, in the order in which it is offered.
    """

    id: str
    kind: Literal["number", "truth", "choice"]
    low: float | None = None
    high: float | None = None
    whole: bool = False
    ask: str = ""
    low_says: str = ""
    high_says: str = ""
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeThatMatters:
    """The smallest change that people notice (minimal important change).

    Attributes:
        absolute: In points, or None.
        absolute_up_to: Where studies differ: the largest of their values, else None.
        relative: As a share of the first total, or None. One of the two is enough.
        source: Where it comes from.
        doi: Of the source, or None.
        mark: How sure we are of it.
        note: What else there is to know; may be empty.
    """

    absolute: float | None
    absolute_up_to: float | None
    relative: float | None
    source: str
    doi: str | None
    mark: Mark
    note: str


@dataclass(frozen=True, slots=True)
class Weak:
    """Where a scale has too little room left to show change.

    Attributes:
        below: It is weak below this total.
        above: It is weak above this total.
        mark: How sure we are of it.
        note: The same for the person.
    """

    below: float
    above: float
    mark: Mark
    note: str

    def holds(self, total: float) -> bool:
        """Return whether the scale is weak at a total."""
        return total < self.below or total > self.above


@dataclass(frozen=True, slots=True)
class BandCut:
    """A named part of the range.

    Attributes:
        id: Its name.
        says: What it means, for the person.
        above: Totals above this belong to it, or None.
        at_least: Totals from this on belong to it, or None.
        mark: How sure we are of the bound.
    """

    id: str
    says: str
    above: float | None
    at_least: float | None
    mark: Mark

    def holds(self, total: float) -> bool:
        """Return whether a total reaches this part; the last part that is reached counts."""
        return (self.above is None or total > self.above) and (
            self.at_least is None or total >= self.at_least
        )


@dataclass(frozen=True, slots=True)
class Instrument:
    """A questionnaire.

    Attributes:
        id: Its name in the knowledge files.
        name: For the person.
        clinical: For a professional.
        measures: What its total says.
        licence: Whether its texts may be shipped.
        source: Where it comes from.
        doi: Of the source, or None.
        source_mark: How sure we are of the source.
        reviewed_by: Clinicians who have signed it off.
        span: Range of the total; None if the result is only a band.
        rule: Name of the scoring rule.
        settings: Numbers that the rule needs.
        rule_mark: How sure we are of the rule.
        rule_note: The rule in words.
        items: The questions; empty if only totals can be imported.
        most_missing: How many answers may be missing.
        when_missing: What happens up to there; with more missing there is no total.
        missing_mark: How sure we are of that.
        change: The change that matters, or None where it is not known.
        weak: Where the scale shows change poorly, or None.
        bands: Parts of the range, from the lowest.
        open: What is still to be found out.
    """

    id: str
    name: str
    clinical: str
    measures: str
    licence: Licence
    source: str
    doi: str | None
    source_mark: Mark
    reviewed_by: tuple[str, ...]
    span: Span | None
    rule: str
    settings: Mapping[str, float]
    rule_mark: Mark
    rule_note: str
    items: tuple[Item, ...]
    most_missing: int
    when_missing: Literal["refuse", "mean_of_answered"]
    missing_mark: Mark
    change: ChangeThatMatters | None
    weak: Weak | None
    bands: tuple[BandCut, ...]
    open: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """The result of one questionnaire.

    Attributes:
        instrument: Its id.
        value: The total, or None when there is none (``reason`` then says why).
        band: Id of the part of the range, or None when there is none or it is not known.
        answered: Ids of the answered items; empty for an imported total.
        missing: Ids of the items without an answer.
        reason: Why the total or the band is absent; else empty.
        notes: What to know about it, in full sentences.
    """

    instrument: str
    value: float | None
    band: str | None
    answered: tuple[str, ...]
    missing: tuple[str, ...]
    reason: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What happened between two results of one questionnaire.

    Attributes:
        amount: Later minus earlier total, or None if one is absent.
        important: Whether the change is large enough to matter; None if that is not known.
        direction: Whether the later total is the better one, or None if one is absent.
        why: The rule that decided, or the reason why nothing could be decided.
    """

    amount: float | None
    important: bool | None
    direction: Direction | None
    why: str
