"""Walks are noted, added to, corrected and removed; nothing is lost or made up on the way."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.app.conftest import ZONE, at

from evenstride.app import walks
from evenstride.app.asking import questions, told_of
from evenstride.app.own import own
from evenstride.app.shoes import add_shoes
from evenstride.app.story import show_changes, show_history
from evenstride.app.told import FORGETTABLE, Told, forgotten
from evenstride.app.walks import log_walk, remove_walk
from evenstride.diary import Stream
from evenstride.errors import OptionError
from evenstride.model import Activity, Outing, PainRatings, Start

NOON = at("2026-06-10 11:00")  # noon in London
MINUTE = 60_000_000_000


def walks_of(home):
    """Return the walks in the diary as plain values."""
    return show_history(home, now=NOON + 48 * 60 * MINUTE).document["walks"]


def test_a_walk_without_a_time_ended_just_now(home):
    """Somebody who notes 25 minutes has just come home."""
    log_walk(home, Told(minutes=25), now=NOON)

    (walk,) = walks_of(home)
    assert NOON - 25 * MINUTE == walk["start_utc_ns"]
    assert "2026-06-10T1135" == walk["id"]
    assert "Europe/London" == walk["time_zone"]


@pytest.mark.parametrize("kind", ["treadmill", "indoor"])
def test_walks_indoors_and_on_a_treadmill_count(home, kind):
    """They are walks like any other."""
    found = log_walk(home, Told(minutes=20, kind=kind), now=NOON)

    assert kind == found.document["walk"]["kind"]
    assert "noted" == found.document["what"]


def test_late_ratings_belong_to_the_newest_walk(home):
    """The next morning is told without naming the walk."""
    log_walk(home, Told(minutes=25, back=PainRatings(before=1, worst=3)), now=NOON)
    log_walk(home, Told(back=PainRatings(next_morning=1)), now=NOON + 20 * 60 * MINUTE)

    (walk,) = walks_of(home)
    assert {"before": 1, "worst": 3, "hour_after": None, "next_morning": 1} == walk["back"]


def test_how_it_felt_never_replaces_what_was_told_unasked(home):
    """A rating that differs could be meant for a walk that was not noted: so it asks."""
    log_walk(home, Told(minutes=25, back=PainRatings(worst=2)), now=NOON)
    with pytest.raises(OptionError, match="--walk last"):
        log_walk(home, Told(back=PainRatings(worst=4)), now=NOON + 5 * 60 * MINUTE)
    log_walk(home, Told(back=PainRatings(worst=4)), walk="last", now=NOON + 5 * 60 * MINUTE)

    assert [(25, 4)] == [(walk["minutes"], walk["back"]["worst"]) for walk in walks_of(home)]


def test_how_it_felt_without_any_walk_is_refused(home):
    """There must be a walk that it belongs to."""
    with pytest.raises(OptionError, match="no walk"):
        log_walk(home, Told(back=PainRatings(worst=4)), now=NOON)


def test_a_named_walk_is_added_to_and_the_rest_stays(home):
    """Correcting one number leaves all others as they were."""
    log_walk(home, Told(minutes=25, note="windy", back=PainRatings(worst=3)), now=NOON)
    log_walk(home, Told(minutes=30), walk="2026-06-10T1135", now=NOON)

    (walk,) = walks_of(home)
    assert (30, "windy", 3) == (walk["minutes"], walk["note"], walk["back"]["worst"])


def test_what_was_changed_stays_in_the_history(home):
    """The number from before can still be seen."""
    log_walk(home, Told(minutes=25), now=NOON)
    log_walk(home, Told(minutes=30), walk="last", now=NOON)

    changes = show_changes(home, "last", now=NOON).document["changes"]
    assert ["added", "corrected"] == [one["change"] for one in changes]
    assert (25, 30) == (changes[1]["before"]["minutes"], changes[1]["after"]["minutes"])


def test_a_removed_walk_is_gone_and_remembered(home):
    """It no longer counts, but the history tells that it was there."""
    log_walk(home, Told(minutes=25), now=NOON)
    remove_walk(home, "last", now=NOON)

    assert [] == walks_of(home)
    shown = show_changes(home, "2026-06-10T1135", now=NOON)
    changes = shown.document["changes"]
    assert "removed" == changes[-1]["change"]
    assert "10 June 2026 11:35" in shown.sheet.headline


def test_two_walks_in_one_minute_have_two_names(home):
    """A name never stands for two walks."""
    told = Told(start_utc_ns=NOON, minutes=10)
    for _ in range(3):
        log_walk(home, told, now=NOON + 60 * MINUTE)

    names = ["2026-06-10T1200", "2026-06-10T1200-2", "2026-06-10T1200-3"]
    assert names == [walk["id"] for walk in walks_of(home)]


@pytest.mark.parametrize("name", FORGETTABLE)
def test_everything_told_can_be_taken_back(name):
    """After it is taken back, it counts as not told, and nothing else changed."""
    ratings = PainRatings(1, 2, 3, 4)
    full = Outing(
        "a", 0, "UTC", 20, "indoor", 900, 1000, ratings, ratings, "calf", 5, True, "shoe", 2,
        "grass", "some", 7, 60, "words",
    )  # fmt: skip
    left = forgotten(full, (name,))

    assert left != full
    assert left.document() == forgotten(left, (name,)).document()


def test_new_numbness_is_answered_at_once(home):
    """A warning sign on a walk asks for the check-up before anything else is said."""
    found = log_walk(home, Told(minutes=20, new_numbness=True), now=NOON)

    assert "checkup" in found.sheet.action
    assert "call for help" in found.sheet.action


def test_a_red_walk_asks_for_the_checkup(home):
    """Much pain on a walk leads to the questions."""
    found = log_walk(home, Told(minutes=20, back=PainRatings(before=2, worst=8)), now=NOON)

    assert "red" == found.document["light"]["light"]
    assert "evenstride checkup" in found.sheet.action


@pytest.mark.parametrize(
    "wrong",
    [
        {"minutes": 0},
        {"minutes": math.nan},
        {"minutes": math.inf},
        {"distance_m": -5},
        {"back_worst": 11},
        {"leg_before": -1},
        {"back_before": math.nan},
        {"sleep_h": 25},
        {"note": "x" * 3000},
    ],
)
def test_what_cannot_be_right_is_refused_in_words(wrong):
    """A number that no walk can have never reaches the diary."""
    with pytest.raises(OptionError) as refused:
        told_of(wrong)

    assert refused.value.sentence


@pytest.mark.parametrize("walk", ["", "2026-01-01T0000", "; DROP TABLE outings", "last"])
def test_a_walk_that_is_not_there_is_said(home, walk):
    """Nothing is noted for a walk that does not exist."""
    with pytest.raises(OptionError):
        log_walk(home, Told(minutes=5), walk=walk, now=NOON)

    assert [] == walks_of(home)


def test_shoes_are_known_by_their_name_or_refused(home):
    """A slip of the keyboard does not make a new pair."""
    add_shoes(home, "Brown boots", now=NOON)
    log_walk(home, Told(minutes=5, shoe=" brown BOOTS"), now=NOON)
    with pytest.raises(OptionError, match="Brown boots"):
        log_walk(home, Told(minutes=5, shoe="brown boot"), now=NOON)

    assert ["brown-boots"] == [walk["shoe"] for walk in walks_of(home)]


def test_every_question_about_a_walk_can_be_answered(home):
    """Each question takes an ordinary answer and refuses nonsense in words, except a note."""
    add_shoes(home, "Brown boots", now=NOON)
    good = {
        "start_utc_ns": "yesterday 8:15",
        "minutes": "1h",
        "minutes_to_rise": "10",
        "sitting_before_min": "2 hours",
        "new_numbness": "No",
        "distance_m": "1.2km",
        "load_kg": "7lb",
        "shoe": "brown boots",
        "reach": "cal",
        "surface": "gra",
        "hills": "flat",
        "kind": "tread",
        "note": "fine",
    }
    told = {}
    for question in questions(home, now=NOON).all:
        told[question.name] = question.read(good.get(question.name, "3"))
        if question.name != "note":
            with pytest.raises(OptionError):
                question.read("zzz")
    walk = told_of(told | {"shoe": None}).applied(Outing("a", 0))

    assert (60, "calf", "grass", "treadmill", False, 1200) == (
        walk.minutes, walk.reach, walk.surface, walk.kind, walk.new_numbness, walk.distance_m,
    )  # fmt: skip
    assert 3 == walk.back.worst == walk.leg.worst


@given(
    st.builds(
        Told,
        minutes=st.none() | st.floats(1, 1440),
        back=st.builds(PainRatings, worst=st.none() | st.floats(0, 10)),
        reach=st.none() | st.sampled_from(["none", "calf"]),
        load_kg=st.none() | st.floats(0, 100),
    )
)
def test_telling_the_same_twice_changes_nothing(told):
    """What is told again is already there; what is not told stays."""
    outing = Outing("a", 0, minutes=10, back=PainRatings(before=2), load_kg=4)
    once = told.applied(outing)

    assert once == told.applied(once)
    assert 2 == once.back.before


def test_what_is_still_to_tell_names_the_walk_unless_it_is_the_newest(home):
    """Copied from the screen, a command never rates another walk."""
    newest = log_walk(home, Told(minutes=25), now=NOON)
    older = Told(start_utc_ns=NOON - 24 * 60 * MINUTE, minutes=15)
    late = log_walk(home, older, now=NOON + MINUTE)

    assert "evenstride log --worst" in newest.as_text(width=100, color=False)
    assert "evenstride log --walk 2026-06-09T1200 --worst" in late.as_text(width=100, color=False)


def test_a_name_that_another_program_takes_meanwhile_is_no_loss(home, monkeypatch):
    """Both walks are kept, each under a name of its own."""
    told = Told(start_utc_ns=NOON, minutes=10)
    log_walk(home, told, now=NOON + MINUTE)
    names = iter(["2026-06-10T1200"])  # chosen before the other program was done
    real = walks.new_id
    monkeypatch.setattr(walks, "new_id", lambda *given: next(names, None) or real(*given))
    log_walk(home, Told(start_utc_ns=NOON, minutes=20), now=NOON + MINUTE)

    found = [(walk["id"], walk["minutes"]) for walk in walks_of(home)]
    assert [("2026-06-10T1200", 10), ("2026-06-10T1200-2", 20)] == found


def imported(home, start_utc_ns, minutes, kind="activity", **told):
    """Keep a walk as an import does: with what a device has of it."""
    with own(home, NOON) as mine:
        outing = Outing(walks.new_id(mine, start_utc_ns), start_utc_ns, ZONE, minutes, **told)
        mine.diary.add_outing(outing)
        begin = Start(start_utc_ns, 60, None, "recorded")
        facts = Activity(begin, start_utc_ns + round(minutes * MINUTE), sport="walking")
        mine.diary.keep_stream(Stream(f"of-{outing.id}", outing.id, kind, facts, None, ""))
    return outing.id


@pytest.mark.parametrize(
    ("late", "minutes", "is_the_same"),
    [(5, 40, True), (-9, 50, True), (20, 25, True), (-2, None, True), (15, 60, False),
     (-35, 40, False)],
)  # fmt: skip
def test_a_walk_that_was_imported_is_not_noted_again(home, late, minutes, is_the_same):
    """It begins or ends within ten minutes of it: what was told goes into it."""
    begun = NOON - 180 * MINUTE
    imported(home, begun, 40.0, steps=4321)
    told = Told(start_utc_ns=begun + late * MINUTE, minutes=minutes, back=PainRatings(worst=4))
    found = log_walk(home, told, now=NOON)

    kept = [(one["start_utc_ns"], one["steps"], one["back"]["worst"]) for one in walks_of(home)]
    assert is_the_same == (kept == [(begun, 4321, 4)])
    assert is_the_same == ("It is the one that was imported" in found.sheet.headline)
    assert ("joined" if is_the_same else "noted") == found.document["what"]


def test_a_short_walk_right_after_an_imported_one_is_another(home):
    """They begin within ten minutes of each other but do not overlap."""
    imported(home, NOON - 60 * MINUTE, 8.0)
    log_walk(home, Told(start_utc_ns=NOON - 51 * MINUTE, minutes=8), now=NOON)

    assert 2 == len(walks_of(home))


def test_a_walk_whose_steps_were_counted_was_not_imported(home):
    """What a phone counted in its minutes makes it no account of a device."""
    imported(home, NOON - 60 * MINUTE, 40.0, kind="counted")
    log_walk(home, Told(start_utc_ns=NOON - 55 * MINUTE, minutes=40), now=NOON)

    assert 2 == len(walks_of(home))


def test_what_was_told_of_an_imported_walk_is_not_replaced_unasked(home):
    """A second rating that differs names the walk to change."""
    name = imported(home, NOON - 60 * MINUTE, 40.0, back=PainRatings(worst=2))
    told = Told(start_utc_ns=NOON - 55 * MINUTE, minutes=40, back=PainRatings(worst=4))
    with pytest.raises(OptionError, match=f"--walk {name}"):
        log_walk(home, told, now=NOON)

    assert [2] == [one["back"]["worst"] for one in walks_of(home)]


def test_a_walk_is_named_by_its_day(home):
    """Where a day has several, their names are told."""
    yesterday = NOON - 24 * 60 * MINUTE
    log_walk(home, Told(start_utc_ns=yesterday, minutes=20), now=NOON)
    log_walk(home, Told(start_utc_ns=NOON - 300 * MINUTE, minutes=20), now=NOON)
    log_walk(home, Told(start_utc_ns=NOON - 200 * MINUTE, minutes=20), now=NOON)
    rated = log_walk(home, Told(back=PainRatings(worst=4)), walk="2026-06-09", now=NOON)

    assert "2026-06-09T1200" == rated.document["walk"]["id"]
    with pytest.raises(OptionError, match=r"2026-06-10T0700, 2026-06-10T0840"):
        remove_walk(home, "2026-06-10", now=NOON)
    assert "evenstride walk 2026-06-10" in show_history(home, now=NOON).as_text(
        width=100, color=False
    )


def test_the_hour_that_comes_twice_is_told_apart(home):
    """In the night when summer time ends there are two walks at half past one."""
    night = at("2025-10-26 00:30")
    for later in (0, 60):
        log_walk(home, Told(start_utc_ns=night + later * MINUTE, minutes=9), now=NOON)
    text = show_history(home, now=NOON).as_text(width=120, color=False)

    assert 1 == text.count("Sun 26 Oct 01:30 summer time")
    assert 2 == text.count("Sun 26 Oct 01:30")
