"""The recordings that are shipped can be read, are small, and are attributed."""

from pathlib import Path

import pytest

import evenstride as es

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(es.__file__).parent / "demo_data"
SHIPPED = {
    "lower_back_walk.csv.gz": ("GENEActiv CSV", 50.0, 168.5, False),
    "daily_life_trial.csv.gz": ("Mobilise-D style CSV", 100.0, 137.6, True),
}


def test_nothing_else_is_shipped():
    """The folder holds the two recordings and their explanation, in well under a megabyte."""
    assert {"README.md", *SHIPPED} == {path.name for path in FOLDER.iterdir()}
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 500_000


@pytest.mark.parametrize("name", SHIPPED)
def test_each_is_read_by_the_real_importers(name):
    """Each recording is recognised by its content and has its true rate, length and sensors."""
    kind, rate_hz, duration_s, gyroscope = SHIPPED[name]

    recording = es.read(FOLDER / name)
    (block,) = recording.blocks()

    assert kind == recording.format
    assert recording.clock.rate_hz == pytest.approx(rate_hz, rel=1e-3)
    assert recording.clock.duration_s == pytest.approx(duration_s, abs=0.2)
    assert gyroscope == (block.angular_velocity_rad_s is not None)
    assert recording.gravity_included


@pytest.mark.parametrize("name", SHIPPED)
def test_each_is_attributed(name):
    """Each recording is named in NOTICE and in the folder's own README."""
    assert name in (ROOT / "NOTICE").read_text(encoding="utf-8")
    assert name in (FOLDER / "README.md").read_text(encoding="utf-8")


def test_licences_are_reproduced():
    """NOTICE holds the MIT text with its copyright line and says what was changed."""
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")

    assert "Copyright (c) 2019 Matt" in notice
    assert "Permission is hereby granted, free of charge" in notice
    assert "Apache License, Version 2.0" in notice
    assert 3 == notice.count("Changes:")  # two recordings, and the map of the tests
