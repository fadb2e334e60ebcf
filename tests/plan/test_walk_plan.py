"""The plan from the usual week to its end, as a person meets it."""

import json
from dataclasses import replace
from datetime import date, timedelta
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from validation.plan.faults import faults
from validation.plan.people import AMBER, GREEN, RED, UNKNOWN, Walker, at_ns, check_up_of, every
from validation.plan.walking import simulate

from evenstride.model.measure import Measure
from evenstride.model.outing import Outing, PainRatings
from evenstride.plan import (
    EarlierCheckUp,
    FearScore,
    History,
    Plan,
    Refused,
    plan,
    walk_lights,
)
from evenstride.plan.knowledge import plan_knowledge
from evenstride.plan.level import longer_min

FIRST = date(2026, 2, 2)
KNOWN = plan_knowledge()


def day_of(number):
    """Return a day of the plan."""
    return FIRST + timedelta(days=number)


def walked(day, minutes=20.0, back=GREEN, **more):
    """Return a walk at noon."""
    return Outing(f"d{day}", at_ns(day_of(day), 12), minutes=minutes, back=back, **more)


def planned(walks, number, lifts=None, **more):
    """Return the plan of a day after a check-up of that morning."""
    today = day_of(number)
    checkup, checked = check_up_of(today, lifts)
    return plan(History(tuple(walks), FIRST, checked, **more), checkup, today)


def test_the_first_week_asks_for_walks_as_usual():
    """Before anything is known there is no session, and it is said what will be learnt."""
    found = planned([], 0)

    assert ("baseline", 0, ()) == (found.phase, found.week.number, found.sessions)
    assert ["baseline"] == [change.rule for change in found.changes]
    assert found.session_today is None


def test_a_week_without_a_walk_is_asked_again():
    """The usual week is repeated until there is a walk to learn from."""
    assert "baseline" == planned([], 20).phase
    assert ["baseline_more"] == [c.rule for c in planned([walked(1, 2.0)], 7).changes]


@pytest.mark.parametrize(
    ("minutes", "more", "expected"),
    [
        ([20, 20, 20], {}, 16),
        ([10, 20, 60], {}, 16),
        ([60, 60, 60], {}, 30),
        ([5, 5, 5], {}, 5),
        ([30, 30, 30], {"minutes_to_rise": 10.0}, 8),
        ([30, 30, 30], {"back": PainRatings(1, 4, 1, 1)}, 12),
        ([30, 30, 30], {"back": PainRatings(4, 5, 4, 4)}, 12),
        ([20, 40], {}, 16),
    ],
)
def test_the_start_lies_below_what_is_tolerated(minutes, more, expected):
    """It is 80 % of the median minutes until it hurt more, between 5 and 30.

    Of fewer than three walks the shortest counts, and where nobody noted when the pain rose, half
    of the walk.
    """
    walks = [walked(2 * n, float(length), **more) for n, length in enumerate(minutes)]
    found = planned(walks, 7)

    assert (1, expected) == (found.week.number, found.week.session_min)
    assert ("start",) == found.week.rules


@pytest.mark.parametrize(("base", "sessions"), [(1, 3), (3, 3), (4, 4), (5, 5), (7, 5)])
def test_sessions_start_with_what_is_usual(base, sessions):
    """Three to five walks a week, as many as there were."""
    assert sessions == planned([walked(n) for n in range(base)], 7).week.sessions


@pytest.mark.parametrize("last", [3, 6])
def test_a_break_right_after_the_usual_week_starts_lower_and_forgets_nothing(last):
    """The week has passed and told what suits; seven days off take a fifth away, with a reason."""
    walks = [walked(day, 20) for day in range(last + 1)]
    before = planned(walks, 7)
    after = planned(walks, last + 8)

    assert "start" in [change.rule for change in before.changes]
    assert "break_week" in [change.rule for change in after.changes]
    assert 0 < after.week.session_min < before.week.session_min


def test_fear_or_a_flare_starts_at_half():
    """A score above 14 before the start, or a pain of 5 before the walks, halves the start."""
    walks = [walked(n) for n in (0, 2, 4)]
    sore = [walked(n, back=PainRatings(5, 5, 5, 5)) for n in (0, 2, 4)]
    worried = planned(walks, 7, fear=(FearScore(day_of(1), 15),))

    assert (10, ("start_careful",)) == (worried.week.session_min, worried.week.rules)
    assert "high_fear" in [one.id for one in worried.variants]
    assert 10 == planned(sore, 7).week.session_min
    legs = [replace(one, back=GREEN, leg=PainRatings(5, 5, 5, 5), reach="thigh") for one in sore]
    assert 10 == planned(legs, 7).week.session_min
    assert 16 == planned(walks, 7, fear=(FearScore(day_of(1), 14),)).week.session_min
    assert 16 == planned(walks, 7, fear=(FearScore(day_of(7 + 1), 20),)).week.session_min


@pytest.mark.parametrize(
    ("sessions", "minutes", "expected"),
    [(5, 5, 6), (5, 10, 11), (5, 15, 17), (5, 20, 22), (5, 29, 30), (5, 30, 30), (3, 5, 7)],
)
def test_minutes_grow_inside_the_caps(sessions, minutes, expected):
    """Ten per cent or five minutes a week more, within 20 % or 15 minutes, and never above 30."""
    assert expected == longer_min(sessions, minutes, KNOWN)


@settings(max_examples=15)
@given(
    st.integers(5, 40),
    st.dictionaries(st.integers(7, 80), st.sampled_from([AMBER, RED, UNKNOWN]), max_size=12),
    st.lists(st.tuples(st.integers(10, 70), st.integers(1, 35)), max_size=2),
    st.sampled_from([0.0, 5.0, 30.0]),
)
def test_nobody_who_walks_by_the_plan_jumps(tolerated, pain, away, overshoots):
    """People who do as the plan says, with any bad days and breaks, stay inside the caps."""
    breaks = tuple((first, first + days) for first, days in away)
    walker = Walker("any", tolerated, pain_on_day=pain, away=breaks, overshoots=overshoots)

    assert [] == list(faults(simulate(walker, 14).weeks, KNOWN))


def rules_after(walks, number=14, **more):
    """Return the rules behind the week that begins on this day."""
    return list(planned(walks, number, **more).week.rules)


USUAL = [walked(n) for n in (0, 2, 4)]


@pytest.mark.parametrize(
    ("pains", "rule"),
    [
        ((GREEN, GREEN, GREEN), "more_often"),
        ((GREEN, GREEN), "repeat_missed"),
        ((GREEN, AMBER, GREEN), "repeat_amber"),
        ((GREEN, UNKNOWN, GREEN), "repeat_unknown"),
        ((GREEN, UNKNOWN, AMBER), "repeat_amber"),
        ((GREEN, RED, GREEN), "cut_red"),
        ((RED,), "cut_red"),
    ],
)
def test_a_week_is_reviewed_by_its_worst_walk(pains, rule):
    """Green and kept goes on; amber and unknown repeat; red halves."""
    walks = [walked(7 + 2 * n, 16.0, back) for n, back in enumerate(pains)]

    assert [rule] == rules_after([*USUAL, *walks])


def test_amber_two_weeks_in_a_row_takes_a_tenth_off():
    """The second amber week cuts the minutes and keeps the number of walks."""
    one = [walked(7 + n, 16.0, AMBER) for n in (0, 2, 4)]
    two = [walked(14 + n, 16.0, AMBER) for n in (0, 2, 4)]
    found = planned([*USUAL, *one, *two], 21)

    assert (("cut_amber",), 3, 14) == (
        found.week.rules,
        found.week.sessions,
        found.week.session_min,
    )


def test_parts_of_a_walk_add_up():
    """Two walks of eight minutes on one day are a walk of sixteen."""
    parts = [
        Outing(f"{n}{hour}", at_ns(day_of(7 + n), hour), minutes=8.0, back=GREEN)
        for n in (0, 2, 4)
        for hour in (9, 17)
    ]

    assert ["more_often"] == rules_after([*USUAL, *parts])


def test_todays_walk_follows_the_light_of_this_week():
    """Red halves what is left of the week; two amber walks in a row take a tenth off."""
    red = planned([*USUAL, walked(7, 16.0, RED)], 9)
    amber = planned([*USUAL, walked(7, 16.0, AMBER)], 9)
    twice = planned([*USUAL, walked(7, 16.0, AMBER), walked(8, 16.0, AMBER)], 9)

    assert (8, "red") == (red.session_today.minutes, red.light.light)
    assert "today_red" in [change.rule for change in red.changes]
    assert (16, "amber") == (amber.session_today.minutes, amber.light.light)
    assert 14 == twice.session_today.minutes
    assert "today_amber_twice" in [change.rule for change in twice.changes]


def test_a_day_that_was_walked_has_no_other_walk():
    """After today's walk there is nothing more to do today, and one walk less this week."""
    found = planned([*USUAL, walked(7, 16.0)], 7)

    assert found.session_today is None
    assert 2 == len(found.sessions)


def test_a_missed_walk_moves_to_another_day():
    """What was not walked on its day is offered on the days that are left, one a day."""
    found = planned(USUAL, 11)

    assert [day_of(11), day_of(12), day_of(13)] == [session.day for session in found.sessions]


def test_short_walks_may_be_split():
    """Below ten minutes a walk has two parts, which are no longer together."""
    session = planned([walked(n, 9.0) for n in (0, 2, 4)], 7).session_today

    assert (7, (4, 3)) == (session.minutes, session.parts_min)
    assert "4 + 3" in session.says


def test_the_other_part_of_a_split_walk_stays_for_today():
    """After the first of two parts the rest is left, unless the first one hurt."""
    usual = [walked(n, 9.0) for n in (0, 2, 4)]
    first = walked(7, 4.0)
    after, hurt, whole = (
        planned([*usual, one], 7).session_today
        for one in (first, replace(first, back=AMBER), replace(first, minutes=7.0))
    )

    assert (3, (3,), day_of(7)) == (after.minutes, after.parts_min, after.day)
    assert "parts" not in after.says
    assert (None, None) == (hurt, whole)
    assert 3 == len(planned([*usual, first], 7).sessions)


def test_a_halved_walk_is_not_called_short():
    """After a red walk half is what was planned; a walk far beyond the plan is said as before."""
    red = [*USUAL, walked(7, 16.0, RED)]

    assert () == planned([*red, walked(9, 8.0)], 9).notes
    assert ["stopped_early"] == [one.rule for one in planned([*red, walked(9, 6.0)], 9).notes]
    assert ["overshoot"] == [one.rule for one in planned([*red, walked(9, 20.0)], 9).notes]


@pytest.mark.parametrize(
    ("cause", "variant"),
    [
        ("lumbar_stenosis", "stenosis"),
        ("sciatica_disc", "sciatica"),
        ("extension_sensitive", "extension_sensitive"),
        ("facet", "extension_sensitive"),
        ("disc_degeneration", "flexion_sensitive"),
    ],
)
def test_patterns_bring_their_way_of_walking(cause, variant):
    """A cause that the answers lift twofold brings its variant, a smaller lift does not."""
    found = planned(USUAL, 7, {cause: 2.0})

    assert [(variant, cause)] == [(one.id, one.because) for one in found.variants]
    assert () == planned(USUAL, 7, {cause: 1.9}).variants


def test_variants_change_how_and_never_how_long():
    """Stenosis walks in intervals, leg pain in parts; the minutes stay the same."""
    plain = planned(USUAL, 7).session_today
    stenosis = planned(USUAL, 7, {"lumbar_stenosis": 3}).session_today
    sciatica = planned(USUAL, 7, {"sciatica_disc": 3}).session_today

    assert (None, None, (16,)) == (plain.walk_to, plain.rest_to, plain.parts_min)
    assert (4, 1) == (stenosis.walk_to, stenosis.rest_to)
    assert (8, 8) == sciatica.parts_min
    assert {16} == {plain.minutes, stenosis.minutes, sciatica.minutes}


def test_interval_walks_may_be_green_with_a_leg_that_hurts_as_planned():
    """Walking to 4 of 10 in the leg is what the intervals ask for, so it is no reason to stop.

    A check-up that no longer finds the pattern changes no light of the past, nor the minutes.
    """
    leg = PainRatings(1, 4, 1, 1)
    walks = [
        *(replace(one, reach="thigh") for one in USUAL),
        *(walked(7 + n, 16.0, leg=leg, reach="thigh") for n in (0, 2, 4)),
    ]
    with_it, first = check_up_of(FIRST, {"lumbar_stenosis": 3.0})
    without, later = check_up_of(day_of(14))
    old = EarlierCheckUp(first, with_it)
    now = plan(History(tuple(walks), FIRST, first), with_it, day_of(14))
    again = plan(History(tuple(walks), FIRST, later, earlier=(old,)), without, day_of(14))
    never = plan(History(tuple(walks), FIRST, later), without, day_of(14))

    assert ("more_often",) == now.week.rules == again.week.rules
    assert ("repeat_amber",) == never.week.rules
    assert now.lights == again.lights
    assert walk_lights(History(tuple(walks), FIRST, first), with_it, day_of(14)) == now.lights


@pytest.mark.parametrize(
    ("cause", "ground", "load"),
    [
        ("sciatica_disc", 0, False),
        ("extension_sensitive", 2, False),
        ("lumbar_stenosis", 3, True),
    ],
)
def test_ground_stays_within_what_the_pattern_allows(cause, ground, load):
    """Leg pain stays on flat ground, and where arching hurts nothing goes steeply down."""
    weeks = simulate(Walker(cause, 30, lifts={cause: 3.0}), 24).weeks

    assert (ground, load) == (weeks[-1].ground, weeks[-1].load)


def test_boom_and_bust_caps_every_day():
    """Days that differ much, and a red walk after a busy one, bring a cap of 130 %."""
    steps = {day_of(n): 12_000 if n in (7, 14) else 2_000 for n in range(21)}
    walks = [*USUAL, walked(7, 16.0, RED)]
    found = planned([*walks, walked(14, 8.0)], 15, steps_per_day=steps)

    assert ["boom_bust"] == [one.id for one in found.variants]
    assert int(1.3 * (12_000 + 6 * 2_000) / 7) == found.steps_most
    even = dict.fromkeys(steps, 4_000)
    assert planned(walks, 15, steps_per_day=even).steps_most is None


@pytest.mark.parametrize(
    ("pain", "steps", "goal"),
    [
        (GREEN, 4_000, 4_200),
        (GREEN, 9_900, 10_000),
        (GREEN, 12_000, 12_000),
        (AMBER, 4_000, 4_000),
        (RED, 4_000, 2_000),
    ],
)
def test_steps_follow_the_light_of_the_week(pain, steps, goal):
    """Five per cent more after green, up to ten thousand; no more after amber, half on red."""
    walks = [*USUAL, *(walked(7 + n, 16.0, pain) for n in (0, 2, 4))]
    counted = dict.fromkeys((day_of(n) for n in range(7, 14)), steps)

    assert goal == planned(walks, 14, steps_per_day=counted).steps_goal
    red = planned([*walks, walked(14, 16.0, RED)], 15, steps_per_day=counted)
    assert steps // 2 == red.steps_goal


def test_brisk_walking_is_a_tenth_faster_than_the_own_pace():
    """Faster parts follow the measured cadence, and never go above 120."""
    result = simulate(Walker("x", 30), 10)
    cadence = Measure(104.0, 103.0, 105.0, "steps/min", "firm", "", 900)
    history = [
        replace(walked(0), id="m", start_utc_ns=1, measures={"cadence_spm": cadence}),
    ]
    assert result.last.week.brisk_min > 0
    from evenstride.plan.level import Level
    from evenstride.plan.sessions import own_cadence, sessions
    from evenstride.plan.walks import ordered

    own = own_cadence(ordered(history, day_of(0)))
    made = sessions(Level(5, 30, brisk=1), FIRST, (), (), own, None, FIRST, KNOWN)[0]
    fast = sessions(Level(5, 30, brisk=2), FIRST, (), (), 115, None, FIRST, KNOWN)[0]
    unknown = sessions(Level(5, 30, brisk=2), FIRST, (), (), None, None, FIRST, KNOWN)[0]
    assert (104, 114, 1, 3) == (
        made.cadence_spm,
        made.brisk_spm,
        made.brisk_min,
        made.brisk_parts,
    )
    assert (120, 2) == (fast.brisk_spm, fast.brisk_min)
    assert (None, 100) == (unknown.cadence_spm, unknown.brisk_spm)


def test_the_plan_has_an_end():
    """At the target, with every step taken, it says that it is done and changes no more."""
    result = simulate(Walker("x", 30), 20)

    assert "hold" == result.last.phase
    assert "hold" in result.last.week.rules
    assert 1 == sum("load" in week.rules for week in result.weeks)


def test_after_the_end_nobody_needs_to_note_walks():
    """A person who notes nothing for weeks after the end is left in peace."""
    result = simulate(Walker("x", 30, away=((130, 400),)), 22)

    assert ("hold", 30) == (result.last.phase, result.last.week.session_min)


def test_a_slow_plan_is_told_after_half_a_year():
    """In week 26 a person who is not there yet is told who can help, without blame."""
    result = simulate(Walker("x", 5, every(2, AMBER)), 30)

    assert ["past_end"] == [
        rule for week in result.weeks for rule in week.rules if rule == "past_end"
    ]


@pytest.mark.parametrize(
    ("reason", "made"),
    [
        ("no_checkup", None),
        ("incomplete", {"complete": False}),
        ("visit_first", {"level": "clinician_soon", "runs": False}),
        ("help_now", {"level": "urgent_same_day"}),
        ("help_now", {"level": "emergency_now"}),
    ],
)
def test_a_check_up_that_does_not_allow_it_leaves_no_plan(reason, made):
    """The refusal says why, what to do, and when to get help."""
    checkup = None if made is None else check_up_of(FIRST, **made)[0]
    found = plan(History((), FIRST, at_ns(FIRST, 5)), checkup, FIRST)

    assert isinstance(found, Refused)
    assert (reason, KNOWN.refusals[reason]) == (found.reason, found.says)
    assert (checkup.triage.safety_net if checkup else "") == found.safety_net
    assert reason == json.loads(found.to_json())["refused"]["reason"]


def test_a_doubt_about_a_grave_sign_is_cleared_first():
    """A "not sure" on a sign that alone would be an emergency leaves no plan."""
    checkup, checked = check_up_of(FIRST)
    doubt = replace(checkup, triage=replace(checkup.triage, doubts=("saddle_numb",)))

    assert "doubt" == plan(History((), FIRST, checked), doubt, FIRST).reason


def test_a_visit_that_lets_the_plan_run_leaves_it():
    """While a visit is pending, the plan runs if every matched rule allows it."""
    checkup, checked = check_up_of(FIRST, level="clinician_soon", runs=True)

    assert isinstance(plan(History((), FIRST, checked), checkup, FIRST), Plan)


@pytest.mark.parametrize(("days", "reason"), [(0, None), (14, None), (15, "checkup_old")])
def test_a_check_up_counts_for_its_days(days, reason):
    """It counts up to and with its last day; one from tomorrow does not count yet."""
    checkup, checked = check_up_of(FIRST)
    found = plan(History((), FIRST, checked), checkup, day_of(days))
    early = plan(History((), FIRST, checked), checkup, day_of(-1))
    undated = plan(History((), FIRST, None), checkup, FIRST)

    assert reason == (found.reason if isinstance(found, Refused) else None)
    assert ("checkup_later", "checkup_old") == (early.reason, undated.reason)


def test_two_red_walks_in_two_weeks_ask_for_a_new_check_up():
    """Until the check-up is done after the second one, there is no plan."""
    walks = [*USUAL, walked(8, 16.0, RED), walked(15, 8.0, RED)]
    checkup, _ = check_up_of(FIRST)
    first = plan(History(tuple(walks), FIRST, at_ns(day_of(10), 5)), checkup, day_of(16))
    again = plan(History(tuple(walks), FIRST, at_ns(day_of(16), 5)), checkup, day_of(16))
    far = plan(
        History((*walks[:-1], walked(22, 8.0, RED)), FIRST, at_ns(day_of(20), 5)),
        checkup,
        day_of(23),
    )

    assert "red_twice" == first.reason
    assert isinstance(again, Plan)
    assert isinstance(far, Plan)


def test_one_red_walk_asks_for_the_check_up_and_leaves_the_plan():
    """After one red walk the plan goes on at half, and says that the check-up is worth doing."""
    walks = (*USUAL, walked(7, 16.0, RED))
    checkup, _ = check_up_of(FIRST)
    before, after = (
        plan(History(walks, FIRST, at_ns(day_of(day), 5)), checkup, day_of(8)) for day in (6, 8)
    )

    assert (True, False) == (before.check_up_again, after.check_up_again)
    assert 8 == before.sessions[0].minutes == after.sessions[0].minutes


def test_a_warning_sign_from_elsewhere_stops_the_plan():
    """The diary may hold a warning sign that is no part of a walk."""
    found = plan(History((), FIRST, at_ns(FIRST, 5), open_red_flag=True), None, FIRST)

    assert "red_flag" == found.reason


def test_every_change_carries_its_reason_and_evidence():
    """Each change has words, a rule of the knowledge, and evidence that the plan hands out."""
    found = planned([*USUAL, walked(7, 30.0, RED), walked(9, 3.0)], 10)

    assert {"start", "today_red"} == {change.rule for change in found.changes}
    assert {"overshoot", "stopped_early"} == {change.rule for change in found.notes}
    for change in (*found.changes, *found.notes):
        assert "{" not in change.says
        assert set(change.evidence) <= set(found.evidence)
        assert "estimate" == change.mark


def test_the_document_is_plain():
    """The document can be written as JSON, and days are ISO dates."""
    document = json.loads(planned(USUAL, 7).to_json())

    assert ("evenstride/plan/1", None) == (document["schema"], document["refused"])
    assert "2026-02-09" == document["today"] == document["sessions"][0]["day"]


def test_ten_times_the_walks_take_no_hundred_times_as_long():
    """The work grows with the walks, and not with their square."""

    def needed_s(days: int) -> float:
        walks = [walked(n, 30.0) for n in range(days)]
        planned(walks, days)
        begun = process_time()
        for _ in range(3):
            planned(walks, days)
        return process_time() - begun

    assert needed_s(3650) < 40 * needed_s(365)
