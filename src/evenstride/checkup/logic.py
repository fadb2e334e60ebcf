"""Conditions over answers, in three-valued logic.

A condition is true, false, or None: not known (Kleene's strong logic). There is no negation, so a
further worrying answer can only turn conditions true, never false; and what is not known never
makes a condition true.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from evenstride.model.checkup import Answer

__all__ = ["AtLeast", "Atom", "Condition", "atoms", "parse"]


@dataclass(frozen=True, slots=True)
class Atom:
    """One answer compared with what a rule asks for. Exactly one comparison is set.

    Attributes:
        finding: Id of the question.
        among: True if the answer is one of these.
        at_least: True if the number is this or more.
        below: True if the number is less than this.
        not_sure: True if the answer is "not_sure", or true: a yes is never worth less.
        unknown: Values of this question that say nothing, such as "unknown".
    """

    finding: str
    among: tuple[Answer, ...] = ()
    at_least: float | None = None
    below: float | None = None
    not_sure: bool = False
    unknown: tuple[str, ...] = ()

    def judge(self, answers: Mapping[str, Answer]) -> bool | None:
        """Return whether the answers match; None if they do not tell."""
        answer = answers.get(self.finding)
        if answer is None:
            return None
        if self.not_sure:
            return answer in ("not_sure", True)
        if answer == "not_sure" or answer in self.unknown:
            return None
        if self.among:
            return answer in self.among
        if isinstance(answer, str):
            return None
        if self.at_least is not None:
            return answer >= self.at_least
        return self.below is not None and answer < self.below


@dataclass(frozen=True, slots=True)
class AtLeast:
    """True if at least ``n`` parts are: one part for "any", every part for "all"."""

    n: int
    parts: tuple[Condition, ...]

    def judge(self, answers: Mapping[str, Answer]) -> bool | None:
        """Return whether the answers match; None if they do not tell."""
        wanted, possible = self.n, len(self.parts)
        for part in self.parts:
            found = part.judge(answers)
            if found is True:
                wanted -= 1
                if wanted == 0:
                    return True
            elif found is False:
                possible -= 1
                if possible < self.n:
                    return False
        return None


Condition = Atom | AtLeast


def parse(
    data: Mapping[str, Any], unknown: Mapping[str, tuple[str, ...]] | None = None
) -> Condition:
    """Return the condition that a knowledge file spells out.

    Args:
        data: ``{all: [...]}``, ``{any: [...]}``, ``{at_least: {n, of}}``, or an atom: ``f`` with
            one of ``is``, ``in``, ``gte``, ``lt``, ``not_sure``.
        unknown: For each question, the values that say nothing.

    Raises:
        ValueError: If it is none of these.
    """
    match data:
        case {"all": parts}:
            return AtLeast(len(parts), tuple(parse(part, unknown) for part in parts))
        case {"any": parts}:
            return AtLeast(1, tuple(parse(part, unknown) for part in parts))
        case {"at_least": {"n": n, "of": parts}}:
            return AtLeast(n, tuple(parse(part, unknown) for part in parts))
        case {"f": finding}:
            return _atom(finding, data, (unknown or {}).get(finding, ()))
    raise ValueError(f"no condition: {data!r}")


def _atom(finding: str, data: Mapping[str, Any], unknown: tuple[str, ...]) -> Atom:
    match data:
        case {"is": value}:
            return Atom(finding, among=(value,), unknown=unknown)
        case {"in": values}:
            return Atom(finding, among=tuple(values), unknown=unknown)
        case {"gte": bound}:
            return Atom(finding, at_least=bound, unknown=unknown)
        case {"lt": bound}:
            return Atom(finding, below=bound, unknown=unknown)
        case {"not_sure": True}:
            return Atom(finding, not_sure=True, unknown=unknown)
    raise ValueError(f"nothing to compare with: {data!r}")


def atoms(condition: Condition) -> Iterator[Atom]:
    """Yield every comparison of a condition."""
    if isinstance(condition, Atom):
        yield condition
    else:
        for part in condition.parts:
            yield from atoms(part)
