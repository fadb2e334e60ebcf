"""Every triage rule is weakened and widened in every way we know, and some case must notice.

A mutant is *killed* when a stated case gets another level or other days from the whole triage. It
is *covered* when it provably changes nothing: for every smallest set of answers that makes the
original condition true, the mutated rules give the same level and days. More answers can only add
matched rules (there is no negation), so what holds for the smallest sets holds for all. Whatever
is neither *survived*, and shows that a case is missing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from typing import Literal

from evenstride.checkup.knowledge import Knowledge, Rule
from evenstride.checkup.logic import AtLeast, Atom, Condition, atoms
from evenstride.checkup.triage import judge_triage
from evenstride.model.checkup import LEVELS, Answer, Triage
from validation.checkup.cases import Case, outcome

__all__ = ["Mutant", "Verdict", "judge_mutants", "mutants", "smallest_answers", "table"]

STEP = 1
"""The smallest step of every number that a rule compares: years, days, points, minutes."""

Fate = Literal["killed", "covered", "survived"]
Changes = Iterator[tuple[str, Condition]]


@dataclass(frozen=True)
class Mutant:
    """A rule with one change; None is the rule deleted."""

    rule: Rule
    how: str
    changed: Rule | None
    wider: bool = False

    def apply(self, known: Knowledge) -> Knowledge:
        """Return the knowledge with the changed rule."""
        kept = (self.changed if rule.id == self.rule.id else rule for rule in known.rules)
        return replace(known, rules=tuple(rule for rule in kept if rule is not None))


@dataclass(frozen=True)
class Verdict:
    """What became of a mutant, and the rules that cover it."""

    mutant: Mutant
    fate: Fate
    by: frozenset[str] = frozenset()


def mutants(rule: Rule, known: Knowledge) -> Iterator[Mutant]:
    """Yield every mutant of a rule."""
    yield Mutant(rule, "deleted", None)
    lower = LEVELS[LEVELS.index(rule.level) - 1]
    yield Mutant(rule, f"level {lower}", replace(rule, level=lower))
    longer = rule.within_days + 1
    yield Mutant(rule, f"within {longer} days", replace(rule, within_days=longer))
    for how, when in _anywhere(rule.when, _weaker):
        yield Mutant(rule, how, replace(rule, when=when))
    for how, when in _anywhere(rule.when, lambda part: _wider(part, known)):
        yield Mutant(rule, how, replace(rule, when=when), wider=True)


def judge_mutants(known: Knowledge, cases: Sequence[Case]) -> list[Verdict]:
    """Return what became of every mutant of every rule."""
    return [
        _verdict(mutant, known, cases) for rule in known.rules for mutant in mutants(rule, known)
    ]


def smallest_answers(
    condition: Condition, borders: Mapping[str, Iterable[float]]
) -> Iterator[dict[str, Answer]]:
    """Yield every smallest set of answers that makes a condition true.

    Args:
        condition: Without contradictions, or nothing is yielded.
        borders: For each number, where any rule changes its mind: between two of them all numbers
            are alike, so the lower one stands for all.
    """
    if isinstance(condition, Atom):
        for answer in _answers(condition, borders):
            yield {condition.finding: answer}
        return
    for chosen in combinations(condition.parts, condition.n):
        for parts in product(*(tuple(smallest_answers(part, borders)) for part in chosen)):
            merged: dict[str, Answer] = {}
            if all(merged.setdefault(k, v) == v for part in parts for k, v in part.items()):
                yield merged


def table(verdicts: Iterable[Verdict]) -> list[str]:
    """Return one line per rule, and one of sums."""
    by_rule: defaultdict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        by_rule[verdict.mutant.rule.id].append(verdict)
    lines = [
        (
            f"{'rule':28}{'weaker':>7}{'killed':>7}{'cov.':>5}{'left':>5}"
            f"{'wider':>7}{'killed':>7}{'cov.':>5}{'left':>5}  covered by"
        )
    ]
    for name, found in by_rule.items():
        covering = sorted({rule for v in found if not v.mutant.wider for rule in v.by})
        lines.append(f"{name:28}{_counts(found)}  {', '.join(covering)}".rstrip())
    everything = [verdict for found in by_rule.values() for verdict in found]
    return [*lines, f"{'all':28}{_counts(everything)}"]


def _counts(verdicts: Iterable[Verdict]) -> str:
    text = ""
    verdicts = tuple(verdicts)
    for wider in (False, True):
        fates = [verdict.fate for verdict in verdicts if verdict.mutant.wider is wider]
        text += f"{len(fates):7}{fates.count('killed'):7}"
        text += f"{fates.count('covered'):5}{fates.count('survived'):5}"
    return text


# --- what is changed ---------------------------------------------------------------------------


def _anywhere(condition: Condition, change: Callable[[Condition], Changes]) -> Changes:
    """Yield the condition with one change, at any depth."""
    yield from change(condition)
    if isinstance(condition, AtLeast):
        for place, part in enumerate(condition.parts):
            for how, changed in _anywhere(part, change):
                parts = (*condition.parts[:place], changed, *condition.parts[place + 1 :])
                yield how, replace(condition, parts=parts)


def _weaker(part: Condition) -> Changes:
    if isinstance(part, AtLeast):
        if part.n < len(part.parts):
            for place, left_out in enumerate(part.parts):
                yield f"branch {_short(left_out)} dropped", _without(part, place)
            yield f"{part.n + 1} instead of {part.n}", replace(part, n=part.n + 1)
        return
    name = part.finding
    if len(part.among) > 1:
        for value in part.among:
            rest = tuple(other for other in part.among if other != value)
            yield f"{name} no longer {value}", replace(part, among=rest)
    if part.at_least is not None:
        yield f"{name} >= {part.at_least + STEP}", replace(part, at_least=part.at_least + STEP)
    if part.below is not None:
        yield f"{name} < {part.below - STEP}", replace(part, below=part.below - STEP)
    yield f"{_short(part)} never true", Atom(name)


def _wider(part: Condition, known: Knowledge) -> Changes:
    if isinstance(part, AtLeast):
        if 1 < part.n == len(part.parts):
            for place, left_out in enumerate(part.parts):
                less = replace(_without(part, place), n=part.n - 1)
                yield f"conjunct {_short(left_out)} dropped", less
        elif part.n > 1:
            yield f"{part.n - 1} instead of {part.n}", replace(part, n=part.n - 1)
        return
    name = part.finding
    if part.at_least is not None:
        yield f"{name} >= {part.at_least - STEP}", replace(part, at_least=part.at_least - STEP)
    if part.below is not None:
        yield f"{name} < {part.below + STEP}", replace(part, below=part.below + STEP)
    scale = known.findings[name].worry
    lowest = min((scale.index(str(v)) for v in part.among if v in scale), default=0)
    if lowest > 0:
        also = scale[lowest - 1]
        yield f"{name} also {also}", replace(part, among=(*part.among, also))
    if part.among == (True,):
        yield f"{name} also false", replace(part, among=(True, False))


def _without(whole: AtLeast, place: int) -> AtLeast:
    return replace(whole, parts=(*whole.parts[:place], *whole.parts[place + 1 :]))


def _short(condition: Condition) -> str:
    names = list(dict.fromkeys(atom.finding for atom in atoms(condition)))
    return names[0] if len(names) == 1 else f"({', '.join(names)})"


# --- what became of it -------------------------------------------------------------------------


def _verdict(mutant: Mutant, known: Knowledge, cases: Sequence[Case]) -> Verdict:
    changed = mutant.apply(known)
    for case in cases:
        if _differs(mutant, case.answers) and case.stated != _outcome(case.answers, changed):
            return Verdict(mutant, "killed")
    covering: set[str] = set()
    # What a wider rule adds lies in its own condition, what a weaker one loses in the original.
    condition = mutant.changed.when if mutant.wider and mutant.changed else mutant.rule.when
    for answers in smallest_answers(condition, _borders(known, changed)):
        if _differs(mutant, answers):
            now = judge_triage(answers, changed)
            if outcome(now) != _outcome(answers, known):
                return Verdict(mutant, "survived")
            covering |= _covering(now, mutant.rule)
    return Verdict(mutant, "covered", frozenset(covering))


def _differs(mutant: Mutant, answers: Mapping[str, Answer]) -> bool:
    """Return whether the change can make any difference to these answers."""
    before = mutant.rule.when.judge(answers) is True
    if mutant.changed is None or mutant.changed.when == mutant.rule.when:
        return before
    return before is not (mutant.changed.when.judge(answers) is True)


def _outcome(answers: Mapping[str, Answer], known: Knowledge) -> tuple[str, int | None]:
    return outcome(judge_triage(answers, known))


def _covering(triage: Triage, rule: Rule) -> set[str]:
    """Return the other rule that asks for the same; or one for the level and one for the time."""
    others = [match for match in triage.rules if match.id != rule.id]
    level = [match.id for match in others if match.level == triage.level]
    days = [match.id for match in others if match.within_days == triage.within_days]
    both = [name for name in level if name in days]
    return set(both[:1]) or {*level[:1], *days[:1]}


def _borders(*both: Knowledge) -> dict[str, set[float]]:
    """Return, for each number, where a region begins in which all rules think the same."""
    found: defaultdict[str, set[float]] = defaultdict(set)
    for known in both:
        for rule in known.rules:
            for atom in atoms(rule.when):
                finding = known.findings[atom.finding]
                if finding.kind == "number":
                    edges = (finding.low, atom.at_least, atom.below)
                    found[finding.id] |= {
                        edge for edge in edges if edge is not None and edge <= finding.high
                    }
    return dict(found)


def _answers(atom: Atom, borders: Mapping[str, Iterable[float]]) -> Iterator[Answer]:
    if atom.not_sure:
        yield from ("not_sure", True)
    elif atom.among:
        yield from atom.among
    elif atom.at_least is not None or atom.below is not None:
        yield from (
            border for border in sorted(borders[atom.finding]) if atom.judge({atom.finding: border})
        )
