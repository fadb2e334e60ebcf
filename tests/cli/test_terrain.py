"""The ground of a walk in the terminal, as JSON and as a page."""

import json
import re

import numpy as np
import pytest
from click.testing import CliRunner

from evenstride.cli import main
from evenstride.testing.ground import simulate_ground

POINT = '<trkpt lat="{:.7f}" lon="{:.7f}">{}<time>2026-05-01T{:02d}:{:02d}:{:02d}Z</time></trkpt>'


@pytest.fixture(scope="module")
def gpx(tmp_path_factory):
    """Return a GPX file of a walk over hills."""
    return write(tmp_path_factory.mktemp("gpx") / "hill.gpx", "steep", "barometer")


def write(path, hills, source):
    """Write a simulated walk as GPX."""
    track = simulate_ground(3, length_m=900.0, hills=hills, source=source, sampling_s=5.0).track
    points = []
    for row in range(len(track)):
        height = track.elevation_m[row]
        ele = "" if np.isnan(height) else f"<ele>{height:.1f}</ele>"
        seconds = int(track.time_s[row])
        clock = (8 + seconds // 3600, seconds // 60 % 60, seconds % 60)
        points.append(POINT.format(track.latitude_deg[row], track.longitude_deg[row], ele, *clock))
    body = f"<trk><trkseg>{''.join(points)}</trkseg></trk>"
    path.write_text(f'<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">{body}</gpx>')
    return path


def run(*arguments):
    """Run the command."""
    return CliRunner().invoke(main, ["terrain", *map(str, arguments)])


def test_words_say_distance_climb_and_range(gpx):
    """The first line says how far, how much climb with its range, and how hilly."""
    shown = run(gpx)

    assert 0 == shown.exit_code, shown.output
    first = shown.output.splitlines()[0]
    assert re.fullmatch(
        r"0\.9 km, about \d+ m of climb \(\d+ to \d+ m\): (steep|some hills)", first
    )
    assert "Likely range" in shown.output
    assert "%" not in shown.output


def test_imperial_units(gpx):
    """In imperial units no metre is left in the numbers."""
    shown = run(gpx, "--units", "imperial")

    assert " ft of climb" in shown.output
    assert " mi, about" in shown.output


def test_json_is_the_document(gpx):
    """--json prints the document of the profile with measures and pieces, and nothing else."""
    document = json.loads(run(gpx, "--json").output)

    assert "evenstride/terrain/1" == document["schema"]
    assert document["measures"]["climb_m"]["low"] <= document["measures"]["climb_m"]["value"]
    assert document["segments"]


def test_the_page_has_both_pictures_and_their_tables(gpx, tmp_path):
    """The page holds profile and way as pictures with title and description, and as tables."""
    page = tmp_path / "page.html"
    shown = run(gpx, "--html", page)
    text = page.read_text(encoding="utf-8")

    assert 0 == shown.exit_code, shown.output
    for name in ("profile-wide", "profile-narrow", "way-wide", "way-narrow"):
        assert f'id="{name}-title"' in text
        assert f'id="{name}-desc"' in text
    assert 2 == text.count("The same as a table")
    assert "<script" not in text
    assert "http" not in text.replace("http-equiv", "")


def test_without_heights_it_is_said(tmp_path):
    """A walk without heights has a page with the way alone, and says what is not known."""
    file = write(tmp_path / "flat.gpx", "flat", "none")
    page = tmp_path / "page.html"
    shown = run(file, "--html", page)

    assert "how hilly it was is not known" in shown.output
    assert "The track has no heights" in " ".join(shown.output.split())
    assert "profile-wide" not in page.read_text(encoding="utf-8")


def test_a_file_without_a_track_is_said(tmp_path):
    """A file that holds no track ends in one sentence, without a traceback."""
    file = tmp_path / "notes.txt"
    file.write_text("nothing of the kind")
    shown = run(file)

    assert 0 != shown.exit_code
    assert "Traceback" not in shown.output
    assert "no track" in shown.output


def test_a_missing_elevation_folder_is_said(gpx, tmp_path):
    """A folder of elevation tiles that is not there is named."""
    shown = run(gpx, "--elevation-model", tmp_path / "none")

    assert 0 != shown.exit_code
    assert "There is no folder" in shown.output


def test_what_is_not_shown_is_counted(tmp_path, gpx):
    """Points of a track without times are counted, and it is said why they were left out."""
    text = gpx.read_text(encoding="utf-8")
    other = (
        '<trk><trkseg><trkpt lat="47.0" lon="15.0"/><trkpt lat="47.1" lon="15.0"/></trkseg></trk>'
    )
    both = tmp_path / "both.gpx"
    both.write_text(text.replace("<trk>", other + "<trk>", 1), encoding="utf-8")
    shown = " ".join(run(both).output.split())
    all_ = text.count("<trkpt") + 2

    assert f"2 of {all_} points in the file belong to other tracks" in shown
    assert "2 of these have no times" in shown
