"""Today: the questions that are due, the walk that is planned, and the help that comes first."""

from datetime import date

import pytest
from tests.app.conftest import at, calm_answers, check_up_at

from evenstride.app.live.now import walk_now
from evenstride.app.one_walk import look_at_walk
from evenstride.app.own import own
from evenstride.app.planning import show_plan
from evenstride.app.today import open_questions, show_today
from evenstride.app.told import Told
from evenstride.app.walks import log_walk
from evenstride.checkup import check_up
from evenstride.errors import OptionError
from evenstride.model import Outing, PainRatings

DAY_NS = 86_400_000_000_000
HOUR_NS = DAY_NS // 24
MORNING = at("2026-06-01 09:00")
GREEN = PainRatings(before=1, worst=2, hour_after=1, next_morning=1)


def walk_each_day(home, days, minutes=20, back=GREEN):
    """Note one walk a day from the first of June on."""
    for day in range(days):
        told = Told(start_utc_ns=MORNING + day * DAY_NS, minutes=minutes, back=back)
        log_walk(home, told, now=MORNING + day * DAY_NS + HOUR_NS)


def test_somebody_new_is_led_to_the_checkup(tmp_path):
    """Nothing is known, so nothing but the first step is shown."""
    found = show_today(tmp_path / "new", now=MORNING)

    assert "evenstride checkup" in found.sheet.headline
    assert "no_checkup" == found.document["refused"]["reason"]


def test_without_a_checkup_there_is_no_walk(home):
    """Walks alone lead to no plan."""
    walk_each_day(home, 8)
    found = show_today(home, now=MORNING + 8 * DAY_NS)

    assert found.document["plan"] is None
    assert "minutes" not in found.sheet.action


def test_the_plan_begins_on_the_day_it_is_first_asked_for(home):
    """The first week is a usual one, and asking again on the same day begins nothing new."""
    check_up_at(home, MORNING)
    first = show_plan(home, now=MORNING).document
    later = show_plan(home, now=MORNING + DAY_NS).document

    assert "baseline" == first["phase"] == later["phase"]
    assert "2026-06-01" == first["week"]["starts"] == later["week"]["starts"]


def test_after_a_usual_week_there_is_a_walk_below_what_is_tolerated(home):
    """Eight walks of twenty green minutes lead to sixteen minutes."""
    check_up_at(home, MORNING)
    show_plan(home, now=MORNING)
    walk_each_day(home, 7)
    found = show_today(home, now=MORNING + 7 * DAY_NS).document["plan"]

    assert "build" == found["phase"]
    assert 16 == found["week"]["session_min"]


def test_new_numbness_stops_the_plan_until_the_next_checkup(home):
    """The warning sign comes first, and a new check-up clears it."""
    check_up_at(home, MORNING)
    walk_each_day(home, 7)
    log_walk(
        home, Told(start_utc_ns=MORNING + 7 * DAY_NS, new_numbness=True), now=MORNING + 8 * DAY_NS
    )
    stopped = show_today(home, now=MORNING + 8 * DAY_NS)
    check_up_at(home, MORNING + 8 * DAY_NS)
    cleared = show_today(home, now=MORNING + 8 * DAY_NS + HOUR_NS)

    assert "red_flag" == stopped.document["refused"]["reason"]
    assert cleared.document["plan"] is not None


def test_a_sign_told_after_the_check_up_counts_also_of_a_walk_before_it(home):
    """The check-up did not know it; a slip of the keyboard can be taken back."""
    check_up_at(home, MORNING + HOUR_NS)
    told = Told(start_utc_ns=MORNING, minutes=20, new_numbness=True)
    said = log_walk(home, told, now=MORNING + 2 * HOUR_NS)
    stopped = show_today(home, now=MORNING + 2 * HOUR_NS).document
    log_walk(home, Told(new_numbness=False), walk="last", now=MORNING + 3 * HOUR_NS)
    goes_on = show_today(home, now=MORNING + 3 * HOUR_NS).document

    assert "red_flag" == stopped["refused"]["reason"]
    assert "checkup" in said.sheet.action
    assert goes_on["plan"] is not None


@pytest.mark.parametrize("checked_up", [MORNING - HOUR_NS, MORNING + HOUR_NS])
def test_after_a_red_walk_the_check_up_comes_before_the_next_walk(home, checked_up):
    """In the usual week too, and also if the walk was before the check-up but told after it."""
    check_up_at(home, checked_up)
    told = Told(start_utc_ns=MORNING, minutes=20, back=PainRatings(before=1, worst=9))
    log_walk(home, told, now=MORNING + 2 * HOUR_NS)
    asked = show_today(home, now=MORNING + 2 * HOUR_NS).sheet.action
    walk_asks = look_at_walk(home, now=MORNING + 2 * HOUR_NS).walk.again
    held_before = walk_now(home, now=MORNING + 2 * HOUR_NS).hold
    plan_before = show_plan(home, now=MORNING + 2 * HOUR_NS).document["check_up_first"]
    check_up_at(home, MORNING + 3 * HOUR_NS)
    later = show_today(home, now=MORNING + 4 * HOUR_NS).sheet.action
    walk_later = look_at_walk(home, now=MORNING + 4 * HOUR_NS).walk.again
    held_later = walk_now(home, now=MORNING + 4 * HOUR_NS).hold
    plan_later = show_plan(home, now=MORNING + 4 * HOUR_NS).document["check_up_first"]

    assert "before your next walk" in asked
    assert "before your next walk" not in later
    assert (True, False) == (walk_asks, walk_later)
    assert (True, False) == (held_before, held_later)
    assert (True, False) == (plan_before, plan_later)


def test_no_light_says_that_all_is_well_while_help_comes_first(home):
    """With an open warning sign a harmless walk gets no green light, but what to do."""
    check_up_at(home, MORNING)
    log_walk(home, Told(start_utc_ns=MORNING, minutes=5, new_numbness=True), now=MORNING + HOUR_NS)
    told = Told(minutes=20, back=PainRatings(before=1, worst=1))
    found = log_walk(home, told, now=MORNING + 5 * HOUR_NS)
    text = found.as_text(width=100, color=False)

    assert "check-up" in found.sheet.action
    assert "Green" not in text


def test_the_day_is_the_persons_own(home):
    """Half past eleven at night in UTC is tomorrow in London's summer."""
    found = show_today(home, now=at("2026-06-10 23:30"))

    assert "2026-06-11" == found.document["day"]


def outing(day, **ratings):
    """Return a walk at nine of a day in June."""
    start = at(f"2026-06-{day:02d} 09:00")
    return Outing(f"day-{day}", start, "UTC", 30, back=PainRatings(**ratings))


@pytest.mark.parametrize(
    ("walk", "clock", "expected"),
    [
        (outing(10), "09:40", ["worst"]),
        (outing(10), "11:00", ["worst", "hour_after"]),
        (outing(10, worst=0), "11:00", ["hour_after"]),
        (outing(10, worst=0, hour_after=0), "11:00", []),
        (outing(9, worst=3), "07:00", ["next_morning"]),
        (outing(9, worst=3, next_morning=0), "07:00", []),
        (outing(2, worst=3), "07:00", []),
    ],
)
def test_only_what_is_due_and_not_told_is_asked(walk, clock, expected):
    """Each rating is asked for when its time has come, and not after it is forgotten."""
    now = at(f"2026-06-10 {clock}")
    found = open_questions([walk], date(2026, 6, 10), now)

    assert expected == [one.when for one in found]


def test_the_calendar_and_the_pace_track_are_the_owners(home, tmp_path):
    """A calendar file is written for its owner; without a measured walk there is no track."""
    check_up_at(home, MORNING)
    show_plan(home, now=MORNING)
    walk_each_day(home, 7)
    path = tmp_path / "walks.ics"
    show_plan(home, calendar=path, now=MORNING + 7 * DAY_NS)

    assert path.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert 0o600 == path.stat().st_mode & 0o777
    with pytest.raises(OptionError, match="import"):
        show_plan(home, metronome=tmp_path / "pace.wav", now=MORNING + 7 * DAY_NS)
    assert not (tmp_path / "pace.wav").exists()


def test_without_a_plan_no_file_is_written(home, tmp_path):
    """The reason is given instead of an empty calendar."""
    with pytest.raises(OptionError):
        show_plan(home, calendar=tmp_path / "walks.ics", now=MORNING)

    assert not (tmp_path / "walks.ics").exists()


def test_a_morning_that_is_past_is_not_called_this_morning(home):
    """Two days after a walk the morning after it is asked for."""
    told = Told(start_utc_ns=MORNING, minutes=20, back=PainRatings(before=1, worst=2))
    log_walk(home, told, now=MORNING + HOUR_NS)
    next_day = show_today(home, now=MORNING + DAY_NS).as_text(width=100, color=False)
    later = show_today(home, now=MORNING + 2 * DAY_NS).as_text(width=100, color=False)

    assert "this morning" in next_day
    assert "this morning" not in later
    assert "on the morning after your walk" in later


@pytest.mark.parametrize(("after", "light"), [(9, "red"), (5, "amber"), (1, "green")])
def test_a_walk_that_hurts_more_once_it_is_over_was_no_easier(home, after, light):
    """The hour after a walk belongs to how bad it was."""
    ratings = PainRatings(before=1, worst=2, hour_after=after, next_morning=1)
    found = log_walk(home, Told(minutes=20, back=ratings), now=MORNING)

    assert light == found.document["light"]["light"]


def test_a_visit_that_comes_first_is_shown_with_its_reasons(home):
    """Why, and how soon, stands on every screen that waits for it."""
    answers = calm_answers() | {"age": 70, "steroids_long": True}
    found = check_up(answers)
    with own(home, MORNING) as mine:
        mine.diary.add_checkup("visit", MORNING, found)
    assert "clinician_soon" == found.triage.level
    refused = show_today(home, now=MORNING).document["refused"]["reason"]
    shown = show_today(home, now=MORNING).as_text(width=100, color=False)
    planned = show_plan(home, now=MORNING).as_text(width=100, color=False)

    assert "visit_first" == refused
    for text in (shown, planned):
        assert "Go within" in text


def test_a_visit_that_is_advised_beside_a_plan_is_not_forgotten(home):
    """A leg that is a little weak may walk on, and the visit stands on the screen of each day."""
    found = check_up(calm_answers() | {"leg_weak": "one_mild"})
    assert ("clinician_soon", True) == (found.triage.level, found.may_exercise)
    with own(home, MORNING) as mine:
        mine.diary.add_checkup("visit", MORNING, found)
    shown = show_today(home, now=MORNING).as_text(width=200, color=False)

    assert found.triage.says in shown
    assert "within two weeks" in shown


def test_the_next_morning_is_not_asked_for_on_the_evening_before(home):
    """What nobody can know yet is not offered; an hour after the walk its hour is."""
    log_walk(home, Told(minutes=20), now=MORNING)
    at_once = look_at_walk(home, now=MORNING).walk.due
    later = look_at_walk(home, now=MORNING + 2 * HOUR_NS).walk.due
    next_day = look_at_walk(home, now=MORNING + 24 * HOUR_NS).walk.due

    assert {"before", "worst"} == at_once
    assert at_once | {"hour_after"} == later
    assert later | {"next_morning"} == next_day
