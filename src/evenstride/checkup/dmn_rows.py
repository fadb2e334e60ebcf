"""Triage rules taken apart into rows: each row is one way to meet a rule (disjunctive form)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, product
from math import inf

from evenstride.checkup.knowledge import Finding, Knowledge, Rule
from evenstride.checkup.logic import Atom, Condition, atoms
from evenstride.model.checkup import Answer

__all__ = ["Cell", "Row", "Span", "rows_of", "used", "word", "words"]


@dataclass(frozen=True, slots=True)
class Span:
    """Numbers from ``low`` up to but without ``high``."""

    low: float = -inf
    high: float = inf


Cell = frozenset[str] | Span
Row = dict[str, Cell]


def used(known: Knowledge) -> tuple[str, ...]:
    """Return the questions that some rule uses, in the order of the questions."""
    names = {atom.finding for rule in known.rules for atom in atoms(rule.when)}
    return tuple(name for name in known.findings if name in names)


def rows_of(known: Knowledge) -> Iterator[tuple[Rule, Row]]:
    """Yield the rows of each rule, without those that another row of the same rule makes needless.

    Rows that rows of other rules cover stay: they carry another reason, and another time.
    """
    for rule in known.rules:
        rows = list(_ways(rule.when, known))
        for i, row in enumerate(rows):
            others = [*rows[:i], *(other for other in rows[i + 1 :] if other != row)]
            if not any(_covers(other, row) for other in others):
                yield rule, row


def _ways(condition: Condition, known: Knowledge) -> Iterator[Row]:
    """Yield the ways to make a condition true: what each question must be answered with."""
    if isinstance(condition, Atom):
        yield {condition.finding: _cell(condition, known.findings[condition.finding])}
        return
    parts = [list(_ways(part, known)) for part in condition.parts]
    for chosen in combinations(parts, condition.n):
        for rows in product(*chosen):
            row = _together(rows)
            if row is not None:
                yield row


def _cell(atom: Atom, finding: Finding) -> Cell:
    if finding.kind == "number":
        if atom.among or atom.not_sure:
            raise ValueError(f"no span of numbers: {atom!r}")
        return Span(
            -inf if atom.at_least is None else atom.at_least,
            inf if atom.below is None else atom.below,
        )
    answers: tuple[Answer, ...] = (True, False) if finding.kind == "bool" else (*finding.values,)
    meant = (answer for answer in (*answers, "not_sure") if atom.judge({finding.id: answer}))
    return frozenset(map(word, meant))


def _together(rows: Iterable[Row]) -> Row | None:
    """Return what meets all rows at once; None if nothing does."""
    both: Row = {}
    for row in rows:
        for name, cell in row.items():
            both[name] = _common(both[name], cell) if name in both else cell
    return None if any(map(_empty, both.values())) else both


def _common(one: Cell, other: Cell) -> Cell:
    if isinstance(one, Span) and isinstance(other, Span):
        return Span(max(one.low, other.low), min(one.high, other.high))
    if isinstance(one, frozenset) and isinstance(other, frozenset):
        return one & other
    raise TypeError("a number and a choice have nothing in common")


def _empty(cell: Cell) -> bool:
    return cell.low >= cell.high if isinstance(cell, Span) else not cell


def _covers(wide: Row, narrow: Row) -> bool:
    """Return whether every answer that meets the narrow row meets the wide one too."""
    return all(
        name in narrow and _common(cell, narrow[name]) == narrow[name]
        for name, cell in wide.items()
    )


def word(answer: Answer) -> str:
    """Return how an answer that is no number is spelt in the table."""
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return str(answer)


def words(finding: Finding) -> tuple[str, ...]:
    """Return the spelling of every answer to a question that is no number."""
    choices = ("no", "yes") if finding.kind == "bool" else tuple(finding.values)
    return (*choices, "not_sure")
