"""The factors that a person can change, as a person or a professional reads them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from evenstride.checkup.knowledge.sentences import term
from evenstride.checkup.knowledge.spoken import counted, figure, spoken_day
from evenstride.gait import CATALOGUE
from evenstride.inventory import Factor, Idea, Inventory, Observed
from evenstride.model import Measure
from evenstride.plan import Refused
from evenstride.report.amounts import distance_said, mass_said
from evenstride.report.numbers import number
from evenstride.report.screens import screen_words
from evenstride.report.sheet import Section, Sheet, Table
from evenstride.report.trial.sheets import typed
from evenstride.report.units import UnitSystem
from evenstride.report.visible import visible

__all__ = [
    "FactorCard",
    "factor_card",
    "factor_sheet",
    "factors_sheet",
    "missing_observed",
    "observed_value",
]

_DRIFT = "_drift"


@dataclass(frozen=True, slots=True)
class FactorCard:
    """One factor in short, each part for itself, so that a screen can fold some of them.

    Attributes:
        id: Of the factor.
        title: For the person.
        lead: What it is.
        seen: What the walks say, next to the person's own, and how sure that is.
        known: What is known of it.
        article: What the article says, and what is known of that.
        ideas: What could be tried; nothing while help or an answer comes first.
    """

    id: str
    title: str
    lead: str
    seen: Section
    known: Section
    article: Section
    ideas: Section


def factor_card(factor: Factor, units: UnitSystem, *, held: bool) -> FactorCard:
    """Return one factor in short.

    Args:
        factor: One of the inventory.
        units: Of the numbers.
        held: Whether help or an answer comes first.
    """
    words = screen_words("factors")
    rows = tuple(
        (visible(one.title), observed_value(one, units), _beside(one, short=True), _sure(one))
        for one in factor.observed
        if one.value is not None
    )
    seen = Section("", () if rows else (words["nothing_yet"],))
    if rows:
        seen = Section("", (), (), Table((*words["columns"], words["sure"]), rows))
    return FactorCard(
        factor.id,
        factor.title,
        factor.lead,
        seen,
        Section(words["known"], (), tuple(_known(factor, professional=False))),
        Section(words["article"], (), tuple(_claims(factor))),
        Section(words["ideas"], (), () if held else tuple(_idea(one) for one in factor.ideas)),
    )


def _sure(one: Observed) -> str:
    words = screen_words("factors")["grades"]
    return str(words["told" if one.how == "told" else one.grade or "told"])


def factors_sheet(
    found: Inventory, units: UnitSystem, first_day: date, newest: date | None = None
) -> Sheet:
    """Return all factors: what was seen of each, next to the person's own walks.

    Args:
        found: The inventory.
        units: Of the numbers.
        first_day: Of the walks in it.
        newest: Day of the newest walk in the diary, which may be too old for it; None without any.
    """
    words = screen_words("factors")
    if not found.walks and newest is not None:
        day = spoken_day(newest, "day_year")
        return Sheet(words["title"], words["old_walks"].format(day=day))
    if not found.walks:
        return Sheet(words["title"], words["no_walks"])
    since = spoken_day(first_day, "day_year")
    sections = [_seen(factor, units, short=True) for factor in found.factors]
    names = "|".join(factor.id for factor in found.factors)
    sections.append(Section("", (words["more"].format(names=names),)))
    lead = words["from"].format(walks=counted(found.walks, "walk"), since=since)
    return Sheet(words["title"], lead, tuple(sections))


def factor_sheet(
    factor: Factor,
    found: Inventory,
    units: UnitSystem,
    *,
    professional: bool,
    first: Refused | None = None,
) -> Sheet:
    """Return everything about one factor.

    Args:
        factor: One of the inventory.
        found: The inventory, for its sources.
        units: Of the numbers.
        professional: With the sources of what is known.
        first: Help or an answer that comes first; then nothing is suggested.
    """
    words = screen_words("factors")
    seen = _seen(factor, units, short=False)
    pain = tuple(visible(group.says) for group in factor.pain)
    sections = (
        Section("", tuple(filter(None, (factor.note, *seen.sentences[1:]))), (), seen.table),
        Section(words["not_known"], (), tuple(missing_observed(factor.observed))),
        Section(words["pain"], (found.pain_note,) if pain else (), pain),
        Section(words["known"], (), tuple(_known(factor, professional=professional))),
        Section(words["article"], (), tuple(_claims(factor))),
        Section(words["ideas"], (), () if first else tuple(_idea(one) for one in factor.ideas)),
        Section(words["sources"], (), tuple(_sources(factor, found)) if professional else ()),
    )
    action = f"{first.says} {first.does}".strip() if first else factor.lead
    return Sheet(factor.title, action, tuple(one for one in sections if one.says_something))


def _seen(factor: Factor, units: UnitSystem, *, short: bool) -> Section:
    words = screen_words("factors")
    there = [one for one in factor.observed if one.value is not None]
    rows = tuple(
        (visible(one.title), observed_value(one, units), _beside(one, short=short)) for one in there
    )
    table = Table(tuple(words["columns"]), rows) if rows else None
    lead = (factor.lead,) if rows else (factor.lead, words["nothing_yet"])
    return Section(factor.title, lead, (), table)


def observed_value(one: Observed, units: UnitSystem) -> str:
    """Return a value that is there with its interval and unit, as tables show it."""
    if not isinstance(one.value, int | float):
        return visible(str(one.value))
    if one.unit == "kg":
        return mass_said(one.value, units)
    if one.how == "told":
        return distance_said(one.value, units) if one.unit == "m" else _counted(one.value, one.unit)
    drift = one.name.endswith(_DRIFT)
    measure = Measure(one.value, one.low, one.high, one.unit, one.grade or "own_trend", "", 1)
    decimals = CATALOGUE[one.name.removesuffix(_DRIFT)].decimals
    shown = number(measure, units, plain=False, decimals=decimals, signed=drift)
    return f"{shown.short} ({shown.interval})" if shown.interval else shown.short


def _counted(value: float, unit: str) -> str:
    """Return a number that was told, with its unit in the singular where that is right."""
    if unit == "1":
        return figure(f"{value:.1%}".replace(".0%", "%"))
    one = value == 1 and unit.endswith("s")
    return f"{figure(f'{value:.3g}')} {term(unit[:-1] if one else unit)}"


def _beside(one: Observed, *, short: bool) -> str:
    if short:
        verdicts = screen_words("factors")["verdicts"]
        return str(verdicts[one.comparison.verdict]) if one.comparison else ""
    says = [one.says]
    says += [part.says for part in (one.comparison, one.norm) if part is not None]
    return visible(" ".join(filter(None, says)))


def missing_observed(observed: Sequence[Observed]) -> Iterator[str]:
    """Yield what is absent, those of one reason together, and what would give it."""
    words = screen_words("factors")
    found: dict[str, list[str]] = {}
    for one in observed:
        if one.value is None:
            why = " ".join(filter(None, (one.reason, one.give)))
            found.setdefault(why, []).append(visible(one.title))
    for why, titles in found.items():
        yield words["missing"].format(titles=", ".join(titles), why=why)


def _known(factor: Factor, *, professional: bool) -> Iterator[str]:
    certainty = screen_words("factors")["certainty"]
    for one in factor.known:
        behind = f"[{one.certainty}; {one.mark}; {', '.join(one.sources)}]"
        yield f"{one.says} {behind if professional else certainty.get(one.certainty, '')}".rstrip()


def _claims(factor: Factor) -> Iterator[str]:
    words = screen_words("factors")
    for one in factor.article:
        yield words["claim"].format(
            topic=one.topic, article=one.article, known=one.known, we_say=one.we_say
        )


def _idea(idea: Idea) -> str:
    words = screen_words("factors")
    if idea.kind is None or len(idea.arms) != 2:
        return idea.says
    if idea.kind == "shoe":  # which of the pairs in the diary is meant, the person says
        return str(words["trial_shoes"].format(says=idea.says))
    a, b = idea.arms
    says: str = words["trial"].format(says=idea.says, kind=idea.kind, a=typed(a), b=typed(b))
    return says


def _sources(factor: Factor, found: Inventory) -> Iterator[str]:
    named = [name for one in factor.known for name in one.sources]
    named += [name for claim in factor.article for name in claim.sources]
    for name in dict.fromkeys(named):
        source = found.sources[name]
        yield " ".join(filter(None, (f"{name}: {source.what}", source.link, f"[{source.mark}]")))
