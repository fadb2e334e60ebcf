"""Map files of every kind are read, and damaged ones end in one clear sentence."""

import builtins
import gzip

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenstride.errors import DamagedFile, EvenstrideError, MissingExtra, OptionError
from evenstride.terrain.surface import ATTRIBUTION, open_map
from evenstride.terrain.surface.extract import near_cells, read_ways

from .town import STREETS, Drawn, asked, degrees, town, walk

KINDS = ("pbf", "osm", "osm.gz", "osm.bz2")
WALK = walk((0, 0), (200, 0), (200, 200))


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Return the bytes of the small town in each kind of file."""
    folder = tmp_path_factory.mktemp("kinds")
    return {kind: town().write(folder / "map", kind).read_bytes() for kind in KINDS}


def opened(tmp_path, content, name="map"):
    """Return the map in a file of this content."""
    path = tmp_path / name
    path.write_bytes(content)
    return open_map(path)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["town.osm.pbf", "town.osm", "notes.txt", "map"])
def test_files_are_known_by_their_content(tmp_path, files, kind, name):
    """Every kind of file says the same, under whatever name."""
    told = asked(opened(tmp_path, files[kind], name), WALK, 4)

    assert set(told.surface) == {"paved"}


def test_the_name_tells_date_and_authors(tmp_path):
    """The name of a map says how old its data are, and whose they are."""
    path = town().write(tmp_path / "town.osm.pbf", date="2026-03-01T20:00:00Z")
    assert f"town.osm.pbf, data of 2026-03-01, {ATTRIBUTION}" == open_map(path).name


def test_a_map_without_a_date_has_none(tmp_path, files):
    """Where the file does not tell its date none is made up."""
    assert f"map, {ATTRIBUTION}" == opened(tmp_path, files["pbf"]).name


def test_only_what_is_near_is_kept(tmp_path):
    """Ways kilometres away from the walk are not held."""
    far = ([(5000.0, 0.0), (5100.0, 0.0)], dict(STREETS))
    near = ([(0.0, 0.0), (100.0, 0.0)], dict(STREETS))
    head = open_map(Drawn([near, far]).write(tmp_path / "map.osm.pbf")).head
    ways = read_ways(head, near_cells(*degrees(WALK)))

    assert [1] == ways.id.tolist()


def test_a_way_may_lack_nodes(tmp_path):
    """A cut map, whose ways go on where it has no nodes, is read as far as it goes."""
    text = b"""<osm version="0.6">
    <node id="1" lat="52.0" lon="13.0"/><node id="2" lat="52.0" lon="13.002"/>
    <way id="7"><nd ref="1"/><nd ref="2"/><nd ref="99"/>
    <tag k="highway" v="footway"/><tag k="surface" v="gravel"/></way></osm>"""
    told = asked(opened(tmp_path, text), walk((20, 0), (100, 0)), 4)

    assert set(told.surface) == {"track"}
    assert set(told.way_id) == {7}


@pytest.mark.parametrize(
    "content", [b"", b"\x00" * 3000, b"PK\x03\x04" + b"x" * 500, b"<gpx></gpx>", b"a,b\n1,2\n"]
)
def test_what_is_no_map_is_called_so(tmp_path, content):
    """Nothing, noise and files of other kinds are refused with one sentence."""
    with pytest.raises(OptionError, match=r"is empty|no OpenStreetMap file"):
        opened(tmp_path, content)


def test_a_file_that_is_not_there_is_called_so(tmp_path):
    """A wrong path is told as such."""
    with pytest.raises(OptionError, match="There is no map file"):
        open_map(tmp_path / "nowhere.osm.pbf")


def test_entities_are_not_expanded(tmp_path):
    """A file that would blow up when its entities are expanded is refused."""
    bomb = b"""<?xml version="1.0"?><!DOCTYPE osm [<!ENTITY a "aaaaaaaaaa">
    <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><osm version="0.6"><node id="1" user="&b;"/></osm>"""
    with pytest.raises(DamagedFile):
        asked(opened(tmp_path, bomb), WALK, 4)


def test_absurd_lines_are_left(tmp_path):
    """A way that crosses the whole earth in one line takes nothing away from the others."""
    far = ([(0.0, 0.0), (9_000_000.0, 3_000_000.0)], {"highway": "path", "surface": "sand"})
    drawn = Drawn([*town().ways, far])
    told = asked(open_map(drawn.write(tmp_path / "map.osm.pbf")), WALK, 4)

    assert set(told.surface) == {"paved"}


@settings(max_examples=60, deadline=None)
@given(kind=st.sampled_from(KINDS), data=st.data())
def test_damage_is_said_or_harmless(tmp_path_factory, files, kind, data):
    """Cut off anywhere or with bits turned, a map still answers or is called damaged."""
    content = bytearray(files[kind])
    if data.draw(st.booleans()):
        content = content[: data.draw(st.integers(0, len(content) - 1))]
    else:
        for at in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=4)):
            content[at] ^= 1 << data.draw(st.integers(0, 7))
    try:
        told = asked(opened(tmp_path_factory.mktemp("torn"), bytes(content)), WALK, 4)
    except EvenstrideError as error:
        said = error.sentence
    else:
        said = "damaged." if np.isnan(told.sure).any() else f"{len(told)} positions."

    assert said.endswith(("breaks off.", "can read.", "is empty.", f"{len(WALK)} positions."))


@pytest.mark.parametrize("kind", ["pbf", "osm.gz"])
def test_a_map_that_breaks_off_is_called_so(tmp_path, files, kind):
    """Half a file is no map with fewer ways."""
    with pytest.raises(DamagedFile, match="damaged or breaks off"):
        asked(opened(tmp_path, files[kind][: len(files[kind]) * 2 // 3]), WALK, 4)


def test_a_packed_file_of_nothing_is_damaged(tmp_path):
    """A packed file without a map in it is called damaged when it is read."""
    with pytest.raises(DamagedFile):
        asked(opened(tmp_path, gzip.compress(b"nothing of the kind" * 100)), WALK, 4)


def test_without_the_library_its_name_is_said(tmp_path, files, monkeypatch):
    """Who has not installed what reads maps is told how to."""
    real = builtins.__import__

    def without(name, *args, **kwargs):
        if name == "osmium":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtra, match=r"evenstride\[terrain\]"):
        opened(tmp_path, files["pbf"])
