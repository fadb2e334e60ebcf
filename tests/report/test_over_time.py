"""A walk over time: gathered without hiding anything, and told as it is drawn."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.inventory.timeline import Moments
from evenstride.report.one_walk.over_time import MOST, over_time


def moments(count: int, **columns) -> Moments:
    """Return windows of ten seconds in which nothing is known but what is given."""
    start = 10.0 * np.arange(count)
    empty, nothing = np.full(count, ""), np.full(count, np.nan)
    known = dict.fromkeys(Moments.__dataclass_fields__, nothing)
    known |= {"start_s": start, "end_s": start + 10.0, "slope": empty, "surface": empty}
    return Moments(**known | {name: np.asarray(values, float) for name, values in columns.items()})


def panel(shown, name: str):
    """Return a panel by its name."""
    return next(one for one in shown.panels if one.name == name)


def test_a_short_walk_is_shown_as_it_was_measured():
    """Each window is a point, what was not measured is a gap, and no band is made up."""
    shown = over_time(moments(4, cadence_spm=[110, np.nan, 114, 112]), (), "metric")
    (curve,) = panel(shown, "rhythm").curves

    assert (110.0, None, 114.0, 112.0) == curve.values
    assert ((), ()) == (curve.low, curve.high)
    assert (5.0, 15.0, 25.0, 35.0) == shown.time_s
    assert [("0:00", "110"), ("0:20", "114"), ("0:30", "112")] == list(shown.rows)


def test_what_was_never_measured_has_no_panel():
    """A walk of which nothing is known over time has no picture."""
    assert ["rhythm"] == [
        one.name for one in over_time(moments(3, cadence_spm=[1, 2, 3]), (), "metric").panels
    ]
    assert over_time(moments(3), (), "metric") is None


@given(
    st.integers(1, 4000),
    st.integers(0, 2**32 - 1),
    st.floats(0.0, 0.9),
)
def test_gathering_a_long_walk_hides_nothing(count, seed, missing):
    """However long: few points; the lowest and highest window are still in the bands."""
    random = np.random.default_rng(seed)
    values = random.normal(110.0, 5.0, count)
    values[random.random(count) < missing] = np.nan
    shown = over_time(moments(count, cadence_spm=values), (), "metric")
    if not np.isfinite(values).any():
        assert shown is None
        return
    (curve,) = panel(shown, "rhythm").curves
    low, high = curve.low or curve.values, curve.high or curve.values
    known = [one for one in low if one is not None]

    assert len(shown.time_s) <= MOST
    assert math.isclose(np.nanmin(values), min(known), abs_tol=0.06)
    assert math.isclose(np.nanmax(values), max(v for v in high if v is not None), abs_tol=0.06)
    for least, middle, most in zip(low, curve.values, high, strict=True):
        assert (least is None) == (middle is None) == (most is None)
        assert middle is None or least <= middle <= most


def test_ten_hours_say_that_they_were_gathered():
    """The sentence tells how long a point is, and what its band is."""
    shown = over_time(moments(3600, cadence_spm=np.full(3600, 100.0)), (), "metric")

    assert MOST == len(shown.time_s)
    assert "each point gathers 2 min 30 s" in shown.steps_say


def test_the_worst_pain_of_a_step_is_kept():
    """A rating between two others of one step is not averaged away."""
    pain = np.full(1000, np.nan)
    pain[[500, 501]] = 2.0, 7.0
    shown = over_time(moments(1000, cadence_spm=np.ones(1000), pain=pain), (), "metric")
    (curve,) = panel(shown, "pain").curves

    assert [7.0] == [one for one in curve.values if one is not None]


def test_a_slope_keeps_its_likely_range():
    """The band of the slope is its interval, also on a short walk."""
    shown = over_time(
        moments(2, slope_pct=[4, 6], slope_low_pct=[2, 5], slope_high_pct=[6, 7]), (), "metric"
    )
    (curve,) = panel(shown, "slope").curves

    assert ((2.0, 5.0), (6.0, 7.0)) == (curve.low, curve.high)


@pytest.mark.parametrize(("units", "expected"), [("metric", 3.0), ("imperial", 9.84)])
def test_numbers_are_in_the_units_of_the_person(units, expected):
    """The impact is in metres or feet a second squared, as everywhere."""
    shown = over_time(moments(2, impact_m_s2=[3.0, 3.0]), (), units)

    assert expected == pytest.approx(panel(shown, "impact").curves[0].values[0], abs=0.01)


def test_the_longest_of_what_was_not_used_is_told():
    """In the order of time, and how many more there are."""
    unused = [(10.0 * n, 10.0 * n + 1 + n % 7, "Resting.") for n in range(30)]
    said = over_time(moments(40, cadence_spm=np.ones(40)), unused, "metric").unused_said

    assert 13 == len(said)
    assert "and 18 more" == said[-1]
    assert "0:40 to 0:45: Resting." == said[0]
