"""A simulated person answers walks with whole, bounded pain that follows what was planted."""

from dataclasses import astuple, replace
from statistics import correlation, mean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenstride.errors import OptionError
from evenstride.model import Outing
from evenstride.testing import SimulatedPerson

WALK = Outing("walk", 0, minutes=20.0)
SHOES = {"hard": 1.5, "soft": -1.5}


def ratings(walk):
    """Return the four ratings of the back."""
    return astuple(walk.back)


def test_the_same_seed_gives_the_same_pain_and_another_seed_another():
    """Chance hangs on the seed alone."""
    one, same, other = (
        [ratings(SimulatedPerson(seed=seed).after(WALK, day)) for day in range(56)]
        for seed in (1, 1, 2)
    )

    assert one == same
    assert one != other


@settings(deadline=None, max_examples=60)
@given(
    minutes=st.none() | st.floats(1, 200),
    load=st.floats(0, 40),
    more=st.floats(-5, 20),
    day=st.integers(0, 55),
    seed=st.integers(0, 50),
)
def test_pain_is_told_in_whole_points_from_0_to_10_and_never_falls_during_a_walk(
    minutes, load, more, day, seed
):
    """Whatever is walked, the ratings could stand in a diary."""
    walk = replace(WALK, minutes=minutes, load_kg=load)
    found = SimulatedPerson(seed=seed).after(walk, day, more)

    assert all(value == int(value) and 0 <= value <= 10 for value in ratings(found))
    assert found.back.worst >= found.back.before
    assert found.minutes_to_rise is None or found.minutes_to_rise <= minutes + 1


@settings(deadline=None, max_examples=40)
@given(
    change=st.sampled_from(
        [
            {"minutes": 40.0},
            {"load_kg": 5.0},
            {"hills": "steep"},
            {"surface": "uneven"},
            {"sleep_h": 4.0},
            {"sitting_before_min": 240.0},
            {"shoe": "hard"},
        ]
    ),
    day=st.integers(0, 55),
)
def test_what_is_harder_for_the_back_never_hurts_less(change, day):
    """Each thing that is told of a walk counts in its direction."""
    person = SimulatedPerson(shoes=SHOES, seed=3)

    assert person.rise(replace(WALK, **change), day) > person.rise(WALK, day)
    harder = person.after(replace(WALK, **change), day)
    assert harder.back.worst >= person.after(WALK, day).back.worst


def test_the_planted_difference_between_shoes_is_there_on_average():
    """Far from 0, rounding takes nothing from it."""
    person = SimulatedPerson(shoes=SHOES, tolerated_min=10, days=400, better_per_week=0, seed=5)
    worst = {
        shoe: mean(person.after(replace(WALK, shoe=shoe), d).back.worst for d in range(56))
        for shoe in SHOES
    }

    assert worst["hard"] - worst["soft"] == pytest.approx(3.0, abs=0.3)


def test_a_walk_of_the_tolerated_minutes_raises_the_pain_by_two():
    """This is what the minutes mean."""
    person = SimulatedPerson(tolerated_min=25, tolerates_more=0)

    assert person.rise(replace(WALK, minutes=25.0), 10) == 2.0


def test_days_in_a_row_are_alike_as_told():
    """The noise is AR(1) with the wanted correlation."""
    person = SimulatedPerson(correlation=0.8, spread=3, rest=5, better_per_week=0, days=800, seed=1)
    worst = [person.after(WALK, day).back.worst for day in range(800)]

    assert 0.6 < correlation(worst[:-1], worst[1:]) < 0.9


def test_a_person_who_does_not_vary_feels_the_same_each_day():
    """Without chance and change there is nothing else."""
    person = SimulatedPerson(spread=0, better_per_week=0, tolerates_more=0)

    assert len({ratings(person.after(WALK, day)) for day in range(56)}) == 1


@pytest.mark.parametrize(
    "wrong", [{"days": 0}, {"correlation": 1.0}, {"spread": -1.0}, {"tolerated_min": 0.0}]
)
def test_options_out_of_range_are_refused(wrong):
    """With a sentence, not with numbers that cannot be."""
    with pytest.raises(OptionError):
        SimulatedPerson(**wrong)


def test_a_day_that_is_not_simulated_is_refused():
    """Chance was drawn for the days of the simulation only."""
    with pytest.raises(OptionError):
        SimulatedPerson(days=7).after(WALK, 7)
