"""When a value differs from a person's own earlier ones by more than chance.

The change that has to be passed is the larger of

* ``1.96 * sqrt(2) * s``, the personal minimal detectable change, and
* ``t * s * sqrt(1 + 1/n)``, the prediction interval of one more walk after ``n`` of them, with
  Student's ``t`` at ``LEVEL`` shared out among the measures of a factor (Bonferroni).

``s`` is the standard deviation of the earlier walks. Until there are eight, its variance is pooled
with a published repeat error: ``n`` walks have weight ``n - 1``, the published one ``8 - n``, as if
it stood for the walks that are missing. See ``docs/methods/inventory.md``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt
from statistics import NormalDist, fmean, variance

from evenstride.checkup.knowledge.spoken import counted
from evenstride.inventory.nouns import Comparison, LeftOut, Verdict

__all__ = ["FEWEST", "FEWEST_WITH_REPEAT_SD", "compare", "student_t", "threshold"]

FEWEST = 5
"""Walks before a change is told, without a published repeat error."""

FEWEST_WITH_REPEAT_SD = 3
"""With one. A mean of fewer hangs on single walks."""

OWN_ONLY_FROM = 8
LEVEL = 0.025
"""Half of the 5 % that a factor may tell an unchanged person of a change.

The formula takes walks as independent; the other half is for walks that resemble the one before.
"""

_MDC = 1.96 * sqrt(2)


def threshold(earlier: Sequence[float], repeat_sd: float | None, looked_at: int) -> float:
    """Return the change that one more value has to pass before it is told.

    Args:
        earlier: Two or more values of earlier comparable walks.
        repeat_sd: Published standard error of measurement; None without one.
        looked_at: How many measures are looked at together.
    """
    n = len(earlier)
    own = variance(earlier)
    missing = max(0, OWN_ONLY_FROM - n) if repeat_sd is not None else 0
    degrees = n - 1 + missing
    pooled = (missing * (repeat_sd or 0.0) ** 2 + (n - 1) * own) / degrees
    t = student_t(1 - LEVEL / (2 * looked_at), degrees)
    return sqrt(pooled) * max(_MDC, t * sqrt(1 + 1 / n))


def compare(
    value: float,
    interval: tuple[float | None, float | None],
    earlier: Sequence[float],
    words: Mapping[str, str],
    *,
    repeat_sd: float | None = None,
    looked_at: int = 1,
    left_out: tuple[LeftOut, ...] = (),
) -> Comparison:
    """Return a value next to the person's own earlier ones.

    A change is told only if it passes the threshold and the usual value lies outside the value's
    own interval.

    Args:
        value: Of the newest walk.
        interval: Its 95 % interval, if known.
        earlier: Values of earlier comparable walks.
        words: Sentences for "more", "less", "as_usual", "too_few", "wide" and "differs".
        repeat_sd: Published standard error of measurement; None without one.
        looked_at: How many measures are looked at together.
        left_out: Walks that could not be compared.
    """
    n = len(earlier)
    needed = FEWEST if repeat_sd is None else FEWEST_WITH_REPEAT_SD
    if n == 0:
        return Comparison("cannot_say", _filled(words["too_few"], 0, needed), 0, left_out=left_out)
    usual = fmean(earlier)
    spread = (usual, min(earlier), max(earlier), value - usual)
    if n < needed:
        says = _filled(words["too_few"], n, needed)
        return Comparison("cannot_say", says, n, *spread, left_out=left_out)
    limit = threshold(earlier, repeat_sd, looked_at)
    if abs(value - usual) <= limit:
        says = _filled(words["as_usual"], n, needed)
        return Comparison("as_usual", says, n, *spread, limit, left_out)
    low, high = interval
    if low is not None and high is not None and low <= usual <= high:
        return Comparison("cannot_say", words["wide"], n, *spread, left_out=left_out)
    verdict: Verdict = "more" if value > usual else "less"
    return Comparison(verdict, f"{words[verdict]} {words['differs']}", n, *spread, limit, left_out)


def student_t(level: float, degrees: float) -> float:
    """Return the quantile of Student's t, within half a percent from four degrees of freedom on.

    Abramowitz & Stegun 1964, 26.7.5. It stands here because SciPy takes longer to load than all
    the rest of an inventory.
    """
    z = NormalDist().inv_cdf(level)
    return (
        z
        + (z**3 + z) / (4 * degrees)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * degrees**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * degrees**3)
        + (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / (92160 * degrees**4)
    )


def _filled(sentence: str, n: int, needed: int) -> str:
    return sentence.format(walks=counted(n, "walk"), weeks=counted(n, "week"), needed=needed)
