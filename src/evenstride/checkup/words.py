"""Conditions in words, so that a rule can be read without knowing how it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from evenstride.checkup.knowledge import Knowledge
from evenstride.checkup.logic import AtLeast, Atom, Condition

__all__ = ["atom_in_words", "in_words"]


def in_words(
    condition: Condition,
    known: Knowledge,
    each: Callable[[Atom, str], str] = lambda _atom, words: words,
) -> str:
    """Return a condition as a sentence, or as a list with a line for each part.

    Args:
        condition: Of a rule, a feature, a question or a home test.
        known: Says what each answer means.
        each: Gets every comparison and its words, and returns what is written; to add a link.
    """
    return "\n".join(_lines(condition, known, each))


def atom_in_words(atom: Atom, known: Knowledge) -> str:
    """Return one comparison in the words of its question."""
    finding = known.findings[atom.finding]
    if atom.not_sure:
        return f"{_bare(finding.statement(True))}, or this is not sure"
    if atom.at_least is not None:
        return f"{finding.clinical}: at least {_amount(atom.at_least, finding.unit)}"
    if atom.below is not None:
        return f"{finding.clinical}: less than {_amount(atom.below, finding.unit)}"
    return "; or: ".join(_bare(finding.statement(answer)) for answer in atom.among)


def _lines(
    condition: Condition, known: Knowledge, each: Callable[[Atom, str], str]
) -> Iterator[str]:
    if isinstance(condition, Atom):
        yield each(condition, atom_in_words(condition, known))
    elif len(condition.parts) == 1:
        yield from _lines(condition.parts[0], known, each)
    else:
        yield _head(condition)
        for part in condition.parts:
            first, *rest = _lines(part, known, each)
            yield f"- {first}"
            yield from (f"  {line}" for line in rest)


def _head(condition: AtLeast) -> str:
    if condition.n == 1:
        return "Any of:"
    if condition.n == len(condition.parts):
        return "All of:"
    return f"At least {condition.n} of:"


def _amount(number: float, unit: str) -> str:
    return f"{number:g} {unit}".strip()


def _bare(sentence: str) -> str:
    return sentence.removesuffix(".")
