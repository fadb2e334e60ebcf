"""A real walk, as it is measured, goes through the inventory."""

from importlib.resources import as_file, files

import pytest

import evenstride as es

from .helpers import look, seen, walk


@pytest.fixture(scope="module")
def real():
    """Return the measures of the lower-back walk that comes with the program."""
    with as_file(files("evenstride") / "demo_data" / "lower_back_walk.csv.gz") as path:
        return es.analyze(es.read(path), height_m=1.75).measures


def test_a_real_walk_fills_the_rhythm_and_leaves_the_lean_out(real):
    """Without a standing reference there is no lean, and the reason is that of the walk."""
    found = look([walk(0, measures=real)])

    assert 80 < seen(found, "cadence_spm").value < 130
    assert seen(found, "pitch_deg").value is None
    assert real["pitch_deg"].reason == seen(found, "pitch_deg").reason
    assert "Too few walks" in seen(found, "cadence_spm").comparison.says


def test_the_same_real_walk_again_is_as_usual(real):
    """Nothing changed, so nothing is told."""
    found = look([walk(ago, measures=real, shoe="blue") for ago in range(9)])
    compared = [
        one.comparison
        for factor in found.factors
        for one in factor.observed
        if one.comparison is not None
    ]

    assert {"as_usual"} == {one.verdict for one in compared}
    assert len(compared) >= 5
    assert not any(one.left_out for one in compared)
