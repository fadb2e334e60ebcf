"""The page of the exercises is what the knowledge says."""

import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from tools.routine_page import FOLDER, files

FILES = files()


@pytest.mark.parametrize("name", FILES)
def test_the_page_and_its_pictures_are_the_knowledge(name):
    """Each file is what `make docs` writes now."""
    assert FILES[name] == (FOLDER / name).read_text(encoding="utf-8")


def test_no_picture_is_left_over():
    """A picture of an exercise that is gone is gone too."""
    assert set(FILES) == {path.name for path in FOLDER.iterdir()}


def test_a_picture_by_itself_brings_its_colours():
    """Without a text around it, a picture is dark on light and light on dark."""
    root = ET.fromstring(FILES["clam.svg"])  # noqa: S314 - our own

    assert "prefers-color-scheme:dark" in root.findtext("{http://www.w3.org/2000/svg}style", "")
