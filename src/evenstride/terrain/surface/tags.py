"""What the tags of OpenStreetMap mean here: one closed table each, and nothing is guessed.

A value that is not in the table of surfaces stays as the map wrote it and gets no word.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from evenstride.model.outing import Surface

__all__ = ["SURFACE_WORDS", "UNLIKELY", "doubt", "surface_word", "walkable"]

_VALUES: Final[Mapping[Surface, tuple[str, ...]]] = MappingProxyType(
    {
        "paved": (
            "paved", "asphalt", "chipseal", "concrete", "concrete:lanes", "concrete:plates",
            "paving_stones", "paving_stones:lanes", "sett", "brick", "bricks", "tiles", "metal",
            "wood", "rubber", "tartan", "acrylic",
        ),
        "track": (
            "compacted", "fine_gravel", "gravel", "ground", "dirt", "earth", "clay", "woodchips",
        ),
        "grass": ("grass",),
        "sand": ("sand",),
        "uneven": (
            "cobblestone", "unhewn_cobblestone", "pebblestone", "rock", "rocks", "stone",
            "stepping_stones", "roots", "mud", "grass_paver",
        ),
    }
)  # fmt: skip

SURFACE_WORDS: Final[Mapping[str, Surface]] = MappingProxyType(
    {value: word for word, values in _VALUES.items() for value in values}
)
"""Word of ``Outing.surface`` by value of ``surface=*``. Not in it, for they say too little:
"unpaved", which may be grass, sand or a track, and what comes and goes, such as "snow"."""

_MOTOR_ONLY = frozenset({"motorway", "motorway_link"})
_NOT_THERE = frozenset(
    {"proposed", "construction", "planned", "abandoned", "razed", "raceway", "bus_guideway"}
    | {"platform", "elevator", "rest_area", "services", "emergency_bay", "no"}
)
_BARRED = frozenset({"no", "private", "use_sidepath"})

UNLIKELY = -2.0
"""Log-odds against a way that people on foot are kept off, or that has a path of its own beside."""


def surface_word(tag: str) -> Surface | str:
    """Return the word for a value of ``surface=*``, or "" where it says too little.

    Several values, as in "asphalt;concrete", have a word only where all have the same.
    """
    words = {SURFACE_WORDS.get(part.strip(), "") for part in tag.split(";")}
    return words.pop() if len(words) == 1 else ""


def walkable(tags: Mapping[str, str]) -> bool:
    """Return whether somebody on foot may have been on this way, allowed or not."""
    highway = tags.get("highway", "")
    if not highway or highway in _MOTOR_ONLY or highway in _NOT_THERE:
        return False
    return tags.get("indoor", "no") != "yes" or highway in ("corridor", "steps")


def doubt(tags: Mapping[str, str]) -> float:
    """Return the log-odds against walking here, before any position is looked at."""
    foot = tags.get("foot", "")
    if foot in _BARRED or "separate" in (tags.get("sidewalk"), tags.get("sidewalk:both")):
        return UNLIKELY
    if tags.get("motorroad") == "yes":
        return UNLIKELY
    barred = tags.get("access", "") in ("no", "private") and foot == ""
    return UNLIKELY if barred else 0.0
