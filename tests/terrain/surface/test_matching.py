"""A walk is laid on the ways of the map, and what is not sure stays unsaid."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenstride.terrain.surface import open_map

from .town import (
    COBBLES,
    PAVEMENT,
    STREETS,
    Drawn,
    asked,
    degrees,
    town,
    walk,
)

THROUGH_TOWN = ((0, 0), (200, 0), (200, 200), (400, 400))


@pytest.fixture(scope="module")
def ground(tmp_path_factory):
    """Return the map of the small town."""
    return open_map(town().write(tmp_path_factory.mktemp("map") / "town.osm.pbf"))


@pytest.fixture
def beside(tmp_path):
    """Return a function that draws a street with a way beside it, which meet at both ends."""

    def draw(metres, street, other):
        ends = ((0.0, 0.0), (400.0, 0.0))
        by = [ends[0], (0.0, metres), (400.0, metres), ends[1]]
        drawn = Drawn([(list(ends), street), (by, other)])
        return open_map(drawn.write(tmp_path / "beside.osm.pbf"))

    return draw


@pytest.mark.parametrize("seed", range(5))
def test_streets_and_paths_are_told_apart(ground, seed):
    """A walk with the usual blur gets the surface of the ways that it went along."""
    told = asked(ground, walk(*THROUGH_TOWN, blur_m=5, seed=seed), 5)

    street, path = told.surface[:35], told.surface[-20:]
    assert np.mean(street == "paved") >= 0.9
    assert "track" not in street[:-2]
    assert np.mean(path == "track") >= 0.9
    assert "paved" not in path[2:]
    assert {"asphalt", ""} >= set(told.surface_tag[:33])
    assert {"residential", ""} >= set(told.way[:33])


def test_a_meadow_is_on_no_way_of_the_map(ground):
    """Who leaves the ways by a hundred metres is not pulled back to them."""
    told = asked(ground, walk((450, 100), (650, 100), (650, 300), blur_m=4, seed=1), 4)

    far = slice(10, None)
    assert told.off_map[far].all()
    assert set(told.surface[far]) == {""}
    assert set(told.way[far]) == {""}
    assert set(told.way_id[far]) == {0}


def test_a_short_cut_across_the_grass_is_no_street(ground):
    """A diagonal that the map does not know is not laid on the streets around."""
    told = asked(ground, walk((0, 0), (400, 0), (800, 300), (1200, 0), blur_m=3, seed=2), 3)

    assert set(told.surface[:35]) == {"paved"}
    assert told.off_map[50:].all()


def test_a_way_without_a_surface_has_none(ground):
    """Where the map gives no surface the kind of way is said and the surface stays empty."""
    told = asked(ground, walk((-50, 0), (-350, 0), blur_m=4, seed=3), 4)

    assert set(told.surface) == {""}
    assert set(told.surface_tag) == {""}
    assert set(told.way) == {"track"}
    assert told.shares()["no word on the map"] == 1.0


def test_ways_too_close_to_tell_apart_stay_unsaid(beside):
    """Of a pavement four metres from a cobbled street nothing is said at a blur of ten metres."""
    lane = beside(4.0, dict(COBBLES), dict(PAVEMENT))
    unsaid = [
        np.mean(asked(lane, walk((60, 2), (340, 2), blur_m=10, seed=s), 10).surface == "")
        for s in range(6)
    ]

    assert np.mean(unsaid) > 0.75


def test_ways_that_cannot_be_told_apart_may_have_one_surface(beside):
    """Where street and pavement are both paved the surface is said, and the way is not."""
    lane = beside(4.0, dict(STREETS), dict(PAVEMENT))
    told = asked(lane, walk((60, 2), (340, 2)), 8)

    assert set(told.surface) == {"paved"}
    assert set(told.way) == {""}
    assert set(told.surface_tag) == {""}


def test_a_way_that_walkers_are_sent_away_from_is_less_likely(beside):
    """Halfway between a street whose pavement is drawn apart, and that pavement, it wins."""
    lane = beside(6.0, {**COBBLES, "sidewalk": "separate"}, dict(PAVEMENT))
    told = asked(lane, walk((60, 3), (340, 3)), 4)

    assert set(told.way[2:-2]) == {"footway"}


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), blur=st.floats(1, 12))
def test_walking_back_says_the_same(ground, seed, blur):
    """A walk and the same walk backwards stood on the same ground."""
    place = walk(*THROUGH_TOWN, blur_m=blur, seed=seed, spacing_m=25)
    there, back = asked(ground, place, blur), asked(ground, place[::-1], blur)

    assert there.sure == pytest.approx(back.sure[::-1], abs=1e-6)
    assert there.surface.tolist() == back.surface[::-1].tolist()


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_less_accuracy_never_makes_it_surer(ground, seed):
    """The same positions, said to be worse, are sure of no more of the way."""
    place = walk(*THROUGH_TOWN, blur_m=3, seed=seed)
    fine, rough = asked(ground, place, 3), asked(ground, place, 40)

    assert rough.sure.mean() < fine.sure.mean()
    assert np.mean(rough.surface != "") <= np.mean(fine.surface != "")


@settings(max_examples=10, deadline=None)
@given(times=st.integers(2, 5))
def test_positions_that_are_told_often_count_once(ground, times):
    """A phone that writes each position several times knows no more than one that does not."""
    place = walk(*THROUGH_TOWN, blur_m=4, seed=4, spacing_m=20)
    once, often = asked(ground, place, 4), asked(ground, np.repeat(place, times, axis=0), 4)

    assert once.surface.tolist() == often.surface[::times].tolist()
    assert once.sure == pytest.approx(often.sure[::times], abs=1e-6)


def test_dense_positions_get_the_ground_of_their_neighbours(ground):
    """One position a second says the same as one every ten metres."""
    dense = asked(ground, walk((50, 0), (200, 0), (200, 90), spacing_m=1.3), 4)

    assert set(dense.surface) == {"paved"}
    assert 185 == len(dense)


def test_positions_that_are_not_known_get_nothing(ground):
    """A position without degrees stays empty, and those around it do not suffer."""
    latitude, longitude = degrees(walk((0, 0), (400, 0)))
    latitude[10:13] = np.nan
    surface, tag, way, name = ground.surfaces(latitude, longitude, np.full(40, np.nan))

    assert {""} == {*surface[10:13], *tag[10:13], *way[10:13]}
    assert {"paved"} == {*surface[:10], *surface[13:]}
    assert name == ground.name


@pytest.mark.parametrize("count", [0, 1, 2])
def test_walks_of_hardly_any_position_are_no_trouble(ground, count):
    """Nothing, one or two positions give as many answers."""
    told = asked(ground, walk((0, 0), (20, 0))[:count], 4)

    assert count == len(told)
    assert sum(told.shares().values()) == pytest.approx(min(count, 1))


def test_a_town_on_the_date_line_is_a_town(tmp_path):
    """Where longitudes jump from 180 to -180 the ways and the walk still meet."""
    ground = open_map(town(180.0 - 1e-3).write(tmp_path / "line.osm.pbf"))
    told = asked(ground, walk((0, 0), (400, 0), blur_m=3), 3, longitude=180.0 - 1e-3)

    assert set(told.surface) == {"paved"}


def test_a_walk_elsewhere_is_off_the_map(ground):
    """A walk in another country finds no way of this map."""
    latitude, longitude = np.linspace(40.0, 40.003, 30), np.full(30, -3.0)
    told = ground.underfoot(latitude, longitude, np.full(30, 5.0))

    assert told.off_map.all()


def test_the_walks_before_change_nothing(tmp_path):
    """A map that was asked before says the same as a fresh one, here and elsewhere."""
    path = town().write(tmp_path / "town.osm.pbf")
    asked_before, place = open_map(path), walk(*THROUGH_TOWN, blur_m=5, seed=8)
    far = np.linspace(40.0, 40.003, 30)
    asked(asked_before, walk((300, 0), (400, 0)), 4)
    near = asked(asked_before, place, 5)
    asked_before.underfoot(far, far, np.full(30, 5.0))
    again, fresh = asked(asked_before, place, 5), asked(open_map(path), place, 5)

    assert fresh.surface.tolist() == near.surface.tolist() == again.surface.tolist()
    assert fresh.sure == pytest.approx(near.sure, abs=1e-4)
    assert fresh.sure == pytest.approx(again.sure, abs=1e-9)


def test_a_jump_begins_anew(ground):
    """Positions after a ride by bus are not tied to those before it."""
    place = np.concatenate([walk((0, 0), (100, 0)), walk((400, 300), (400, 400))])
    told = asked(ground, place, 3)

    assert set(told.surface) == {"paved"}


def test_shares_add_up(ground):
    """Each position is said, silent, off the map or not sure."""
    told = asked(ground, walk((-200, 0), (400, 0), (800, 200), blur_m=6, seed=5), 6)
    shares = told.shares()

    assert sum(shares.values()) == pytest.approx(1.0)
    assert shares["said"] == pytest.approx(np.mean(told.surface != ""))
    assert shares["on no way of the map"] > 0.2
