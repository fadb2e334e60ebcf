"""A few blocks of a real town, © OpenStreetMap contributors (ODbL 1.0; see NOTICE)."""

from pathlib import Path

import numpy as np
import pytest

from evenstride.terrain.surface import open_map, surface_word
from evenstride.terrain.surface.extract import near_cells, read_ways

BLOCKS = Path(__file__).parent.parent / "data" / "helsinki_blocks.osm.pbf"
CENTRE = (np.array([60.1725]), np.array([24.9425]))


@pytest.fixture(scope="module")
def ways():
    """Return the ways of the blocks."""
    return read_ways(open_map(BLOCKS).head, near_cells(*CENTRE))


def test_the_blocks_hold_what_was_cut_out(ways):
    """The small extract has its ways, most of them with a surface."""
    assert 400 < len(ways.id) < 500
    assert 0.4 < np.mean(ways.surface_tag != "") < 0.9
    assert {"footway", "residential", "steps"} <= set(ways.highway)


def test_long_ways_of_a_real_town_are_found_again(ways):
    """Walks along the longest ways, blurred by three metres, seldom get a wrong surface."""
    ground, rng = open_map(BLOCKS), np.random.default_rng(7)
    right = wrong = 0
    for row in np.argsort(-np.diff(ways.first))[:25].tolist():
        mine = slice(ways.first[row], ways.first[row + 1])
        latitude, longitude = ways.latitude_deg[mine], ways.longitude_deg[mine]
        step = 111_195 * np.hypot(np.diff(latitude), np.diff(longitude) / 2.01)
        gone = np.concatenate([[0], np.cumsum(step)])
        at = np.arange(0, gone[-1], 10.0)
        blur = rng.normal(0, 2 / 111_195, (2, len(at))) * np.array([[1], [2.01]])
        place = np.array([np.interp(at, gone, latitude), np.interp(at, gone, longitude)]) + blur
        told = ground.underfoot(*place, np.full(len(at), 3.0))
        true = surface_word(str(ways.surface_tag[row]))
        right += int(np.sum((told.surface == true) & (told.surface != "")))
        wrong += int(np.sum((told.surface != true) & (told.surface != "")))

    assert right > 50
    assert wrong < 0.05 * right
