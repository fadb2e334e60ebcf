"""The validation of self-experiments simulates what it says and measures what it says."""

from dataclasses import replace

import numpy as np
import pytest
from validation.trials import calibration, measure, rivals
from validation.trials.marks import marks, upper
from validation.trials.report import render
from validation.trials.simulate import CELLS, SD, Cell, acts, draw, noise, schedules, told
from validation.trials.study import run_cell

PLAIN = Cell(0.3, trend=False, carry=False, missing=False, floor=False)


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """Return a very short run, without the recordings."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(measure, "CELLS", CELLS[::5])
        patch.setattr(measure, "REFERENCE_STEPS", 2000)
        patch.setattr("validation.trials.speed.REPEATS", 2)
        said = []
        found = measure.measure(12, 5, tmp_path_factory.mktemp("empty"), said.append)
    assert 3 * len(CELLS[::5]) == len(said)
    return found


def shown(study, patch):
    """Return the marks and the report of a run with few cells."""
    patch.setattr("validation.trials.marks.CELLS", CELLS[::5])
    patch.setattr("validation.trials.report.CELLS", CELLS[::5])
    return marks(study), render(study, "Made here.")


def test_the_report_has_every_part(study, monkeypatch):
    """Each thing that is measured has a heading, and each cell a row in both tables."""
    _, text = shown(study, monkeypatch)
    for heading in (
        "No difference",
        "A difference",
        "Bands",
        "How many walks",
        "Beside a sampler",
        "Real daily pain",
        "Three factors",
        "Links",
    ):
        assert f"\n## {heading}" in text
    assert all(2 == text.count(f"| {cell.name} |") for cell in CELLS[::5])
    assert "Not measured: the recordings are not in the folder." in text


def test_a_short_run_does_not_judge_the_worst(study, monkeypatch):
    """The worst of many cells is judged only where it can be told from bad luck."""
    short, _ = shown(study, monkeypatch)
    long, _ = shown(replace(study, trials=measure.ENOUGH_FOR_A_CELL), monkeypatch)

    assert not any(mark.worst for mark in short)
    assert any(mark.worst for mark in long)


def test_a_missed_target_is_said(study, monkeypatch):
    """If every trial had a winner, the mark turns to no and the report shows it."""
    for cell in CELLS[::5]:
        monkeypatch.setattr(study.tallies[cell, 0.0], "winner", [np.ones(12, bool)])
    rows, text = shown(study, monkeypatch)

    assert not rows[0].reached
    assert "| 100.0 % | <= 3.0 % | **no** |" in text


def test_a_planted_big_effect_is_found():
    """Of trials with three points of difference nearly all name the better arm."""
    tally = run_cell(PLAIN, -3.0, 40, 1)

    assert tally.share("right") > 0.9
    assert tally.share("covered") > 0.8


def test_runs_are_repeatable():
    """The same seed gives the same figures, another seed others."""
    first, again, other = (run_cell(PLAIN, -1.0, 20, seed).share("mean") for seed in (1, 1, 2))

    assert first == again
    assert first != other


@pytest.mark.parametrize("phi", [0.0, 0.3, 0.6])
def test_the_noise_is_as_correlated_as_asked(phi):
    """Neighbouring days correlate by 0.7 times phi, days two apart by 0.7 times its square."""
    rows = noise(np.tile(np.arange(200.0), (200, 1)), phi, np.random.default_rng(1))

    assert rows.std() == pytest.approx(SD, rel=0.03)
    for apart in (1, 2):
        likeness = np.mean(rows[:, apart:] * rows[:, :-apart]) / np.mean(rows**2)
        assert likeness == pytest.approx(0.7 * phi**apart, abs=0.03)


def test_walks_are_missing_as_often_as_asked():
    """15 % of walks have no rating, and 15 % of days have no walk; elsewhere none is missing."""
    gaps = draw(replace(PLAIN, missing=True), 0.0, 300, 28, np.random.default_rng(1))
    whole = draw(PLAIN, 0.0, 50, 28, np.random.default_rng(1))

    assert np.mean(~gaps.present) == pytest.approx(0.15, abs=0.02)
    assert np.mean(np.diff(gaps.days) - 1) == pytest.approx(0.15, abs=0.02)
    assert whole.present.all()
    assert np.all(np.diff(whole.days) == 1)


def test_at_the_floor_zeros_are_common():
    """A mean pain of 1.2 gives more than a quarter of zeros, and hides part of the effect."""
    low = draw(replace(PLAIN, floor=True), -2.0, 300, 28, np.random.default_rng(1))
    usual = draw(PLAIN, -2.0, 300, 28, np.random.default_rng(1))

    assert np.mean(low.outcome == 0) > 0.25
    assert np.mean(usual.outcome == 0) < 0.1
    assert -1.8 < low.truth < -1.2
    assert usual.truth == pytest.approx(-2.0, abs=0.05)


def test_a_trend_falls_by_two_points():
    """From the first walk to the last the pain falls by two points."""
    drawn = draw(replace(PLAIN, trend=True), 0.0, 400, 28, np.random.default_rng(1))

    fall = drawn.without[:, -4:].mean() - drawn.without[:, :4].mean()
    assert fall == pytest.approx(-2.0 * 24 / 27, abs=0.15)


def test_what_is_carried_over_comes_one_walk_late():
    """With carry-over 30 % of the effect is that of the walk before."""
    arms = np.array([[0.0, 0.0, 1.0, 1.0]])

    np.testing.assert_allclose([[-0.5, -0.5, 0.5, 0.5]], acts(arms, PLAIN))
    np.testing.assert_allclose([[-0.5, -0.5, 0.2, 0.5]], acts(arms, replace(PLAIN, carry=True)))


def test_pain_is_told_in_whole_points():
    """Ratings are whole, from 0 to 10."""
    np.testing.assert_array_equal([0, 0, 4, 10], told(np.array([-3.0, 0.4, 3.6, 12.0])))


def test_orders_are_balanced():
    """Every four walks hold two of each arm, as in the real design."""
    orders = schedules(20, 28, np.random.default_rng(1)).reshape(20, 7, 4)

    assert np.all(orders.sum(axis=2) == 2)


def test_the_rivals_keep_their_level_where_nothing_is_correlated():
    """On independent ratings both tests are wrong in about 5 % of trials."""
    rng = np.random.default_rng(1)
    outcome, present = rng.normal(4, 1, (4000, 28)), np.ones((4000, 28), bool)

    paired = rivals.paired_t(schedules(4000, 28, rng), outcome, present)
    welch = rivals.welch(rivals.abab(4000, 28, rng), outcome, present)

    assert np.mean(paired < 0.05) == pytest.approx(0.05, abs=0.012)
    assert np.mean(welch < 0.05) == pytest.approx(0.05, abs=0.012)


def test_bands_of_a_short_run_add_up():
    """Every trial has seven bands, and just as many are true as there are trials."""
    bins = calibration.calibration(10, 1)

    assert 7 * 10 * len(calibration.WORLDS) == sum(one.bands for one in bins)
    assert 10 * len(calibration.WORLDS) == pytest.approx(
        sum(one.true * one.bands for one in bins if one.bands)
    )


def test_the_upper_end_is_that_of_wilson():
    """Known points of the Wilson interval."""
    assert upper(0.0, 100) == pytest.approx(0.0370, abs=1e-4)
    assert upper(0.02, 3000) == pytest.approx(0.0257, abs=2e-4)
