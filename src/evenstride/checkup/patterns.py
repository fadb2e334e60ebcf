"""Which causes the answers resemble. None of it is a diagnosis.

Each cause is a yes-or-no question of its own: causes overlap, and published likelihood ratios
compare one cause with all the rest. Evidence adds up as log ratios, tempered twice because answers
hang together: inside a group each further answer counts less (1, 1/2, 1/3 ...), and the whole sum
is multiplied by tau. On 464 patients this gave the accuracy of naive Bayes at less than half its
log-loss (data of Smart 2011 and Fop 2017, doi:10.1214/17-AOAS1061; measured before this project).

Two things are shown and never mixed: how common a cause is (a band, from the prior and the
answers), and how much these answers moved it (the lift, without the prior).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from evenstride.checkup.knowledge import AGES, Cause, Engine, Feature, Knowledge
from evenstride.model.checkup import Answer, Band, Pattern, Reason

__all__ = [
    "BANDS",
    "POINTS_STRONGLY_TO",
    "POINTS_TO",
    "age_band",
    "band_of",
    "capped",
    "evidence",
    "judge_patterns",
    "log_ratio",
    "weighted",
    "worth_showing",
]

BANDS: tuple[Band, ...] = ("unlikely", "possible", "fits", "fits_well")


POINTS_TO = 2.0
"""From this lift on, the answers are said to point to a cause (our estimate)."""

POINTS_STRONGLY_TO = 5.0
"""From this lift on, they point to it strongly, and it is shown though it stays unlikely."""


def worth_showing(band: Band, lift: float) -> bool:
    """Return whether a cause belongs on the screen of a person.

    A rare cause that few answers point to only frightens; one that many point to is not kept back.
    """
    return lift >= (POINTS_STRONGLY_TO if band == "unlikely" else POINTS_TO)


def judge_patterns(answers: Mapping[str, Answer], known: Knowledge) -> tuple[Pattern, ...]:
    """Return every cause, the one that the answers moved most first.

    Equal lifts keep the commoner cause in front, then the order of the file.
    """
    found = [_pattern(cause, answers, known) for cause in known.causes]
    return tuple(sorted(found, key=lambda pattern: (-pattern.lift, -pattern.prior)))


def evidence(log_ratios: Iterable[tuple[str, float]]) -> float:
    """Return the sum of (group, log ratio), each weighted by its place in its group."""
    return sum(weighted(list(log_ratios)))


def weighted(log_ratios: Sequence[tuple[str, float]]) -> list[float]:
    """Return each log ratio times 1, 1/2, 1/3 ... by its place in its group, the largest first."""
    found = [0.0] * len(log_ratios)
    places: defaultdict[str, int] = defaultdict(int)
    for index in sorted(range(len(log_ratios)), key=lambda index: -abs(log_ratios[index][1])):
        group, value = log_ratios[index]
        places[group] += 1
        found[index] = value / places[group]
    return found


def log_ratio(feature: Feature, answers: Mapping[str, Answer], engine: Engine) -> float | None:
    """Return the capped log ratio that the answers give a feature; None if they do not tell."""
    found = None if feature.finding in engine.disabled else feature.when.judge(answers)
    if found is None:
        return None
    return capped(feature.lr_pos if found else feature.lr_neg, engine)


def capped(ratio: float, engine: Engine) -> float:
    """Return the log of a likelihood ratio, kept within the cap."""
    return math.log(min(max(ratio, 1 / engine.single_lr_cap), engine.single_lr_cap))


def age_band(answers: Mapping[str, Answer], engine: Engine) -> str:
    """Return the band of age whose priors are used."""
    age = answers.get("age", "not_sure")
    if isinstance(age, str):
        return engine.age_when_unknown
    return next(name for end, name in AGES if age < end)


def band_of(prior: float, moved: float, engine: Engine, highest: Band) -> Band:
    """Return how common a cause is once its log odds have moved; never above ``highest``."""
    share = 1 / (1 + math.exp(-(math.log(prior / (1 - prior)) + moved)))
    place = sum(share >= border for border in engine.bands)
    return BANDS[min(place, BANDS.index(highest))]


def _pattern(cause: Cause, answers: Mapping[str, Answer], known: Knowledge) -> Pattern:
    engine = known.engine
    told = [
        (feature, value)
        for feature in cause.features
        if (value := log_ratio(feature, answers, engine)) is not None
    ]
    weights = weighted([(feature.group, value) for feature, value in told])
    moved = engine.tau * sum(weights)
    prior = cause.prior[age_band(answers, engine)]
    reasons = sorted(
        (
            _reason(feature, value, weight, answers, known)
            for (feature, value), weight in zip(told, weights, strict=True)
        ),
        key=lambda reason: -abs(reason.weight),
    )
    return Pattern(
        id=cause.id,
        name=cause.name,
        clinical=cause.clinical,
        prior_band=band_of(prior, 0.0, engine, "fits_well"),
        band=band_of(prior, moved, engine, cause.max_band),
        lift=math.exp(moved),
        speaks_for=tuple(reason for reason in reasons if reason.weight > 0),
        speaks_against=tuple(reason for reason in reasons if reason.weight < 0),
        prior=prior,
        prior_basis=cause.prior_basis,
        residual=cause.residual,
    )


def _reason(
    feature: Feature, value: float, weight: float, answers: Mapping[str, Answer], known: Knowledge
) -> Reason:
    return Reason(
        finding=feature.finding,
        says=known.findings[feature.finding].statement(answers[feature.finding]),
        likelihood_ratio=math.exp(value),
        weight=weight,
        group=feature.group,
        basis=feature.basis,
        mark=feature.mark,
        source=feature.source,
        note=feature.note,
    )
