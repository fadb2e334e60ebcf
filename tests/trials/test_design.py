"""The order of a trial is balanced, drawn, kept, and shown one walk at a time."""

from collections import Counter
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.errors import OptionError
from evenstride.trials.design import (
    Design,
    Factor,
    arms_of,
    group_of,
    look_numbers,
    next_arm,
    plan_trial,
)

from .helpers import LOAD, POLES, SHOES, one

SEEDS = st.integers(0, 2**63 - 1)


def letters(design):
    """Return the arms of the first factor as letters."""
    return "".join("AB"[arms_of(design, number)[0]] for number in range(design.walks))


def test_the_usual_trial_has_28_walks():
    """One factor takes 28 walks, several take 40, and worst pain is compared."""
    assert Design((SHOES,), "worst", 28, 3) == plan_trial([SHOES], seed=3)
    assert 40 == plan_trial([SHOES, LOAD], seed=3).walks


def test_an_order_never_changes():
    """The order of a seed is fixed for ever."""
    assert "BBAAAABBBBAABBAAAABBBBAAAABB" == letters(one(seed=3))


@given(seed=SEEDS, walks=st.integers(2, 21).map(lambda n: 4 * n))
def test_each_four_walks_are_aabb_or_bbaa(seed, walks):
    """With one factor each pair of blocks is AABB or BBAA."""
    order = letters(one(walks, seed))

    assert {"AABB", "BBAA"} >= {order[at : at + 4] for at in range(0, walks, 4)}


@given(seed=SEEDS, walks=st.integers(4, 42).map(lambda n: 2 * n))
def test_both_arms_get_the_same_number_of_walks(seed, walks):
    """Any even number of walks is split evenly, and an arm never comes more than four times."""
    order = letters(one(walks, seed))

    assert order.count("A") == order.count("B")
    assert max(len(list(run)) for _, run in groupby(order)) <= 4


@pytest.mark.parametrize("factors", [(SHOES, LOAD), (SHOES, LOAD, POLES)])
@given(seed=SEEDS)
def test_each_eight_walks_hold_every_mix_equally_often(factors, seed):
    """With two or three factors each group of eight holds every mix, and so each arm, equally."""
    design = Design(factors, "worst", 24, seed)
    for first in range(0, 24, 8):
        mixes = [arms_of(design, number) for number in range(first, first + 8)]

        assert {8 // 2 ** len(factors)} == set(Counter(mixes).values())
        assert 2 ** len(factors) == len(set(mixes))
        assert {group_of(design, first)} == {group_of(design, first + at) for at in range(8)}


@given(seed=SEEDS)
def test_two_factors_run_two_walks_in_one_mix(seed):
    """With two factors every mix is walked twice running."""
    design = Design((SHOES, LOAD), "worst", 40, seed)
    mixes = [arms_of(design, number) for number in range(40)]

    assert mixes[::2] == mixes[1::2]


def test_both_starts_are_as_likely():
    """About half of all trials begin with A."""
    starts = Counter(letters(one(8, seed))[0] for seed in range(1000))

    assert 430 < starts["A"] < 570


def test_one_walk_is_revealed_at_a_time():
    """The next walk has its number, arm and name; after the last there is none."""
    design = one(8)
    seen = [next_arm(design, done) for done in range(8)]

    assert list(letters(design)) == ["AB"[step.arms[0]] for step in seen]
    assert list(range(8)) == [step.number for step in seen]
    assert {"old shoes", "new shoes"} == {step.names[0] for step in seen}
    assert next_arm(design, 8) is None


def test_looks_come_every_seven_walks_and_at_the_end():
    """The answer is looked at after every seventh walk and at the end."""
    assert (7, 14, 21, 28) == look_numbers(one())
    assert (7, 10) == look_numbers(one(10))


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"factors": []}, "one, two or three"),
        ({"factors": [SHOES, LOAD, POLES, Factor("pace", ("a", "b"))]}, "one, two or three"),
        ({"factors": [SHOES, Factor("shoe", ("x", "y"))]}, "twice"),
        ({"factors": [Factor("routine", ("a", "b"))]}, "trend report"),
        ({"factors": [Factor("plan", ("a", "b"))]}, "over weeks"),
        ({"factors": [Factor("moon", ("a", "b"))]}, "moon"),
        ({"factors": [Factor("shoe", ("same", "Same "))]}, "a name of its own"),
        ({"factors": [Factor("shoe", ("", "b"))]}, "a name of its own"),
        ({"factors": [Factor("shoe", ("a", "b" * 61))]}, "letters long"),
        ({"outcome": "mood"}, "mood"),
        ({"seed": -1}, "seed"),
        ({"seed": 2**63}, "seed"),
        ({"walks": 6}, "8 to 84"),
        ({"walks": 86}, "8 to 84"),
        ({"walks": 27}, "same number of walks"),
        ({"factors": [SHOES, LOAD], "walks": 28}, "24 or 32"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_the_reason(change, part):
    """A design that would mislead raises, and the sentence says why."""
    asked = {"factors": [SHOES], "seed": 1, **change}

    with pytest.raises(OptionError, match=part):
        plan_trial(**asked)


@pytest.mark.parametrize("number", [-1, 28])
def test_walks_outside_the_trial_have_no_arm(number):
    """Asking for a walk that the trial does not have raises."""
    with pytest.raises(OptionError):
        arms_of(one(), number)


def test_a_negative_number_of_walks_is_refused():
    """There cannot be fewer than no walks done."""
    with pytest.raises(OptionError):
        next_arm(one(), -1)
