"""How many records were left out, and why, so that nothing disappears without a word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from evenstride.model import Left

__all__ = ["Tally"]


_PLURALS = {
    "summary": "summaries",
    "other entry": "other entries",
    "group of records": "groups of records",
    "entry about yourself": "entries about yourself",
    "value of a workout": "values of workouts",
}


class Tally:
    """Counts what is left out by its kind and reason."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()

    def add(self, what: str, reason: str, count: int = 1) -> None:
        """Count something that is left out.

        Args:
            what: Its kind in the singular, such as "record".
            reason: Why, in plain words, as the end of a sentence.
            count: How many.
        """
        if count:
            self._counts[what, reason] += count

    def left(self) -> Iterator[Left]:
        """Yield the sums, the largest first."""
        for (what, reason), count in self._counts.most_common():
            yield Left(f"{count} {_plural(what, count)}", reason)


def _plural(what: str, count: int) -> str:
    if count == 1:
        return what
    return _PLURALS.get(what, what + "s")
