"""Everything that is measured about the check-up, as plain values."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from statistics import fmean, median
from typing import Any

from evenstride.checkup.answers import checked
from evenstride.checkup.judge import judge
from evenstride.checkup.knowledge import Knowledge, documents, knowledge
from evenstride.checkup.patterns import BANDS
from evenstride.checkup.triage import judge_triage
from evenstride.model.checkup import LEVELS, Answer, CheckUp, Pattern
from validation.checkup.cases import ORDINARY, Vignette, outcome, stated_cases, vignettes
from validation.checkup.laws import (
    document_faults,
    order_faults,
    pattern_faults,
    some,
    triage_by_hand,
    triage_faults,
    unknown_faults,
)
from validation.checkup.mutation import judge_mutants, table
from validation.checkup.people import (
    Walked,
    all_answers,
    ordinary_person,
    random_answers,
    random_person,
    walk_through,
)

__all__ = [
    "DROPPED",
    "TAUS",
    "dropout",
    "has_specific_cause",
    "interview",
    "judged_vignettes",
    "laws",
    "measure",
    "over_triaged",
    "right_in_top",
    "specific_lift",
    "stability",
    "under_triaged",
    "with_priors",
    "with_tau",
]

TODAY = ("urgent_same_day", "emergency_now")
DROPPED = (0.0, 0.1, 0.3, 0.5)
TAUS = (0.4, 0.6, 0.8, 1.0)
TOP = 3

Result = dict[str, Any]


def measure(cases: int = 100_000, people: int = 400, draws: int = 2000, calls: int = 500) -> Result:
    """Return all figures.

    Args:
        cases: Random answer sets for the laws.
        people: Simulated people who go through the interview, of each sort.
        draws: Times that answers are dropped, per development case and share.
        calls: Check-ups that are timed.
    """
    known = knowledge()
    return {
        "knowledge": {"version": known.version, "hash": known.hash},
        "vignettes": judged_vignettes(known),
        "dropout": dropout(known, draws),
        "stability": stability(known),
        "laws": laws(known, cases),
        "mutation": mutation(known),
        "interview": interview(known, people),
        "speed": speed(known, calls),
    }


# --- development cases -------------------------------------------------------------------------


def under_triaged(vignette: Vignette, level: str) -> bool:
    """Return whether a level is below every one that is accepted."""
    return LEVELS.index(level) < min(LEVELS.index(name) for name in vignette.levels)


def over_triaged(vignette: Vignette, level: str) -> bool:
    """Return whether a level is above every one that is accepted."""
    return LEVELS.index(level) > max(LEVELS.index(name) for name in vignette.levels)


def has_specific_cause(vignette: Vignette, known: Knowledge) -> bool:
    """Return whether the cause is in our list, is specific, and may be shown."""
    ids = {cause.id for cause in known.causes} - ORDINARY
    return vignette.diagnosis in ids and vignette.label not in TODAY


def right_in_top(vignette: Vignette, patterns: Sequence[Pattern], top: int = TOP) -> bool:
    """Return whether an accepted specific cause is among the first by lift, and lifted at all."""
    first = {pattern.id for pattern in patterns[:top] if pattern.lift > 1}
    return bool(first & (vignette.causes - ORDINARY))


def specific_lift(patterns: Sequence[Pattern]) -> float:
    """Return the largest lift of a specific cause."""
    return max((p.lift for p in patterns if p.id not in ORDINARY), default=1.0)


def judged_vignettes(known: Knowledge) -> Result:
    """Return what the check-up says to every development case."""
    rows = []
    for vignette in vignettes():
        found = _judged(vignette.answers, known)
        ordinary = vignette.diagnosis in ORDINARY
        rows.append(
            {
                "id": vignette.id,
                "label": vignette.label,
                "level": found.triage.level,
                "under": under_triaged(vignette, found.triage.level),
                "over": over_triaged(vignette, found.triage.level),
                "above_label": LEVELS.index(found.triage.level) > LEVELS.index(vignette.label),
                "diagnosis": vignette.diagnosis,
                "right": right_in_top(vignette, found.patterns)
                if has_specific_cause(vignette, known)
                else None,
                "first": right_in_top(vignette, found.patterns, 1)
                if has_specific_cause(vignette, known)
                else None,
                "ordinary_lift": specific_lift(found.patterns) if ordinary else None,
                "top": [[p.id, round(p.lift, 2), p.band] for p in found.patterns[:TOP]],
            }
        )
    return {"rows": rows}


def dropout(known: Knowledge, draws: int, seed: int = 1) -> list[Result]:
    """Return how often urgent and emergency cases are missed when answers are missing."""
    rng = random.Random(seed)  # noqa: S311 - simulation
    pressing = [v for v in vignettes() if v.label in TODAY]
    rows = []
    for share in DROPPED:
        missed = lower = total = 0
        for vignette in pressing:
            for _ in range(draws if share else 1):
                kept = {k: a for k, a in vignette.answers.items() if rng.random() >= share}
                level = judge_triage(kept, known).level
                missed += under_triaged(vignette, level)
                lower += level not in TODAY
                total += 1
        rows.append(
            {"share": share, "draws": total, "missed": missed / total, "not_today": lower / total}
        )
    return rows


def with_priors(known: Knowledge, odds: float) -> Knowledge:
    """Return the knowledge with the odds of every prior multiplied."""
    causes = tuple(
        replace(
            cause,
            prior={
                band: odds * p / (1 - p) / (1 + odds * p / (1 - p))
                for band, p in cause.prior.items()
            },
        )
        for cause in known.causes
    )
    return replace(known, causes=causes)


def with_tau(known: Knowledge, tau: float) -> Knowledge:
    """Return the knowledge with another tau."""
    return replace(known, engine=replace(known.engine, tau=tau))


def stability(known: Knowledge) -> list[Result]:
    """Return what changes in the development cases when priors and tau are not what we think."""
    variants = {f"odds of the priors x {odds:g}": with_priors(known, odds) for odds in (0.5, 2.0)}
    variants |= {f"tau {tau:g}": with_tau(known, tau) for tau in TAUS}
    shown = [v for v in vignettes() if v.label not in TODAY]
    return [{"variant": name, **_compared(shown, known, other)} for name, other in variants.items()]


def _compared(shown: Sequence[Vignette], known: Knowledge, other: Knowledge) -> Result:
    pairs = [(v, _judged(v.answers, known), _judged(v.answers, other)) for v in shown]
    moved = [
        abs(BANDS.index(now[p.id].band) - BANDS.index(p.band))
        for _, before, after in pairs
        for now in [{p.id: p for p in after.patterns}]
        for p in before.patterns[:TOP]
    ]
    specific = [(v, after) for v, _, after in pairs if has_specific_cause(v, known)]
    ordinary = [after for v, _, after in pairs if v.diagnosis in ORDINARY]
    return {
        "same_top": fmean(
            [p.id for p in before.patterns[:TOP]] == [p.id for p in after.patterns[:TOP]]
            for _, before, after in pairs
        ),
        "right": fmean(right_in_top(v, after.patterns) for v, after in specific),
        "ordinary_lift": max(specific_lift(after.patterns) for after in ordinary),
        "bands_moved": fmean(step > 0 for step in moved),
        "most_steps": max(moved),
    }


def _judged(answers: Mapping[str, Answer], known: Knowledge) -> CheckUp:
    return judge(checked(answers, known), known)


# --- laws, mutants, people, time ---------------------------------------------------------------


def laws(known: Knowledge, cases: int, seed: int = 2) -> Result:
    """Return how often each law was broken by random answer sets."""
    rng, raw = random.Random(seed), documents()  # noqa: S311 - simulation
    levels: Counter[str] = Counter()
    faults: Counter[str] = Counter()
    complete = answered = 0
    for _ in range(cases):
        answers = random_answers(rng, known)
        found = _judged(answers, known)
        levels[found.triage.level] += 1
        complete += found.complete
        answered += len(answers)
        faults.update(
            f"triage: {fault}" for fault in triage_faults(found.answers, known, some(rng, 4))
        )
        faults.update(_other_faults(found, answers, known, raw))
    return {
        "cases": cases,
        "levels": dict(levels),
        "complete": complete,
        "mean_answers": answered / cases,
        "faults": dict(faults),
    }


def _other_faults(
    found: CheckUp, answers: dict[str, Answer], known: Knowledge, raw: Mapping[str, Any]
) -> Iterator[str]:
    yield from order_faults(found, answers, known)
    yield from document_faults(found, known)
    yield from pattern_faults(found, raw)
    yield from unknown_faults(found, found.answers, known)
    if sorted(triage_by_hand(answers, raw)) != sorted(rule.id for rule in found.triage.rules):
        yield "matched rules differ from a reading of the files"


def mutation(known: Knowledge) -> Result:
    """Return the mutation run as a table and as counts."""
    verdicts = judge_mutants(known, stated_cases())
    counts = Counter(("wider" if v.mutant.wider else "weaker", v.fate) for v in verdicts)
    return {
        "cases": len(stated_cases()),
        "rules": len(known.rules),
        "counts": {f"{kind} {fate}": n for (kind, fate), n in counts.items()},
        "table": table(verdicts),
    }


def interview(known: Knowledge, people: int, seed: int = 3) -> Result:
    """Return how long the interview is for ordinary and for random people."""
    rng = random.Random(seed)  # noqa: S311 - simulation
    ordinary = [ordinary_person(rng, known) for _ in range(people)]
    anyone = [random_person(rng, known) for _ in range(people)]
    walked = {person: walk_through(person, known) for person in (*ordinary, *anyone)}
    pairs = [
        (walked[person].interview.answers(known), all_answers(person, walked[person], known))
        for person in walked
        if walked[person].ending != "emergency" and not person.leaves_out
    ]
    return {
        "people": people,
        "first_tier": len(known.first_tier),
        "screens": len(known.screens),
        "ordinary": _lengths([walked[person] for person in ordinary]),
        "anyone": _lengths([walked[person] for person in anyone]),
        "compared": len(pairs),
        "differing": sum(
            outcome(judge_triage(found, known)) != outcome(judge_triage(everything, known))
            for found, everything in pairs
        ),
    }


def _lengths(walked: Sequence[Walked]) -> Result:
    kinds = {
        kind: fmean(_pages(one, kind) for one in walked) for kind in ("list", "question", "test")
    }
    taps = [sum(_taps(one)) for one in walked]
    return {
        "endings": dict(Counter(one.ending for one in walked)),
        "pages": fmean(len(one.pages) for one in walked),
        "most_pages": max(len(one.pages) for one in walked),
        "questions": fmean(one.questions for one in walked),
        "taps": fmean(taps),
        "median_taps": median(taps),
        **{f"{kind}_pages": value for kind, value in kinds.items()},
    }


def _pages(walked: Walked, kind: str) -> int:
    return sum(page.kind == kind for page in walked.pages)


def _taps(walked: Walked) -> Iterator[int]:
    """Yield how many answers each page takes when "none of these" is one tap."""
    for page, step in zip(walked.pages, walked.interview.steps, strict=True):
        same = {name: a for name, a in page.none_of_these.items() if step.replies.get(name) == a}
        yield max(1, len(step.replies) - len(same) + bool(same))


def speed(known: Knowledge, calls: int, seed: int = 4) -> Result:
    """Return how long a check-up takes, in milliseconds, for full answers without an alarm."""
    rng = random.Random(seed)  # noqa: S311 - simulation
    sets = [dict(ordinary_person(rng, known).answers) for _ in range(calls)]
    spent = []
    for answers in sets:
        start = time.perf_counter()
        _judged(answers, known)
        spent.append(1e3 * (time.perf_counter() - start))
    return {"calls": calls, "median_ms": median(spent), "worst_ms": max(spent)}
