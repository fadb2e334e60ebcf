"""Whether what came out of a damaged file is right: the rules, and what the page shows of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from .damages import DAMAGES, ELSEWHERE, Damage
from .facts import Came, come
from .formats import FORMATS, packed

__all__ = ["Cell", "Outcome", "cell", "faults"]

Outcome = Literal["all data", "what is whole", "one sentence"]

_CLOCK_S = 0.05  # the clock of a shorter recording is repaired from fewer stamps
_BROKEN_ROWS = 0.34
_GROWN = 1.5  # an archive's list and the watch's own file differ; either may be lost
_TECHNICAL = re.compile(
    r"Traceback|Error\b|Exception|NoneType|\bNone\b|\bnan\b|0x[0-9a-f]{6}|<class|object at|"
    r"\b(?:str|int|float|dict|tuple|ndarray|KeyError|codec|utf-8)\b"
)


@dataclass
class Cell:
    """One format under one kind of damage.

    Attributes:
        outcomes: What happened, in the order of ``Outcome``.
        faults: What was wrong, each with the number of its case.
        cases: How many files were read.
    """

    outcomes: set[Outcome] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    cases: int = 0


@cache
def clean(name: str) -> Came:
    """Return what a format holds."""
    return come(packed(FORMATS[name].clean()))


@cache
def known(name: str) -> Came:
    """Return all facts of a format, also those that come when some of its files are lost."""
    files, both = dict(FORMATS[name].clean()), Came()
    some = [files]
    if len(files) > 1:
        some += [{p: d for p, d in files.items() if p != lost} for lost in files]
        some += [{path: data} for path, data in files.items()]
    for these in some:
        came = come(packed(these))
        both.facts |= came.facts
        both.said += came.said
        both.words += came.words
        for fact, times in came.times.items():
            both.times.setdefault(fact, []).extend(times)
        for amount, value in came.amounts.items():
            both.amounts[amount] = max(value, both.amounts.get(amount, value))
    return both


@cache
def cell(name: str, kind: str) -> Cell:
    """Read every damaged file of a kind and judge what came."""
    damage, result = DAMAGES[kind], Cell()
    for number, data in enumerate(damage.cases(FORMATS[name])):
        came = come(data)
        outcome = _outcome(came, clean(name))
        result.cases += 1
        result.outcomes.add(outcome)
        found = faults(came, known(name), damage)
        result.faults += [f"case {number}: {fault}" for fault in found]
        if damage.whole and outcome != "all data":
            result.faults.append(f"case {number}: {outcome}, {came.said[:3]}")
    return result


def _outcome(came: Came, right: Came) -> Outcome:
    if came.facts.keys() >= right.facts.keys():
        return "all data"
    return "what is whole" if came.facts else "one sentence"


def faults(came: Came, right: Came, damage: Damage) -> Iterator[str]:
    """Yield what is wrong with what came."""
    if not came.facts and not came.said:
        yield "nothing came and nothing was said"
    yield from _sentences(came, right)
    if any(ELSEWHERE in word for word in came.words + came.said):
        yield "another file was fetched"
    if damage.rule == "sane":
        return
    strange = [fact for fact in came.facts if fact not in right.facts]
    if damage.rule == "near":
        rows = len(came.facts)
        if len(strange) > _BROKEN_ROWS * max(len(right.facts), 1) and not came.said:
            yield f"{len(strange)} of {rows} facts are new and nothing is said: {strange[:2]}"
        return
    # Nothing tells that the last number of a table has lost its last digits.
    if len(strange) > (damage.title == DAMAGES["truncated"].title):
        yield f"{len(strange)} facts were never there: {strange[:3]}"
    yield from _clocks(came, right)
    for name, value in came.amounts.items():
        if value > _GROWN * right.amounts.get(name, float("inf")) + 1e-6:
            yield f"{name} grew to {value}"


def _clocks(came: Came, right: Came) -> Iterator[str]:
    """Yield the motion samples that moved in time."""
    for fact, times in came.times.items():
        true = right.times.get(fact, [])
        if true and min(abs(times[0] - at) for at in true) > _CLOCK_S:
            yield f"{fact} was at {true} and came at {times}"
            return


def _sentences(came: Came, right: Came) -> Iterator[str]:
    """Yield what is said in words that nobody outside a computer uses."""
    if came.error is not None and not came.error.sentence.endswith((".", "?", "!")):
        yield f"no sentence: {came.error}"
    for said in came.said:
        what, _, reason = said.partition(": ")
        if not said.strip() or (not reason.strip() and not what.endswith((".", "?"))):
            yield f"no reason: {said!r}"
        if _TECHNICAL.search(reason or what) and said not in right.said:
            yield f"technical words: {said}"
