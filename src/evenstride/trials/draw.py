"""Random draws that never change: bits from SHA-256 of a seed, a name and a counter.

The order of a trial must come out the same in ten years and on any computer, so it cannot hang on
a library that is free to change its generators. The bits are the SHA-256 of the text
``evenstride/draw/1/SEED/NAME/COUNTER``, in ASCII, with COUNTER from 0, one hash after the other,
the first byte first and the highest bit of each byte first. This text is part of the file format
of the diary: never change it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

__all__ = ["below", "bits", "order"]


def bits(seed: int, name: str) -> Iterator[int]:
    """Yield zeros and ones, endlessly, that depend on nothing but the seed and the name."""
    counter = 0
    while True:
        text = f"evenstride/draw/1/{seed}/{name}/{counter}"
        for byte in hashlib.sha256(text.encode("ascii")).digest():
            yield from ((byte >> place) & 1 for place in range(7, -1, -1))
        counter += 1


def below(limit: int, source: Iterator[int]) -> int:
    """Return a whole number from 0 to ``limit`` - 1, each as likely as the other."""
    width = (limit - 1).bit_length()
    while True:
        number = 0
        for _ in range(width):
            number = 2 * number + next(source)
        if number < limit:
            return number


def order(count: int, source: Iterator[int]) -> tuple[int, ...]:
    """Return the numbers 0 to ``count`` - 1 in a random order (Fisher and Yates, from the end)."""
    places = list(range(count))
    for last in range(count - 1, 0, -1):
        other = below(last + 1, source)
        places[last], places[other] = places[other], places[last]
    return tuple(places)
