"""Only walks that are alike are put beside each other, and the others are said."""

from dataclasses import replace

import pytest

from .helpers import TODAY, changed, compared, look, measure, seen, series, walk

EARLIER = [3.9, 4.1, 4.0, 4.2, 3.8, 4.0]


def lean(last=4.0, **told):
    """Return walks with a lean, alike in everything that was told."""
    alike = {"surface": "paved", "hills": "flat", "shoe": "blue", "placement": "lower back"}
    return series("pitch_deg", [*EARLIER, last], **alike | told)


def left(found):
    """Return what was left out, by reason."""
    return {one.reason: one.walks for one in found.left_out}


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"kind": "treadmill"}, "kind"),
        ({"surface": "grass"}, "surface"),
        ({"surface": None}, "surface"),
        ({"hills": "steep"}, "hills"),
        ({"hills": None}, "hills"),
        ({"load_kg": 8.0}, "load"),
        ({"placement": "hand"}, "placement"),
        ({"placement": None}, "placement"),
        ({"sensor": "phyphox, no gyroscope, gravity, 100 Hz"}, "sensor"),
    ],
)
def test_a_walk_that_differs_is_left_out_with_the_reason(told, reason):
    """What was told of walk and sensor has to be the same; what nobody told is not the same."""
    walks = lean()
    walks[2] = changed(walks[2], **told)

    found = compared(walks, "pitch_deg")

    assert found.n == len(EARLIER) - 1
    assert {reason: 1} == left(found)


def test_paved_ground_and_a_track_are_alike():
    """Both are even."""
    walks = lean()
    walks[2] = changed(walks[2], surface="track")

    assert {} == left(compared(walks, "pitch_deg"))


def test_a_light_bag_makes_no_difference():
    """Less than three kilograms more or less is taken as the same."""
    walks = lean()
    walks[2] = changed(walks[2], load_kg=2.0)

    assert {} == left(compared(walks, "pitch_deg"))


def test_speed_has_to_be_alike_for_all_but_the_pace_itself():
    """A walk more than 0.1 m/s faster is left out for lean, but not for cadence."""
    walks = [
        walk(ago, speed=speed, measures={"cadence_spm": measure("cadence_spm", 110.0),
                                         "pitch_deg": measure("pitch_deg", 4.0)})
        for ago, speed in ((3, 1.3), (2, 1.45), (1, 1.35), (0, 1.3))
    ]  # fmt: skip

    assert {"speed": 1} == left(compared(walks, "pitch_deg"))
    assert {} == left(compared(walks, "cadence_spm"))


def test_without_speed_only_the_pace_itself_can_be_compared():
    """It is said what is missing."""
    walks = [walk(ago, measures={"pitch_deg": measure("pitch_deg", 4.0)}) for ago in range(8)]

    found = compared(walks, "pitch_deg")

    assert found.verdict == "cannot_say"
    assert "Note your height" in found.says


def test_the_jolt_is_followed_within_one_pair_of_shoes():
    """Other shoes are left out, and without a noted pair nothing is said."""
    walks = series("impact_peak_m_s2", [4.0] * 5 + [4.1], shoe="blue")
    walks[0] = changed(walks[0], shoe="red")

    assert {"shoe": 1} == left(compared(walks, "impact_peak_m_s2"))
    walks[-1] = changed(walks[-1], shoe=None)
    assert "which pair" in compared(walks, "impact_peak_m_s2").says


def test_shoes_do_not_matter_for_the_pace():
    """Cadence is compared across shoes."""
    walks = series("cadence_spm", [110.0] * 4, shoe="blue")
    walks[0] = changed(walks[0], shoe="red")

    assert {} == left(compared(walks, "cadence_spm"))


def test_a_value_that_came_about_otherwise_is_left_out():
    """A speed from height is not put beside one from a known distance."""
    walks = series("cadence_spm", [110.0] * 5)
    other = measure("cadence_spm", 110.0, reason="A sensor in the hand moves on its own as well.")
    walks[1] = changed(walks[1], measures={"cadence_spm": other})

    assert {"how": 1} == left(compared(walks, "cadence_spm"))


def test_a_ride_is_no_walk_to_compare_with():
    """It is neither an earlier walk nor the newest one, and not even left out."""
    walks = lean()
    rides = [changed(walks[2], id="r1", kind="cycling"), walk(0, hour=20, kind="cycling")]

    assert look(walks) == look([*walks, *rides])


def test_a_value_that_is_not_usable_is_no_value():
    """It is neither compared nor shown; the newest usable one is."""
    walks = series("cadence_spm", [110.0] * 5)
    bad = measure("cadence_spm", 99.0, grade="not_usable")
    walks[-1] = changed(walks[-1], measures={"cadence_spm": bad})

    found = seen(look(walks), "cadence_spm")

    assert (110.0, walks[-2].id, 4) == (found.value, found.walk, found.walks)


def test_walks_of_more_than_half_a_year_ago_are_left_out():
    """Old walks are not "usual" any more; nor are more than the newest twenty."""
    walks = series("cadence_spm", [110.0] * 25)
    old = replace(walks[0], id="old", start_utc_ns=walks[0].start_utc_ns - 200 * 86400 * 10**9)

    found = compared([*walks, old], "cadence_spm")

    assert (20, {"old": 5}) == (found.n, left(found))


def test_the_day_is_that_of_the_walk():
    """A measure is shown with its walk and local day, though later walks have none."""
    walks = [*series("cadence_spm", [110.0] * 4), walk(0, hour=20)]

    found = seen(look(walks), "cadence_spm")

    assert (TODAY, "w0-10") == (found.day, found.walk)
