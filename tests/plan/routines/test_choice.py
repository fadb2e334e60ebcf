"""Who gets which exercises, and why not others."""

import json

import pytest
from people import KNOWN, TODAY, check_up, history, made, names, no_limits, pointing_to, session

from evenstride.errors import AnswerError
from evenstride.plan.routines import NoRoutine, Routine, open_limits, routine


@pytest.mark.parametrize(
    ("lifts", "expected"),
    [
        ({}, "ten_minutes_base"),
        ({"doms_deconditioning": 3}, "ten_minutes_base"),
        ({"piriformis_dgs": 3}, "ten_minutes_base"),
        ({"lumbar_stenosis": 3}, "ten_minutes_stenosis"),
        ({"facet": 3}, "ten_minutes_stenosis"),
        ({"sciatica_disc": 3}, "ten_minutes_leg_pain"),
        ({"disc_degeneration": 3, "lumbar_stenosis": 2.5}, "ten_minutes_leg_pain"),
        ({"sciatica_disc": 1.9}, "ten_minutes_base"),
    ],
)
def test_the_strongest_pattern_brings_its_routine(lifts, expected):
    """The cause that the answers lift most, from twofold, chooses; else ordinary back pain does."""
    assert expected == made(pointing_to(**lifts)).id


def test_a_real_check_up_brings_a_routine():
    """Answers of a back that bending eases bring the routine that bends forward."""
    checkup = check_up(bend_back_worse=True, standing_worse=True, bend_fwd_relieves=True)

    assert "ten_minutes_stenosis" == made(checkup).id
    assert "A back that does not like to arch" == made(checkup).because


@pytest.mark.parametrize("cause", sorted(KNOWN.no_routine_yet))
def test_a_cause_without_exercises_of_its_own_gets_its_help_instead(cause):
    """Where no clinician has added a routine there is none, but what can help is told."""
    found = made(pointing_to(**{cause: 4}))

    assert isinstance(found, NoRoutine)
    assert "no_own_routine" == found.reason
    assert found.does


def test_leg_pain_with_a_visit_pending_gets_no_bending():
    """Without self-care the base routine stands in, without exercises that bend forward."""
    checkup = pointing_to(check_up(leg_pain="below_knee", leg_numb="one"), sciatica_disc=4)
    found = made(checkup)
    bending = {one.id for one in KNOWN.exercises.values() if "leg_worse_bending" in one.not_with}

    assert checkup.may_exercise
    assert "ten_minutes_base" == found.id
    assert not bending.intersection(names(found))
    assert "without_bending" in [change.rule for change in found.changes]


def test_leg_pain_that_moved_down_ends_the_routine_until_the_next_check_up():
    """Once it spread during the routine of today's check-up, the base routine stands in."""
    checkup = pointing_to(sciatica_disc=4)
    today = session(0, routine="ten_minutes_leg_pain", leg_further=True)
    before = session(3, routine="ten_minutes_leg_pain", leg_further=True)

    assert "ten_minutes_base" == made(checkup, done=[today]).id
    assert "ten_minutes_leg_pain" == made(checkup, done=[before]).id


@pytest.mark.parametrize("answer", [True, "not_sure"])
def test_a_limit_leaves_its_exercises_out_and_says_why(answer):
    """Sore wrists leave out what is done on the hands; so does not being sure."""
    found = made(check_up(), {"wrist_pain": answer})
    reasons = {one.exercise: one.because for one in found.left_out}

    assert not {"cat_camel", "bird_dog"}.intersection(names(found))
    assert "Your wrists hurt when you lean on them." == reasons["bird_dog"]


def test_a_pattern_leaves_out_what_it_is_not_for():
    """A second cause that the answers point to still leaves out what may not suit it."""
    found = made(pointing_to(sciatica_disc=4, extension_sensitive=2.5))
    reasons = {one.exercise: one.because for one in found.left_out}

    assert "prone_lying_elbows" not in names(found)
    assert "A back that does not like to arch" in reasons["prone_lying_elbows"]


def test_a_limit_nobody_asked_about_is_told_as_advice():
    """An open limit keeps the exercise and adds a line when to leave it out."""
    checkup = check_up()
    told = {name: no for name, no in no_limits(checkup).items() if name != "kneeling_pain"}
    found = routine(history(), checkup, told, [], TODAY)
    bird_dog = next(item for item in found.items if item.exercise == "bird_dog")

    assert ("Leave this one out if it hurts your knees to kneel.",) == bird_dog.leave_out_if


def test_what_the_check_up_tells_is_not_asked_again():
    """Without leg pain nobody asks about leg pain; numb legs are known."""
    plain = {limit.id for limit in open_limits(pointing_to(sciatica_disc=4), {})}
    checkup = pointing_to(check_up(leg_pain="below_knee", leg_numb="one"), sciatica_disc=4)
    legs = {limit.id for limit in open_limits(checkup, {})}

    assert not {"constant_leg_pain", "new_numb_weak", "pregnant_20_weeks"} & plain
    assert "constant_leg_pain" in legs
    assert "new_numb_weak" not in legs


def test_only_limits_that_could_matter_are_asked():
    """Without step-ups nobody asks about stairs; all are asked about spines."""
    asked = {limit.id for limit in open_limits(pointing_to(lumbar_stenosis=4), {})}

    assert "stairs_pain" not in asked
    assert {"spine_surgery", "spine_fracture", "swollen_calf"} <= asked


def test_answered_limits_are_asked_once():
    """After every answer nothing is open, unless someone should be asked first."""
    checkup = check_up()
    told = no_limits(checkup)

    assert () == open_limits(checkup, told)
    assert ["cleared"] == [one.id for one in open_limits(checkup, told | {"spine_surgery": True})]


def test_nothing_is_asked_where_there_is_nothing_to_choose():
    """When help is needed today, nobody is asked about wrists."""
    assert () == open_limits(check_up(saddle_numb=True), {})


def test_an_operation_on_the_spine_is_asked_about_first():
    """It holds everything until a clinician agreed, and then still leaves out what loads most."""
    checkup = check_up()
    unasked = made(checkup, {"spine_surgery": True})
    held = made(checkup, {"spine_surgery": True, "cleared": False})
    cleared = made(checkup, {"spine_surgery": True, "cleared": True})

    assert ("limits_open", "ask_first") == (unasked.reason, held.reason)
    assert held.says.startswith("Your spine was operated on not long ago.")
    assert not {"bird_dog", "bridge", "single_leg_bridge"}.intersection(names(cleared))


def test_what_should_be_asked_first_has_to_be_answered():
    """Without any answer there is no routine yet; the refusal says so."""
    found = routine(history(), check_up(), {}, [], TODAY)

    assert "limits_open" == found.reason


def test_an_answer_to_no_question_is_refused():
    """A misspelled limit is named, not ignored."""
    with pytest.raises(AnswerError, match="wrist"):
        made(check_up(), {"wrist": True})


def test_around_walks_there_are_routines_for_ordinary_backs():
    """Before and after a walk; a pattern without one is told so."""
    assert "before_walk" == made(check_up(), when="before_walk").id
    assert "after_walk" == made(pointing_to(piriformis_dgs=3), when="after_walk").id
    assert "not_at_this_time" == made(pointing_to(lumbar_stenosis=3), when="before_walk").reason


def test_stretches_are_called_comfort_and_weak_evidence_is_told():
    """Every stretch says that stretching alone did no more; every D says that it is not proven."""
    found = made(check_up())
    stretches = [item for item in found.items if item.kind == "stretch"]

    assert stretches
    assert all("comfort" in item.comfort for item in stretches)
    assert all(not item.comfort for item in found.items if item.kind != "stretch")
    assert {True} == {
        ("not proven" in item.grade_says) == (item.grade == "D") for item in found.items
    }


def test_everything_an_item_rests_on_comes_with_the_routine():
    """Each id of evidence is explained in the document, with its mark."""
    document = json.loads(made(check_up()).to_json())

    assert "evenstride/routine/1" == document["schema"]
    assert None is document["refused"]
    for item in document["items"]:
        assert set(item["evidence"]) <= set(document["evidence"])
    assert "recalled" == document["evidence"]["hayden_cochrane2021"]["mark"]
    assert [] == document["reviewed_by"]


def test_a_refusal_is_a_document_of_the_same_name():
    """Who reads the document finds the reason in the same place."""
    document = json.loads(made(check_up(fever=True, very_unwell=True)).to_json())

    assert "evenstride/routine/1" == document["schema"]
    assert "help_now" == document["refused"]["reason"]


def test_every_exercise_can_be_reached():
    """In some week, for some pattern, each exercise is in a routine."""
    met = set()
    for cause in ("nonspecific", "lumbar_stenosis", "disc_degeneration", "piriformis_dgs"):
        for when in ("daily", "before_walk", "after_walk"):
            for week in range(6):
                done = [session(7 * week + 1, routine=name) for name in KNOWN.routines]
                done += [session(d, routine=n) for n in KNOWN.routines for d in range(1, 7 * week)]
                for quiet in ("easy", "hard"):
                    told = [
                        session((TODAY - one.day).days, routine=one.routine, felt=quiet)
                        for one in done
                    ]
                    found = made(pointing_to(**{cause: 3}), done=told, when=when)
                    met |= set(names(found)) if isinstance(found, Routine) else set()

    assert set() == set(KNOWN.exercises) - met
