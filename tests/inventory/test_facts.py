"""What a person told is put down as it is, and what is absent is said with the reason."""

import pytest

from evenstride.model import Measure, PainRatings, Person, Shoe

from .helpers import BLUE, RED, changed, look, measure, seen, walk


def test_an_empty_diary_says_what_would_give_each_thing():
    """Six factors, no numbers, and for every one of them a reason and a way to get it."""
    found = look([], shoes=())

    ids = ["posture", "weight_and_strike", "rhythm", "footwear", "terrain", "dose"]
    assert ids == [factor.id for factor in found.factors]
    for factor in found.factors:
        assert factor.observed
        for one in factor.observed:
            assert one.value is None
            assert one.reason
            assert one.give
            assert one.comparison is None
        assert () == factor.pain


def test_the_reason_of_the_newest_try_stands_beside_an_absent_measure():
    """If a walk was recorded but a measure is absent, its own reason is given."""
    why = "The sensor took 20 samples a second; this needs 40 or more."
    found = look([walk(0, measures={"pitch_deg": Measure.absent("°", why)})])

    assert why == seen(found, "pitch_deg").reason
    assert "Stand still" in seen(found, "pitch_deg").give


def test_shoes_are_logged_with_distance_age_and_days():
    """What was walked before the diary counts; a walk without a distance counts as a day only."""
    walks = [
        walk(3, shoe="blue", distance_m=2000.0),
        walk(3, hour=18, shoe="blue", distance_m=1000.0),
        walk(1, shoe="blue"),
        walk(0, shoe="red"),
    ]
    found = look(walks)

    assert 13_000 == seen(found, "shoe_distance:blue").value
    assert "3 walks" in seen(found, "shoe_distance:blue").says
    assert "2 of them" in seen(found, "shoe_distance:blue").says
    assert (2, 180) == (seen(found, "shoe_days:blue").value, seen(found, "shoe_age:blue").value)
    assert ("Red shoes", 2) == (seen(found, "shoe_last").value, seen(found, "shoes_in_use").value)
    assert seen(found, "shoe_age:red").value is None
    assert "first wore" in seen(found, "shoe_age:red").give


def test_a_distance_that_nobody_noted_is_no_zero():
    """Without any distance the pair has none, and the reason is said."""
    found = look([walk(0, shoe="red")])

    assert seen(found, "shoe_distance:red").value is None
    assert seen(found, "shoe_distance:red").reason


def test_a_retired_pair_is_told_of_only_while_it_was_worn_of_late():
    """Old shoes leave the log of what is in use."""
    retired = Shoe("blue", "Blue shoes", retired=True)
    named = [one.name for one in look([walk(0, shoe="red")], (retired, RED)).factors[3].observed]

    assert "shoe_days:red" in named
    assert "shoe_days:blue" not in named
    late = look([walk(0, shoe="blue")], (retired, RED)).factors[3].observed
    assert "shoe_days:blue" in [one.name for one in late]


def test_pairs_stay_in_the_log_though_nobody_noted_them_of_late():
    """What is known of a pair is told; which pair was worn last is not."""
    found = look([walk(0)], (BLUE,))

    assert seen(found, "shoe_last").value is None
    assert 10_000 == seen(found, "shoe_distance:blue").value


def test_no_limit_of_distance_is_ever_told():
    """However far a pair was walked, nothing is said but the number."""
    far = look([walk(0, shoe="blue")], (Shoe("blue", "Blue shoes", earlier_m=5e6), RED))
    near = look([walk(0, shoe="blue")], (BLUE, RED))

    assert seen(far, "shoe_distance:blue").says == seen(near, "shoe_distance:blue").says


def test_ground_is_counted_as_it_was_felt():
    """Each kind with its number of walks; what nobody noted is not counted."""
    walks = [walk(2, surface="grass"), walk(1, surface="grass"), walk(0, surface="paved"), walk(3)]
    found = seen(look(walks), "surface")

    assert ("Paved: 1 walk, Grass: 2 walks", 3) == (found.value, found.walks)
    assert seen(look(walks), "hills").value is None


def test_minutes_of_seven_days_stand_beside_the_four_weeks_before():
    """A walk six days ago is in these seven days, one seven days ago is not."""
    walks = [walk(0, minutes=30.0), walk(6, minutes=30.0)]
    walks += [walk(ago, minutes=40.0) for ago in (7, 13, 20, 34)]

    found = look(walks)

    assert 60 == seen(found, "week_minutes").value
    assert 40 == seen(found, "four_weeks_minutes").value
    assert "20 minutes more" in seen(found, "four_weeks_minutes").says


def test_weeks_before_the_diary_do_not_count_as_weeks_of_rest():
    """With three weeks in the diary there is no mean of four, and it says so."""
    walks = [walk(ago, minutes=30.0) for ago in range(0, 21, 2)]
    found = seen(look(walks), "four_weeks_minutes")

    assert found.value is None
    assert "four full weeks" in found.reason
    assert seen(look(walks), "week_minutes").comparison.verdict == "cannot_say"


def test_a_walk_without_minutes_is_no_walk_of_none():
    """The minutes that are known are told, and nothing is compared; without any there is no sum."""
    walks = [walk(ago, minutes=30.0) for ago in range(7, 70)] + [walk(1, minutes=20.0), walk(0)]
    found = seen(look(walks), "week_minutes")

    assert (20, 2, "cannot_say") == (found.value, found.walks, found.comparison.verdict)
    assert "1 of them" in found.says
    assert seen(look([walk(0)]), "week_minutes").value is None


def test_a_week_without_walks_counts_as_none_inside_the_diary():
    """Zero minutes is a number when the diary was kept before."""
    walks = [walk(ago, minutes=30.0) for ago in range(10, 80, 2)]

    assert (0, 0) == (
        seen(look(walks), "week_minutes").value,
        seen(look(walks), "week_minutes").walks,
    )


@pytest.mark.parametrize(("daily", "verdict"), [(30.0, "as_usual"), (120.0, "more")])
def test_a_week_far_above_the_others_is_told(daily, verdict):
    """Seven days are put beside each week before."""
    walks = [walk(ago, minutes=28.0 + ago % 5) for ago in range(7, 90)]
    walks += [walk(ago, minutes=daily) for ago in range(7)]

    assert verdict == seen(look(walks), "week_minutes").comparison.verdict


def test_the_longest_walk_is_named():
    """With its minutes and its walk."""
    found = seen(look([walk(5, minutes=50.0), walk(0, minutes=20.0)]), "longest_minutes")

    assert (50, "w5-10") == (found.value, found.walk)


def test_days_between_walks_are_counted_by_day():
    """Two walks on a day are one day; the middle gap and the longest one are told."""
    walks = [walk(9), walk(3), walk(3, hour=18), walk(2), walk(0)]
    found = seen(look(walks), "days_between")

    assert 2 == found.value
    assert "6 days" in found.says
    assert seen(look([walk(0)]), "days_between").value is None


@pytest.mark.parametrize(("load", "says"), [(4.0, "less than a tenth"), (8.0, "A lighter bag")])
def test_load_is_told_as_a_share_of_body_mass(load, says):
    """Below and from a tenth of it."""
    found = seen(look([walk(0, load_kg=load)]), "load_share")

    assert pytest.approx(load / 80) == found.value
    assert says in found.says


def test_without_body_mass_the_load_has_no_share():
    """The load itself is told, and what is missing."""
    found = look([walk(0, load_kg=4.0)], person=Person())

    assert (4.0, None) == (seen(found, "load").value, seen(found, "load_share").value)
    assert "weight" in seen(found, "load_share").give


def test_sitting_and_the_rise_of_pain_are_middle_values():
    """Of the walks on which they were noted."""
    walks = [walk(ago, minutes_to_rise=float(m), sitting_before_min=60.0) for ago, m in
             ((2, 10), (1, 30), (0, 12))]  # fmt: skip
    found = look([*walks, walk(3)])

    assert (12, 3) == (
        seen(found, "minutes_to_rise").value,
        seen(found, "minutes_to_rise").walks,
    )
    assert 60 == seen(found, "sitting_before").value


def test_sides_are_called_different_only_above_the_noise():
    """The lower bound has to pass 3 %, on 200 strides or more; else it is said why not."""

    def says(value, half, n):
        seen_ = {
            "step_time_asymmetry_pct": measure("step_time_asymmetry_pct", value, half=half, n=n)
        }
        return seen(look([walk(0, measures=seen_)]), "step_time_asymmetry_pct").says

    assert "longer" in says(5.0, 1.5, 400)
    assert "No clear" in says(4.0, 1.5, 400)
    assert "Too few" in says(9.0, 1.0, 398)


def test_the_screen_says_that_the_heel_cannot_be_seen():
    """The limit of strike stands in the factor itself."""
    assert "cannot be told from a pocket or the back" in look([]).factors[1].note


def test_pain_is_joined_as_counts_and_middle_values():
    """Each kind of walk with its number and the median of the worst pain, back or leg."""
    walks = [walk(3, surface="grass", worst=2), walk(2, surface="grass", worst=6),
             walk(1, surface="grass"), walk(0, surface="paved", worst=1)]  # fmt: skip
    walks[3] = changed(walks[3], leg=PainRatings(worst=3))
    groups = {(one.by, one.name): one for one in look(walks).factors[4].pain}

    grass, paved = groups["surface", "Grass"], groups["surface", "Paved"]
    assert (3, 2, 4) == (grass.walks, grass.told, grass.median_worst)
    assert (1, 1, 3) == (paved.walks, paved.told, paved.median_worst)
    assert "Grass: 3 walks. Worst pain was noted on 2 walks; the middle value was 4 of 10." == (
        grass.says
    )


def test_walks_of_one_kind_without_pain_say_so():
    """No rating is no zero."""
    (group,) = look([walk(0, shoe="red")]).factors[3].pain

    assert (None, "Red shoes: 1 walk. No pain was noted.") == (group.median_worst, group.says)


def test_pain_by_length_load_and_sitting_stands_with_the_dose():
    """Groups are made only of walks on which the fact was told."""
    walks = [walk(ago, minutes=10.0 + 5 * ago, load_kg=float(ago % 2), sitting_before_min=120.0,
                  worst=ago) for ago in range(8)]  # fmt: skip
    names = [(one.by, one.walks) for one in look(walks).factors[5].pain]

    assert [("length", 4), ("length", 4), ("load", 4), ("load", 4), ("sitting", 8)] == names


def test_old_walks_are_neither_counted_nor_grouped():
    """What was told, and pain, is of the last eight weeks."""
    old = walk(56, surface="grass", worst=5, shoe="red", minutes=90.0)
    found = look([old, walk(55, surface="paved", minutes=20.0)])

    assert 1 == found.walks
    assert "Paved: 1 walk" == seen(found, "surface").value
    assert 20 == seen(found, "longest_minutes").value


@pytest.mark.parametrize(
    ("name", "value", "told", "expected"),
    [
        ("speed_m_s", 1.2, {}, (0.82, 1.31, 1.72)),
        ("cadence_spm", 120.0, {}, (None, 116.65, 126.75)),
        ("speed_m_s", 1.2, {"kind": "treadmill"}, None),
        ("speed_m_s", 1.2, {"hills": "steep"}, None),
        ("step_time_asymmetry_pct", 2.0, {}, None),
        ("stride_time_cv_pct", 2.0, {}, None),
        ("pitch_deg", 2.0, {}, None),
    ],
)
def test_norms_stand_only_where_they_are_sound(name, value, told, expected):
    """Speed and cadence outdoors on the flat; never symmetry, variability or posture."""
    found = seen(look([walk(0, measures={name: measure(name, value, grade="firm")}, **told)]), name)

    assert expected == (found.norm and (found.norm.low, found.norm.usual, found.norm.high))


def test_a_value_that_is_not_firm_has_no_norm():
    """A speed from height is compared with the person only."""
    assert seen(look([walk(0, speed=1.2)]), "speed_m_s").norm is None


def test_step_length_is_put_beside_people_of_that_height():
    """As in the example of the evidence, 45 years, 177 cm and BMI 26 are 0.70 m."""
    walks = [walk(0, measures={"step_length_m": measure("step_length_m", 0.7, grade="firm")})]
    person = Person(birth_year=2026 - 45, height_m=1.77, mass_kg=26 * 1.77**2)

    norm = seen(look(walks, person=person), "step_length_m").norm
    assert pytest.approx(0.70, abs=0.005) == norm.usual
    assert norm.low < 0.7 < norm.high
    assert ("people", "rashid2022") == (norm.range_is, norm.source)
    assert seen(look(walks, person=Person()), "step_length_m").norm is None
