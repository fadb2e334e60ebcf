"""What was underfoot on most of a walk, in the words in which people are asked."""

from __future__ import annotations

from typing import cast

import numpy as np

from evenstride.model import TerrainProfile
from evenstride.model.outing import SURFACES, Surface

__all__ = ["MOST_OF_THE_WAY", "surface_of"]

MOST_OF_THE_WAY = 2 / 3
"""A surface is that of the walk if it lies under so much of the way; our judgement."""


def surface_of(profile: TerrainProfile) -> Surface | None:
    """Return the surface of most of the way, "mixed" if several make it up, None if not known."""
    length = profile.segments.end_m - profile.segments.start_m
    way = float(length.sum())
    metres = {
        word: float(length[profile.segments.surface == word].sum())
        for word in np.unique(profile.segments.surface).tolist()
        if word in SURFACES
    }
    if not way or sum(metres.values()) < MOST_OF_THE_WAY * way:
        return None
    longest = max(metres, key=lambda word: metres[word])
    return cast("Surface", longest if metres[longest] >= MOST_OF_THE_WAY * way else "mixed")
