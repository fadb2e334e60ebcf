"""A program that opens the diary all the time searches it for damage now and then."""

from pathlib import Path

import pytest

from evenstride.diary import LOOKS, Diary
from evenstride.diary.looks import Looks
from evenstride.errors import DiaryError


@pytest.fixture
def seldom():
    """Let this program search as seldom as a server does."""
    LOOKS.seldom(600.0)
    yield
    LOOKS.seldom(0.0)


def harm(home):
    """Overwrite the end of the file."""
    with (home / "diary.sqlite").open("r+b") as file:
        file.seek(-8192, 2)
        file.write(b"\xff" * 8192)


def test_each_opening_searches_as_long_as_nobody_says_otherwise(tmp_path):
    """A command finds the damage before it writes anything."""
    Diary.open(tmp_path).close()
    Diary.open(tmp_path).close()
    harm(tmp_path)

    with pytest.raises(DiaryError):
        Diary.open(tmp_path)


def test_a_server_searches_again_after_a_while():
    """Ten minutes later it is due again."""
    now_s = [0.0]
    looks = Looks(lambda: now_s[0])
    looks.seldom(600.0)
    place = Path(__file__)

    assert looks.is_due(place)
    looks.done(place)
    assert not looks.is_due(place)
    now_s[0] = 600.0
    assert looks.is_due(place)


def test_damage_that_was_found_is_found_again(tmp_path, seldom):
    """One that is not whole never counts as searched, nor one put in the place of another."""
    del seldom
    whole, other = tmp_path / "whole", tmp_path / "other"
    Diary.open(whole).close()
    LOOKS.seldom(0.0)
    Diary.open(other).close()
    LOOKS.seldom(600.0)
    harm(other)
    (other / "diary.sqlite").replace(whole / "diary.sqlite")

    for _ in range(2):
        with pytest.raises(DiaryError):
            Diary.open(whole)
