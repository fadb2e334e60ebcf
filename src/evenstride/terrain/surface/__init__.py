"""Positions and a local map -> what was underfoot: surface and kind of way, or an honest "".

The map is an OpenStreetMap extract in a file of the person's own; nothing is fetched. What a map
says is handed on word for word, and what it does not say stays empty.
"""

from __future__ import annotations

from evenstride.terrain.surface.maps import ATTRIBUTION, GroundMap, open_map
from evenstride.terrain.surface.tags import SURFACE_WORDS, surface_word
from evenstride.terrain.surface.verdict import Underfoot

__all__ = [
    "ATTRIBUTION",
    "SURFACE_WORDS",
    "GroundMap",
    "Underfoot",
    "open_map",
    "surface_word",
]
