"""Questionnaires: totals, and the change that matters.

Each questionnaire is one file in ``knowledge/instruments`` with its licence, its range and a mark
of honesty on every fact. Only questions in our own words have texts; the others bring their
answers or totals from elsewhere. What is not known is None with a reason, never zero.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from numbers import Real
from types import MappingProxyType
from typing import Any, Literal

from evenstride.errors import AnswerError
from evenstride.model.checkup import Mark

__all__ = [
    "BandCut",
    "Change",
    "ChangeThatMatters",
    "Choice",
    "Direction",
    "Instrument",
    "Item",
    "Licence",
    "Score",
    "Span",
    "Weak",
    "compare",
    "imported",
    "instruments",
    "score",
]

Direction = Literal["better", "worse", "same"]

Redistributable = Literal["ours", "attribution", "not_shipped"]
"""Texts in our words; may be passed on with the source named; scores only."""

_ROUNDING = 1e-9  # 2.3 - 2.1 is a little less than 0.2 in binary
_MARKED: Mapping[Mark, str] = MappingProxyType(
    {"verified": "", "recalled": " (recalled, to be checked)", "estimate": " (our estimate)"}
)


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


@lru_cache(maxsize=1)
def instruments() -> Mapping[str, Instrument]:
    """Return every questionnaire by its id, in the order of the ids."""
    import yaml  # slow to import, and only needed here

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    folder = files("evenstride") / "knowledge" / "instruments"
    texts = [f.read_text(encoding="utf-8") for f in folder.iterdir() if f.name.endswith(".yaml")]
    loaded = (_instrument(yaml.load(text, Loader=loader)) for text in texts)  # noqa: S506 - safe
    return MappingProxyType({one.id: one for one in sorted(loaded, key=lambda one: one.id)})


def _instrument(data: Mapping[str, Any]) -> Instrument:
    scoring, missing = data["scoring"], data["missing"]
    change, weak, span = data["change"], data["weak"], data["range"]
    words = ("rule", "mark", "note")
    return Instrument(
        id=data["id"],
        name=data["name"],
        clinical=data["clinical"],
        measures=data["measures"],
        licence=Licence(**data["licence"]),
        source=data["source"]["text"],
        doi=data["source"]["doi"],
        source_mark=data["source"]["mark"],
        reviewed_by=tuple(data["reviewed_by"]),
        span=Span(**span) if span else None,
        rule=scoring["rule"],
        settings=MappingProxyType({k: v for k, v in scoring.items() if k not in words}),
        rule_mark=scoring["mark"],
        rule_note=scoring.get("note", ""),
        items=_items(data["items"]),
        most_missing=missing["most"],
        when_missing=missing["then"],
        missing_mark=missing["mark"],
        change=ChangeThatMatters(**{"absolute_up_to": None, **change}) if change else None,
        weak=Weak(**weak) if weak else None,
        bands=tuple(BandCut(**{"above": None, "at_least": None, **b}) for b in data["bands"]),
        open=tuple(data["open"]),
    )


def _items(data: Any) -> tuple[Item, ...]:
    if isinstance(data, Mapping):
        return tuple(Item(str(n), data["kind"]) for n in range(1, data["count"] + 1))
    return tuple(_item(one) for one in data)


def _item(data: Mapping[str, Any]) -> Item:
    choices = tuple(Choice(name, **one) for name, one in data.get("choices", {}).items())
    return Item(**{**data, "choices": choices})


def score(instrument_id: str, answers: Mapping[str | int, Any] | Sequence[Any]) -> Score:
    """Return the result of a questionnaire from its answers.

    Args:
        instrument_id: Its id in the knowledge files.
        answers: By item id or number (from 1), or a list of all answers in order. None and
            "not_sure" are missing, and so is what is not there.

    Raises:
        AnswerError: If the questionnaire or an item does not exist, or an answer is of the wrong
            kind or out of range.
    """
    instrument = _known(instrument_id)
    if not instrument.items:
        raise AnswerError(
            instrument.id,
            f"The questions of {instrument.clinical} may not be passed on with evenstride.",
            "Fill it in elsewhere and give the total.",
        )
    given = _points(instrument, _by_item(instrument, answers))
    answered = tuple(item.id for item in instrument.items if item.id in given)
    missing = tuple(item.id for item in instrument.items if item.id not in given)
    value, band, reason = _RULES[instrument.rule](instrument, given)
    if value is not None and not reason and instrument.bands:
        band = band or _band(instrument, value)
    return Score(
        instrument.id, value, band, answered, missing, reason, _notes(instrument, value, missing)
    )


def imported(instrument_id: str, total: float | str | None) -> Score:
    """Return the result of a questionnaire that was worked out elsewhere.

    Args:
        instrument_id: Its id in the knowledge files.
        total: The total, or the id of a band where only that is known; None if it is absent.

    Raises:
        AnswerError: If the questionnaire does not exist, or it cannot have this total.
    """
    instrument = _known(instrument_id)
    if total is None:
        return Score(instrument.id, None, None, (), (), "There is no total.", ())
    if isinstance(total, str):
        bands = tuple(band.id for band in instrument.bands)
        if total not in bands:
            hint = f"Give one of: {', '.join(bands)}." if bands else "Give a number."
            raise AnswerError(instrument.id, _not_taken(instrument.clinical, total), hint)
        reason = "Only the result is known, not the total."
        return Score(instrument.id, None, total, (), (), reason, _notes(instrument, None, ()))
    span = instrument.span
    if span is None:
        raise AnswerError(
            instrument.id,
            f"{instrument.clinical} has no total.",
            "Give its answers, or one of: " + ", ".join(b.id for b in instrument.bands) + ".",
        )
    value = _number(instrument.id, instrument.clinical, total, span)
    band, reason = _imported_band(instrument, value)
    return Score(instrument.id, value, band, (), (), reason, _notes(instrument, value, ()))


def compare(before: Score, after: Score) -> Change:
    """Return what happened between two results of one questionnaire.

    A change matters from the absolute number of points on, or from the share of the first total
    on, whichever is met. Where the scale is weak, a share alone or too small a change decides
    nothing.

    Raises:
        AnswerError: If the two belong to different questionnaires.
    """
    if before.instrument != after.instrument:
        raise AnswerError(
            after.instrument,
            f"{before.instrument} and {after.instrument} cannot be compared.",
            "Compare two results of the same questionnaire.",
        )
    instrument = _known(before.instrument)
    for when, one in (("earlier", before), ("later", after)):
        if one.value is None or instrument.span is None:
            return Change(None, None, None, f"There is no {when} total. {one.reason}".rstrip())
    first, amount = float(before.value or 0.0), _difference(before, after)
    direction = _direction(instrument, amount)
    if set(before.missing) != set(after.missing):
        return Change(amount, None, direction, "The two totals rest on different questions.")
    important, why = _important(instrument, first, first + amount, amount)
    return Change(amount, important, direction, why)


def _difference(before: Score, after: Score) -> float:
    return round(float(after.value or 0.0) - float(before.value or 0.0), 9) + 0.0  # no minus zero


def _direction(instrument: Instrument, amount: float) -> Direction:
    if amount == 0:
        return "same"
    lower_is_better = instrument.span is not None and instrument.span.better == "lower"
    return "better" if (amount < 0) == lower_is_better else "worse"


def _important(
    instrument: Instrument, first: float, last: float, amount: float
) -> tuple[bool | None, str]:
    """Whether a change matters, and by which rule."""
    rule, weak = instrument.change, instrument.weak
    if rule is None:
        return None, "We do not know which change matters on this scale."
    size = abs(amount) + _ROUNDING
    said = _said(instrument, rule, amount)
    if rule.absolute is not None and size >= (rule.absolute_up_to or rule.absolute):
        points = rule.absolute_up_to or rule.absolute
        return True, f"The change is {abs(amount):g}; {points:g} points or more matter.{said}"
    if rule.absolute_up_to is not None and rule.absolute is not None and size >= rule.absolute:
        between = f"{rule.absolute:g} and {rule.absolute_up_to:g} points"
        return None, f"The change lies between {between}, where studies differ.{said}"
    by_share = rule.relative is not None and first > 0 and size >= rule.relative * first
    if by_share and not (weak and weak.holds(first)):
        share = f"{100 * (rule.relative or 0):g} % of the first total or more"
        return True, f"The change is {100 * abs(amount) / first:.0f} %; {share} matters.{said}"
    if weak and (weak.holds(first) or weak.holds(last)):
        return None, f"{weak.note}{_MARKED[weak.mark]} So this change cannot be judged."
    if amount and rule.absolute is None and first <= 0:
        return None, f"From a first total of 0 no share can be worked out.{said}"
    return False, f"The change is smaller than {_threshold(rule, first)}.{said}"


def _said(instrument: Instrument, rule: ChangeThatMatters, amount: float) -> str:
    """Where a rule comes from, to follow a sentence."""
    worse = _direction(instrument, amount) == "worse"
    parts = [
        f"{rule.source}{_MARKED[rule.mark]}.",
        rule.note,
        "That it holds for getting worse too is our estimate." if worse else "",
    ]
    return "".join(f" {part}" for part in parts if part)


def _threshold(rule: ChangeThatMatters, first: float) -> str:
    points = [] if rule.absolute is None else [f"{rule.absolute:g} points"]
    by_share = rule.relative is not None and (first > 0 or not points)
    share = [f"{100 * (rule.relative or 0):g} % of the first total"] if by_share else []
    return " and ".join(points + share)


def _known(instrument_id: object) -> Instrument:
    found = instruments().get(instrument_id) if isinstance(instrument_id, str) else None
    if found is None:
        hint = f"Known are: {', '.join(instruments())}."
        raise AnswerError(_shown(instrument_id), "There is no such questionnaire.", hint)
    return found


def _by_item(instrument: Instrument, answers: Any) -> dict[str, Any]:
    """Answers by item id; items without an answer are left out."""
    if isinstance(answers, Mapping):
        pairs = [(_item_id(instrument, key), answer) for key, answer in answers.items()]
    elif isinstance(answers, Sequence) and not isinstance(answers, str | bytes):
        if len(answers) != len(instrument.items):
            raise AnswerError(
                instrument.id,
                f"{instrument.clinical} needs a list of {len(instrument.items)} answers.",
                "Put null where an answer is missing.",
            )
        pairs = [(item.id, one) for item, one in zip(instrument.items, answers, strict=True)]
    else:
        hint = "Give a list, or a table with one answer for each question."
        raise AnswerError(instrument.id, _not_taken(instrument.clinical, answers), hint)
    given: dict[str, Any] = {}
    for name, answer in pairs:
        if name in given:
            raise AnswerError(f"{instrument.id}.{name}", f"Question {name} is answered twice.")
        given[name] = answer
    return {
        name: one
        for name, one in given.items()
        if one is not None and not (isinstance(one, str) and one == "not_sure")
    }


def _item_id(instrument: Instrument, key: Any) -> str:
    names = [item.id for item in instrument.items]
    if isinstance(key, str) and key in names:
        return key
    digits = isinstance(key, str) and key.isascii() and key.isdigit() and len(key) <= 3
    number = int(key) if digits else key
    if isinstance(number, int) and not isinstance(number, bool) and 1 <= number <= len(names):
        return names[number - 1]
    raise AnswerError(
        f"{instrument.id}.{_shown(key)}",
        f"{instrument.clinical} has no question {_shown(key)}.",
        f"Its questions are: {', '.join(names)}.",
    )


def _points(instrument: Instrument, answers: Mapping[str, Any]) -> dict[str, float]:
    """Points of each answer, by item id; a true answer gives one."""
    items = {item.id: item for item in instrument.items}
    return {name: _point(instrument, items[name], one) for name, one in answers.items()}


def _point(instrument: Instrument, item: Item, answer: Any) -> float:
    finding = f"{instrument.id}.{item.id}"
    question = f"Question {item.id} of {instrument.clinical}"
    if item.kind == "truth":
        if not isinstance(answer, bool):
            raise AnswerError(finding, _not_taken(question, answer), "Answer true or false.")
        return float(answer)
    if item.kind == "choice":
        points = {choice.id: choice.points for choice in item.choices}
        if not isinstance(answer, str) or answer not in points:
            hint = f"Answer one of: {', '.join(points)}."
            raise AnswerError(finding, _not_taken(question, answer), hint)
        return points[answer]
    return _number(finding, question, answer, item)


def _number(finding: str, what: str, answer: Any, span: Span | Item) -> float:
    """Return a number within a span; never a truth value, never infinite."""
    kind = "a whole number" if span.whole else "a number"
    where = "" if span.low is None else f" from {span.low:g} to {span.high:g}"
    try:
        number = float(answer) if isinstance(answer, Real) else math.nan
    except OverflowError:
        number = math.inf
    low = -math.inf if span.low is None else span.low
    high = math.inf if span.high is None else span.high
    fits = math.isfinite(number) and low <= number <= high
    if isinstance(answer, bool) or not fits or (span.whole and number != int(number)):
        raise AnswerError(finding, _not_taken(what, answer), f"Give {kind}{where}.")
    return number + 0.0  # no minus zero


def _not_taken(what: str, answer: Any) -> str:
    return f"{what} does not take {_shown(answer)} as an answer."


def _shown(typed: Any) -> str:
    """What was typed, if it can be shown in a sentence, else of which kind it is."""
    endless = isinstance(typed, int) and typed.bit_length() > 100  # too many digits to print
    text = str(typed) if isinstance(typed, str | int | float) and not endless else ""
    if 0 < len(text) <= 40 and text.isprintable():
        return text
    return f"something of the kind {type(typed).__name__}"


def _band(instrument: Instrument, value: float) -> str:
    return [band.id for band in instrument.bands if band.holds(value)][-1]


def _imported_band(instrument: Instrument, value: float) -> tuple[str | None, str]:
    """Band of a total that came alone, and why there is none."""
    if instrument.rule == "start_back":
        _, band, reason = _start_back(instrument, {"total": value})
        return band, reason
    return (_band(instrument, value) if instrument.bands else None), ""


def _notes(
    instrument: Instrument, value: float | None, missing: tuple[str, ...]
) -> tuple[str, ...]:
    notes: list[str] = []
    if instrument.rule_mark != "verified":
        notes.append(f"How this is scored is not verified{_MARKED[instrument.rule_mark]}.")
    if value is not None and instrument.weak and instrument.weak.holds(value):
        notes.append(instrument.weak.note)
    if value is not None and missing and instrument.when_missing == "mean_of_answered":
        notes.append(f"{len(missing)} of {len(instrument.items)} answers are missing.")
    return tuple(notes)


_Outcome = tuple[float | None, str | None, str]
"""Total, band if the rule gives one, and why one of them is absent."""


def _too_few(instrument: Instrument, points: Mapping[str, float]) -> str:
    """Why there is no total with these answers, or nothing."""
    gaps = len(instrument.items) - len(points)
    if not points:
        return "There is no answer yet."
    if gaps <= instrument.most_missing:
        return ""
    return f"{gaps} of {len(instrument.items)} answers are missing, so there is no total."


def _mean(instrument: Instrument, points: Mapping[str, float]) -> _Outcome:
    reason = _too_few(instrument, points)
    return (None, None, reason) if reason else (math.fsum(points.values()) / len(points), None, "")


def _total(instrument: Instrument, points: Mapping[str, float]) -> _Outcome:
    reason = _too_few(instrument, points)
    return (None, None, reason) if reason else (math.fsum(points.values()), None, "")


def _sshq(instrument: Instrument, points: Mapping[str, float]) -> _Outcome:
    """Positive if all of the first block are true, or some of both blocks (Konno 2007).

    The rule only ever rises with a true answer, so it is decided as soon as filling every gap
    with false and filling every gap with true agree.
    """
    names = [item.id for item in instrument.items]
    at_least = _sshq_positive(instrument, [points.get(name, 0.0) for name in names])
    at_most = _sshq_positive(instrument, [points.get(name, 1.0) for name in names])
    if at_least != at_most:
        return None, None, "The missing answers could change the result, so there is none."
    only = "This questionnaire gives a result, but no total."
    return None, "positive" if at_least else "negative", only


def _sshq_positive(instrument: Instrument, points: Sequence[float]) -> bool:
    rule = instrument.settings
    first, rest = sum(points[: int(rule["first"])]), sum(points[int(rule["first"]) :])
    some = first >= rule["some_of_first"] and rest >= rule["some_of_rest"]
    return first >= rule["all_of_first"] or some


def _start_back(instrument: Instrument, points: Mapping[str, float]) -> _Outcome:
    """Low, medium or high from the total and its psychological part."""
    total, psych, rule = points.get("total"), points.get("psych"), instrument.settings
    if total is None:
        return None, None, "The total is missing."
    if psych is not None and psych > total:
        raise AnswerError(
            f"{instrument.id}.psych",
            "The psychological part cannot be more than the total.",
            "Check both numbers.",
        )
    if total < rule["medium_from_total"]:
        return total, "low", ""
    if psych is None:
        return total, None, "Without the psychological part, medium and high cannot be told apart."
    return total, "high" if psych >= rule["high_from_psych"] else "medium", ""


_RULES: Mapping[str, Callable[[Instrument, Mapping[str, float]], _Outcome]] = MappingProxyType(
    {
        "single": _total,
        "mean": _mean,
        "count_of_yes": _total,
        "sshq": _sshq,
        "start_back": _start_back,
    }
)
"""The closed set of scoring rules; "imported_only" has none."""
