"""From probabilities to words: what is said of each position, and what had better stay unsaid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenstride.model.table import Table, fact
from evenstride.terrain.surface.candidates import Candidates
from evenstride.terrain.surface.chain import Chain
from evenstride.terrain.surface.extract import Ways
from evenstride.terrain.surface.tags import surface_word

__all__ = ["SURE", "Underfoot", "judge"]

SURE = 0.8
"""Probability from which something is said."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Underfoot(Table):
    """What the map says of each position. Empty words: nothing sure can be said.

    Attributes:
        surface: One of the words of ``Outing.surface``; "" where not known.
        surface_tag: ``surface=*`` word for word; "" where not known.
        way: ``highway=*`` word for word; "" where not known.
        way_id: Id of the most probable way on the map; 0 for none.
        sure: Probability of that way, or of being on none.
        off_map: Whether the position is on no way of the map, as far as that is sure.
        map: The map by name and date.
    """

    surface: NDArray[np.str_]
    surface_tag: NDArray[np.str_]
    way: NDArray[np.str_]
    way_id: NDArray[np.int64]
    sure: NDArray[np.float64]
    off_map: NDArray[np.bool_]
    map: str = fact(default="")

    def shares(self) -> Mapping[str, float]:
        """Return which share of the positions has a surface, and why the others have none.

        The keys are "said", "no word on the map" (the way is sure, its surface is not told, or in
        a word that says too little), "on no way of the map", and "not sure which way".
        """
        said = self.surface != ""
        silent = ~said & (self.way != "")
        off = ~said & ~silent & self.off_map
        rest = ~(said | silent | off)
        names = ("said", "no word on the map", "on no way of the map", "not sure which way")
        return {
            name: float(one.mean()) if len(self) else 0.0
            for name, one in zip(names, (said, silent, off, rest), strict=True)
        }


def judge(found: Candidates, way: Ints, chain: Chain, ways: Ways, name: str) -> Underfoot:
    """Say what is sure. Two ways that cannot be told apart may still have the same surface.

    Args:
        found: The candidates of the positions.
        way: (c,) row of the way of each.
        chain: How probable each is.
        ways: The ways of the map.
        name: The map by name and date.
    """
    words = np.array([surface_word(tag) for tag in ways.surface_tag.tolist()], dtype=np.str_)

    def likeliest(label: NDArray[np.str_]) -> NDArray[np.str_]:
        values, code = np.unique(label, return_inverse=True)
        best, _, share = _likeliest(found.position, code.reshape(-1)[way], chain)
        return np.where(share >= SURE, np.append(values, "")[best], "")

    best, most, share = _likeliest(found.position, way, chain)
    off = chain.off > most
    return Underfoot(
        surface=likeliest(words),
        surface_tag=likeliest(ways.surface_tag),
        way=likeliest(ways.highway),
        way_id=np.where(off, 0, np.append(ways.id, 0)[best]),
        sure=np.where(off, chain.off, share),
        off_map=chain.off >= SURE,
        map=name,
    )


def _likeliest(position: Ints, code: Ints, chain: Chain) -> tuple[Ints, Floats, Floats]:
    """Return the most probable code at each position (-1: none), how probable, and how safe."""
    positions = len(chain.off)
    best, most, safe = np.full(positions, -1), np.zeros(positions), np.zeros(positions)
    pairs, row = np.unique(np.column_stack([position, code]), axis=0, return_inverse=True)
    total = np.bincount(row.reshape(-1), weights=chain.on, minlength=len(pairs))
    shared = np.bincount(row.reshape(-1), weights=chain.safe, minlength=len(pairs))
    order = np.argsort(total, kind="stable")  # the largest is written last
    at = pairs[order, 0]
    best[at], most[at], safe[at] = pairs[order, 1], total[order], shared[order]
    return best, most, safe
