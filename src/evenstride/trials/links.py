"""What goes together with pain in a diary: worth an experiment, never an answer.

Each candidate enters the same model as a trial (trend, correlated days), so days that are alike do
not count as separate news. A test by block permutation would need blocks longer than a flare, and
a diary of forty walks has too few of them; the model also takes the days as they were, with gaps.
The probabilities are corrected for the number of candidates looked at (Holm 1979).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenstride.errors import OptionError
from evenstride.model.outing import Outing
from evenstride.trials import posterior
from evenstride.trials.mixture import Mixture

__all__ = [
    "FEWEST_WALKS",
    "MORE_OF",
    "MOST_WALKS",
    "WORTH",
    "Link",
    "candidates",
    "find_links",
    "holm",
]

FEWEST_WALKS = 20
MOST_WALKS = 120
"""Only the newest walks are looked at: older ones say little about now and cost time."""

WORTH = 0.025
"""Half of the usual 5 %, because the tails of the model are a little short: at 0.05, 5 to 7 % of
diaries without any link showed one.
"""

FEWEST_OF_A_KIND = 5
PHI = np.array([0.0, 0.3, 0.6, 0.8, 0.9, 0.95, 0.98])
"""Reaches higher than in a trial: nothing is drawn here that would break up slow waves."""

MORE_OF: dict[str, str] = {
    "minutes": "longer walks",
    "distance": "walking farther",
    "load": "carrying more",
    "hills": "steeper walks",
    "sleep": "sleeping longer",
    "sitting": "sitting longer before the walk",
    "uneven": "soft or uneven ground",
    "treadmill": "the treadmill",
}
"""What "more of it" is called in a sentence, by candidate."""

_HILLS = {"flat": 0.0, "some": 1.0, "steep": 2.0}
_EVEN = ("paved", "track")
_KNOWN: Mapping[str, Callable[[Outing], float | None]] = {
    "minutes": lambda one: one.minutes,
    "distance": lambda one: one.distance_m,
    "load": lambda one: one.load_kg,
    "hills": lambda one: _HILLS[one.hills] if one.hills is not None else None,
    "sleep": lambda one: one.sleep_h,
    "sitting": lambda one: one.sitting_before_min,
    "uneven": lambda one: float(one.surface not in _EVEN) if one.surface else None,
    "treadmill": lambda one: float(one.kind == "treadmill"),
}


@dataclass(frozen=True, slots=True)
class Link:
    """How a candidate goes together with pain.

    Attributes:
        name: The candidate.
        mean: Points of pain for one standard deviation more of it; above 0, more pain.
        low: Lower end of the 95 % interval.
        high: Upper end of the 95 % interval.
        p: Two-sided, of this candidate alone.
        p_corrected: The same, corrected for the number of candidates.
        n: Walks it rests on.
        worth_an_experiment: Whether the corrected p is below ``WORTH``.
        sentence: The same in words; it never says that one causes the other.
    """

    name: str
    mean: float
    low: float
    high: float
    p: float
    p_corrected: float
    n: int
    worth_an_experiment: bool
    sentence: str


def find_links(
    days: Sequence[float],
    pain: Sequence[float | None],
    columns: Mapping[str, Sequence[float | None]],
    words: Mapping[str, str] = MORE_OF,
) -> tuple[Link, ...]:
    """Return how each candidate goes together with pain, the most probable link first.

    Args:
        days: When each walk was, in days, in order.
        pain: Pain of each walk, 0 to 10; None where not told.
        columns: Value of each candidate in each walk, None where not known. A candidate with
            fewer than 20 walks, or without spread, is left out and not counted.
        words: What "more of it" is called in a sentence, by candidate; add the person's own names
            of their shoes. A candidate without is called by its id.

    Raises:
        OptionError: The lists differ in length, or days run backwards.
    """
    if any(len(column) != len(days) for column in (pain, *columns.values())):
        raise OptionError("Every list of a diary must have one value for each walk.")
    when = np.array(days[-MOST_WALKS:], dtype=np.float64)
    if when.size and (np.diff(when) < 0).any():
        raise OptionError("The walks must be in the order of their days.")
    told = _floats(pain[-MOST_WALKS:])
    known, scores = _ranked(told, columns)
    if not known:
        return ()
    present = np.array(list(known.values()))
    days_of_each = np.broadcast_to(when - when[0], present.shape)
    candidate = np.array(list(scores.values()))[..., None]
    explained_by, _ = posterior.columns(days_of_each, candidate + 0.5, present)
    outcome = np.broadcast_to(np.nan_to_num(told), present.shape)
    found = posterior.fit(days_of_each, explained_by, outcome, present, phi=PHI)
    return _links(list(known), found, present.sum(axis=-1), words)


def _ranked(
    told: NDArray[np.float64], columns: Mapping[str, Sequence[float | None]]
) -> tuple[dict[str, NDArray[np.bool_]], dict[str, NDArray[np.float64]]]:
    """Return in which walks pain and each candidate are known, and the ranks of the candidate."""
    known, scores = {}, {}
    for name, column in columns.items():
        values = _floats(column[-MOST_WALKS:])
        both = ~np.isnan(values) & ~np.isnan(told)
        if both.sum() >= FEWEST_WALKS and np.ptp(values[both]) > 0:
            known[name], scores[name] = both, _scores(values, both)
    return known, scores


def _links(
    names: Sequence[str], found: Mixture, n: NDArray[np.int64], words: Mapping[str, str]
) -> tuple[Link, ...]:
    """Return the links that a posterior of each candidate holds, the most probable first."""
    below = found.below(1, 0.0)
    p = np.minimum(1.0, 2.0 * np.minimum(below, 1.0 - below))
    corrected = holm(p)
    mean, low, high = found.mean(1), found.quantile(1, 0.025), found.quantile(1, 0.975)
    links = []
    for at, name in enumerate(names):
        worth = bool(corrected[at] < WORTH)
        links.append(
            Link(
                name=name,
                mean=float(mean[at]),
                low=float(low[at]),
                high=float(high[at]),
                p=float(p[at]),
                p_corrected=float(corrected[at]),
                n=int(n[at]),
                worth_an_experiment=worth,
                sentence=_sentence(words.get(name, name), more=mean[at] > 0, worth=worth),
            )
        )
    return tuple(sorted(links, key=lambda link: (link.p, link.name)))


def holm(p: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return p values corrected for their number by Holm's step-down method."""
    order = np.argsort(p, kind="stable")
    steps = p[order] * np.arange(p.size, 0, -1)
    corrected = np.empty_like(p)
    corrected[order] = np.minimum(1.0, np.maximum.accumulate(steps))
    return corrected


def candidates(outings: Sequence[Outing]) -> dict[str, list[float | None]]:
    """Return what walks say about the factors that a person can change, by name.

    A ride is no walk: it keeps its place in the order, with nothing known of it.

    Each pair of shoes that was worn on at least five walks, with at least five in others, is a
    candidate of its own ("shoe:ID"). Of two pairs, the second says nothing new: only one stands.
    """
    found = {
        name: [known(one) if one.is_walk else None for one in outings]
        for name, known in _KNOWN.items()
    }
    for shoe in sorted({one.shoe for one in outings if one.is_walk and one.shoe is not None}):
        worn = [
            float(one.shoe == shoe) if one.is_walk and one.shoe is not None else None
            for one in outings
        ]
        mirrored = [None if value is None else 1.0 - value for value in worn]
        if (
            min(worn.count(1.0), worn.count(0.0)) >= FEWEST_OF_A_KIND
            and mirrored not in found.values()
        ):
            found[f"shoe:{shoe}"] = worn
    return {name: column for name, column in found.items() if len(set(column) - {None}) > 1}


def _floats(values: Sequence[float | None]) -> NDArray[np.float64]:
    """Return values with NaN for None."""
    return np.array([np.nan if v is None else v for v in values], dtype=np.float64)


def _scores(values: NDArray[np.float64], known: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return ranks (ties share one), centred, with standard deviation one, and 0 where not known.

    Ranks, so that one very long walk cannot make a link.
    """
    _, places, counts = np.unique(values[known], return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    ranks = (last - 0.5 * (counts - 1))[places]
    scores = np.zeros(values.size)
    scores[known] = (ranks - ranks.mean()) / ranks.std()
    return scores


def _sentence(what: str, *, more: bool, worth: bool) -> str:
    """Return a link in words."""
    if not worth:
        return f"Your diary shows no clear link between {what} and pain."
    pain = "more" if more else "less"
    return (
        f"In your diary, {what} and {pain} pain come together. "
        "Other things may be behind it. It is worth an experiment."
    )
