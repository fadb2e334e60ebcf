"""The surface of a walk is that of most of its way, and nothing where that is not known."""

import numpy as np
import pytest

from evenstride.model import GroundSegments, TerrainProfile
from evenstride.terrain import surface_of


def profile(*surfaces):
    """Return a way of pieces of 10 m."""
    at = 10.0 * np.arange(len(surfaces))
    names = np.array(surfaces, dtype=str)
    segments = GroundSegments(at, at + 10, at, at, at, at, at, at, at, at, names, names, names)
    return TerrainProfile(segments, {}, None)


@pytest.mark.parametrize(
    ("surfaces", "expected"),
    [
        ((), None),
        (("", "", ""), None),
        (("grass", "", ""), None),
        (("grass", "grass", "paved"), "grass"),
        (("grass", "grass", ""), "grass"),
        (("grass", "paved", "sand"), "mixed"),
        (("grass", "paved", ""), "mixed"),
    ],
)
def test_most_of_the_way_decides(surfaces, expected):
    """Two thirds of it; what the map does not say counts as not known."""
    assert expected == surface_of(profile(*surfaces))
