"""When the inventory tells of a change, and when it does not."""

import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import stdtrit

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from validation.inventory import TARGET, Case, rates

from evenstride.inventory.change import compare, student_t, threshold
from evenstride.inventory.knowledge import factors_knowledge

from .helpers import compared, measure, series, walk

CALM = [3.9, 4.1, 4.0, 4.2, 3.8, 4.0, 4.1, 3.9]
WORDS = factors_knowledge().verdicts | {"more": "More.", "less": "Less."}


def test_a_value_like_the_others_is_as_usual():
    """A walk within the own spread is as usual, with the range it was compared to."""
    found = compared(series("pitch_deg", [*CALM, 4.15]), "pitch_deg")

    assert found.verdict == "as_usual"
    assert (8, 3.8, 4.2) == (found.n, found.low, found.high)
    assert pytest.approx(4.0) == found.usual
    assert pytest.approx(0.15) == found.change
    assert abs(found.change) < found.threshold


@pytest.mark.parametrize(("value", "verdict"), [(6.0, "more"), (2.0, "less")])
def test_a_value_far_off_is_more_or_less(value, verdict):
    """A walk far outside the own spread is told as a change, with its direction in words."""
    found = compared(series("pitch_deg", [*CALM, value]), "pitch_deg")

    assert found.verdict == verdict
    assert found.says.startswith(f"You leaned {verdict if verdict == 'less' else 'further'}")


@pytest.mark.parametrize(
    ("name", "earlier", "needed"),
    [("pitch_deg", 4, 5), ("pitch_deg", 0, 5), ("cadence_spm", 2, 3), ("cadence_spm", 0, 3)],
)
def test_too_few_walks_say_nothing_but_their_number(name, earlier, needed):
    """Below five walks, or three with a published repeat error, nothing is said of a change."""
    found = compared(series(name, [*([100.0] * earlier), 150.0]), name)

    assert found.verdict == "cannot_say"
    assert found.threshold is None
    assert f"it takes {needed}" in found.says
    assert f"{earlier} walk" in found.says


def test_a_published_repeat_error_lets_three_walks_speak():
    """Three walks are enough where the repeat error is known, and equal walks do not make it 0."""
    found = compared(series("cadence_spm", [110, 110, 110, 140]), "cadence_spm")

    assert found.verdict == "more"
    assert found.threshold > 1.96 * 2**0.5 * factors_knowledge().repeat_sd["cadence_spm"] * 2 / 3


def test_a_value_that_is_not_sure_is_no_change():
    """If the usual value lies in the value's own interval, nothing can be said."""
    walks = series("pitch_deg", [*CALM, 0])
    walks[-1] = walk(0, speed=1.3, measures={"pitch_deg": measure("pitch_deg", 6.0, half=3.0)})

    found = compared(walks, "pitch_deg")

    assert found.verdict == "cannot_say"
    assert found.says == WORDS["wide"]


def test_the_published_repeat_error_fades_until_eight_walks():
    """The pooled variance moves from the published one to the own one, walk by walk."""
    own_sd, published = 1.0, 3.0
    pooled = []
    for n in range(2, 12):
        half = own_sd * ((n - 1) / n) ** 0.5
        values = [half if at % 2 else -half for at in range(n)]
        ratio = threshold(values, published, 1) / threshold(values, None, 1)
        pooled.append(ratio)

    assert sorted(pooled[3:], reverse=True) == pooled[3:]
    assert pooled[6:] == pytest.approx([1.0] * len(pooled[6:]))


@given(
    st.lists(st.floats(-50, 50), min_size=5, max_size=20),
    st.one_of(st.none(), st.floats(0.1, 10)),
    st.integers(1, 6),
)
def test_looking_at_more_measures_never_lowers_the_bar(values, repeat_sd, looked_at):
    """The change to pass grows with the number of measures, and is never below 2.77 SD."""
    one = threshold(values, repeat_sd, looked_at)

    assert one <= threshold(values, repeat_sd, looked_at + 1)
    if repeat_sd is None:
        mean = sum(values) / len(values)
        sd = (sum((v - mean) ** 2 for v in values) / (len(values) - 1)) ** 0.5
        assert one >= 1.96 * 2**0.5 * sd * (1 - 1e-9)


@pytest.mark.parametrize("published", [None, 1.0])
def test_with_the_same_spread_fewer_walks_never_give_more_certainty(published):
    """For one and the same spread, the change to pass only falls as walks are added."""
    bars = []
    for n in range(5, 21):
        values = [1.0 if at % 2 else -1.0 for at in range(n)]
        mean = sum(values) / n
        sd = (sum((v - mean) ** 2 for v in values) / (n - 1)) ** 0.5
        bars.append(threshold([v / sd for v in values], published, 3))

    assert all(after <= before * (1 + 1e-12) for before, after in pairwise(bars))


@given(st.lists(st.floats(-10, 10), min_size=5, max_size=12), st.floats(-30, 30))
def test_a_change_and_its_mirror_image_are_judged_alike(values, value):
    """Turning every sign turns the verdict and nothing else."""
    turned = {"more": "less", "less": "more"}
    one = compare(value, (None, None), values, WORDS)
    other = compare(-value, (None, None), [-v for v in values], WORDS)

    assert turned.get(one.verdict, one.verdict) == other.verdict


@pytest.mark.parametrize("looked_at", [1, 3, 6])
@pytest.mark.parametrize("degrees", [4, 7, 19])
def test_quantiles_of_students_t_are_right(degrees, looked_at):
    """The series agrees with SciPy within half a percent wherever it is used."""
    level = 1 - 0.025 / (2 * looked_at)

    assert student_t(level, degrees) == pytest.approx(stdtrit(degrees, level), rel=0.005)


def test_unchanged_people_are_rarely_told_of_a_change():
    """In simulation, at most 5 % in each factor, here with correlated walks; see validation."""
    people = 250
    found = rates(Case(12, phi=0.3), people)

    margin = 2 * (TARGET * (1 - TARGET) / people) ** 0.5
    assert max(found.values()) <= TARGET + margin, found
    assert rates(Case(12, phi=0.3, shift=6), 50)["rhythm"] > 0.9
