"""A slow factor gets two stretches and no verdict."""

import numpy as np
import pytest

from evenstride.errors import OptionError
from evenstride.trials.trend import CAUTION_BAD_START, CAUTION_CAUSE, trend_report


def diary(before=20, after=20, drop=0.0, seed=0):
    """Return days and pain with a drop on day ``before``."""
    rng = np.random.default_rng(seed)
    days = np.arange(float(before + after))
    return list(days), list(5 + rng.normal(0, 0.7, days.size) - drop * (days >= before))


def test_two_stretches_are_shown_with_their_change():
    """Means before and since, and their difference with an interval, but no cause."""
    report = trend_report(*diary(drop=2.0), 20.0)

    assert report.ready
    assert 5.0 == pytest.approx(report.before.value, abs=0.5)
    assert 3.0 == pytest.approx(report.since.value, abs=0.6)
    assert report.change.low < -2.0 < report.change.high
    assert "own_trend" == report.change.grade
    assert CAUTION_CAUSE in report.cautions


def test_a_short_baseline_is_refused_with_what_is_missing():
    """Fewer than 14 days before the start, or few walks, give no report but say what to do."""
    for report in (trend_report(*diary(before=10), 10.0), trend_report([], [], 0.0)):
        assert not report.ready
        assert "14 days before" in report.missing
        assert report.change.value is None


def test_it_waits_for_walks_after_the_start():
    """Right after the start there is nothing to compare yet."""
    report = trend_report(*diary(after=3), 20.0)

    assert not report.ready
    assert "since you began" in report.missing


def test_starting_in_a_bad_week_is_said():
    """Who starts after days that were worse than usual is told that pain often eases by itself."""
    days, pain = diary()
    pain[13:20] = [value + 3 for value in pain[13:20]]

    assert CAUTION_BAD_START in trend_report(days, pain, 20.0).cautions
    assert CAUTION_BAD_START not in trend_report(*diary(), 20.0).cautions


def test_walks_without_ratings_are_left_out():
    """Unknown outcomes do not count."""
    days, pain = diary()
    pain[3] = None

    assert 19 == trend_report(days, pain, 20.0).before.n


def test_lists_must_fit_together():
    """Different lengths and days that run backwards raise."""
    with pytest.raises(OptionError):
        trend_report([0.0], [], 0.0)
    with pytest.raises(OptionError):
        trend_report([1.0, 0.0], [1.0, 2.0], 0.0)
