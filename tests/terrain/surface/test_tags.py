"""The words of the map mean what the table says, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.model.outing import SURFACES
from evenstride.terrain.surface import SURFACE_WORDS, surface_word
from evenstride.terrain.surface.tags import UNLIKELY, doubt, walkable


def test_the_table_has_only_words_of_an_outing():
    """Every word is one that a person can choose for a walk too; "mixed" is of whole walks."""
    assert set(SURFACES) - {"mixed"} == set(SURFACE_WORDS.values())


@pytest.mark.parametrize(
    ("tag", "word"),
    [
        ("asphalt", "paved"),
        ("paving_stones", "paved"),
        ("sett", "paved"),
        ("fine_gravel", "track"),
        ("grass", "grass"),
        ("sand", "sand"),
        ("cobblestone", "uneven"),
        ("asphalt;concrete", "paved"),
        ("asphalt; concrete", "paved"),
        ("asphalt;cobblestone", ""),
        ("unpaved", ""),
        ("Asphalt", ""),
        ("", ""),
    ],
)
def test_values_get_their_word(tag, word):
    """Values that say too little, or contradict each other, get none."""
    assert word == surface_word(tag)


@given(st.text())
def test_any_text_gets_a_word_of_the_table_or_none(tag):
    """Nothing that strangers write into the map leads to another word."""
    assert surface_word(tag) in {*SURFACES, ""}


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"highway": "footway"}, True),
        ({"highway": "steps"}, True),
        ({"highway": "primary"}, True),
        ({"highway": "track", "access": "private"}, True),
        ({"highway": "motorway"}, False),
        ({"highway": "construction"}, False),
        ({"highway": "footway", "indoor": "yes"}, False),
        ({"waterway": "river"}, False),
    ],
)
def test_ways_for_walking(tags, expected):
    """A way counts where somebody on foot may have been, allowed or not."""
    assert expected is walkable(tags)


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({}, 0.0),
        ({"foot": "no"}, UNLIKELY),
        ({"foot": "use_sidepath"}, UNLIKELY),
        ({"sidewalk": "separate"}, UNLIKELY),
        ({"sidewalk:both": "separate"}, UNLIKELY),
        ({"access": "private"}, UNLIKELY),
        ({"access": "no", "foot": "yes"}, 0.0),
        ({"motorroad": "yes"}, UNLIKELY),
    ],
)
def test_ways_that_are_doubted(tags, expected):
    """Where people on foot are kept off, walking is less likely and not impossible."""
    assert expected == doubt(tags)
