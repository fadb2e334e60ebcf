"""Which question is worth asking next, and when none is.

A question is worth asking while the questions that are left, taken together, could still change
what the person is told: how soon to get help, which causes are shown, how strongly the answers
point to them, and whether they fit. Of those, the one that is expected to move the causes most
comes first.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from evenstride.checkup.knowledge import Cause, Finding, HomeTest, Knowledge
from evenstride.checkup.logic import Atom, Condition, atoms
from evenstride.checkup.patterns import (
    POINTS_STRONGLY_TO,
    age_band,
    band_of,
    capped,
    evidence,
    log_ratio,
    worth_showing,
)
from evenstride.checkup.triage import applies, judge_triage
from evenstride.model.checkup import LEVELS, Answer

__all__ = ["best_question", "possible_answers", "useful_tests"]

_WORTH_A_TEST = 1.25
"""A movement is only asked for if it is expected to move some cause by this factor."""


def best_question(answers: Mapping[str, Answer], passed: set[str], known: Knowledge) -> str | None:
    """Return the question to ask next, or None if no question can change the answer.

    Args:
        answers: So far, with every safety question answered.
        passed: Questions that the person left out.
        known: The knowledge.
    """
    left = {
        name
        for name, finding in known.findings.items()
        if finding.tier in ("2", "3")
        and name not in answers
        and name not in passed
        and applies(name, answers, known)
    }
    undecided = [cause for cause in known.causes if _open(cause, answers, left, known)]
    pressing = _pressing(answers, left, known)
    in_order = [name for name in known.findings if name in left]  # a set has another every time
    worth = {name: _worth(name, answers, undecided, known) for name in in_order}
    worth = {name: value for name, value in worth.items() if value > 0 or name in pressing}
    # Questions about how soon to get help come first; the order of the file settles equal ones.
    return max(worth, key=lambda name: (name in pressing, worth[name]), default=None)


def useful_tests(answers: Mapping[str, Answer], known: Knowledge) -> Iterator[HomeTest]:
    """Yield the home tests that may be tried now and could change the answer.

    A test is not offered if what forbids it is true or not known.
    """
    for test in known.home_tests:
        allowed = test.not_if is None or test.not_if.judge(answers) is False
        if allowed and test.id not in answers:
            undecided = [c for c in known.causes if _open(c, answers, {test.id}, known)]
            if _worth(test.id, answers, undecided, known) >= math.log(_WORTH_A_TEST):
                yield test


def possible_answers(finding: Finding, known: Knowledge) -> tuple[Answer, ...]:
    """Return an answer of each kind that some rule or cause tells from the others."""
    if finding.kind == "bool":
        return (True, False)
    if finding.kind == "enum":
        return tuple(value for value in finding.values if value not in finding.unknown)
    conditions: list[Condition] = [rule.when for rule in known.rules]
    conditions += [feature.when for cause in known.causes for feature in cause.features]
    borders = {
        border
        for condition in conditions
        for atom in atoms(condition)
        if atom.finding == finding.id
        for border in (atom.at_least, atom.below)
        if border is not None
    }
    return (finding.low, *sorted(borders))


def _pressing(answers: Mapping[str, Answer], left: set[str], known: Knowledge) -> set[str]:
    """Return the questions that could ask for help sooner than what is known now."""
    now = judge_triage(answers, known)
    reached = (LEVELS.index(now.level), -(now.within_days or 0))
    # What will not be asked again counts as no: the rest decides whether a rule can still match.
    settled = {**dict.fromkeys(known.findings, "not_sure"), **answers}
    for name in left:
        del settled[name]
    return {
        atom.finding
        for rule in known.rules
        if (LEVELS.index(rule.level), -rule.within_days) > reached
        and _can_still_match(rule.when, settled)
        for atom in atoms(rule.when)
        if atom.finding in left
    }


def _can_still_match(condition: Condition, answers: Mapping[str, Answer]) -> bool:
    """Return whether some answers to what is left would make a condition true."""
    if isinstance(condition, Atom):
        return condition.finding not in answers or condition.judge(answers) is True
    return sum(_can_still_match(part, answers) for part in condition.parts) >= condition.n


def _open(cause: Cause, answers: Mapping[str, Answer], left: set[str], known: Knowledge) -> bool:
    """Return whether the questions left could change what a person is told about a cause.

    That is: whether it is shown at all, whether strongly, and whether it fits.
    """
    engine, prior = known.engine, cause.prior[age_band(answers, known.engine)]
    told = [
        (
            worth_showing(band, lift := math.exp(moved)),
            lift >= POINTS_STRONGLY_TO,
            band in ("fits", "fits_well") and band,
        )
        for moved in _reach(cause, answers, left, known)
        for band in (band_of(prior, moved, engine, cause.max_band),)
    ]
    return told[0] != told[1]


def _reach(
    cause: Cause, answers: Mapping[str, Answer], left: set[str], known: Knowledge
) -> tuple[float, float]:
    """Return the evidence at worst and at best, over all answers to the questions left.

    Each feature takes its own most and least favourable ratio, so that two features of one
    question may take ratios that cannot go together: the span is rather too wide than too narrow.
    """
    told: list[tuple[str, float]] = []
    worst: list[tuple[str, float]] = []
    best: list[tuple[str, float]] = []
    for feature in cause.features:
        value = log_ratio(feature, answers, known.engine)
        if value is not None:
            told.append((feature.group, value))
        elif feature.finding in left and feature.finding not in known.engine.disabled:
            either = [capped(ratio, known.engine) for ratio in (feature.lr_pos, feature.lr_neg)]
            worst.append((feature.group, min(0.0, *either)))
            best.append((feature.group, max(0.0, *either)))
    tau = known.engine.tau
    return tau * evidence(told + worst), tau * evidence(told + best)


def _worth(
    name: str, answers: Mapping[str, Answer], undecided: list[Cause], known: Knowledge
) -> float:
    """Return how far the answers to a question move the undecided causes on average."""
    concerned = [c for c in undecided if any(f.finding == name for f in c.features)]
    if not concerned:
        return 0.0
    choices = possible_answers(known.findings[name], known)
    return sum(
        abs(_moved(cause, {**answers, name: choice}, known) - _moved(cause, answers, known))
        for cause in concerned
        for choice in choices
    ) / len(choices)


def _moved(cause: Cause, answers: Mapping[str, Answer], known: Knowledge) -> float:
    values = ((f.group, log_ratio(f, answers, known.engine)) for f in cause.features)
    told = ((group, value) for group, value in values if value is not None)
    return known.engine.tau * evidence(told)
