"""An interview that is taken up again: the stamp of a page, and an emergency that is kept."""

from evenstride.app.checkup_result import checkup_file, dialled, last_checkups, result_of
from evenstride.app.interview import Asking
from evenstride.app.own import own
from evenstride.app.person import tell_me
from evenstride.checkup.interview import LAST_TIME


def none_of(page) -> dict:
    """Return the replies of "none of these"."""
    return dict(page.none_of_these)


def emergency_at(home) -> Asking:
    """Return an interview whose first page was an emergency."""
    asking = Asking.begin(home)
    page = asking.page()
    asking.reply(page, none_of(page) | {"chest_breath": True})
    return asking


def test_a_stamp_is_of_one_page_at_one_place(home):
    """The same page asked again after other answers has another one."""
    asking = Asking.begin(home)
    first = asking.page()
    stamp = asking.stamp(first)
    asking.reply(first, none_of(first))

    assert stamp != asking.stamp(first)
    asking.back()
    assert stamp == Asking.begin(home).stamp(first)


def test_an_emergency_is_kept_once_and_can_be_taken_back(home):
    """It holds as soon as it is kept, and nothing is left of one that was a mistake."""
    asking = emergency_at(home)
    asking.keep_emergency()
    Asking.begin(home).keep_emergency()
    with own(home, 1) as mine:
        assert 1 == len(mine.diary.checkups())
    Asking.begin(home).take_back()

    assert last_checkups(home) is None
    assert () == Asking.begin(home).interview.steps


def test_taking_back_leaves_an_earlier_checkup_alone(home):
    """Also one with the very same answers: that was no mistake."""
    emergency_at(home).finish()
    emergency_at(home).keep_emergency()
    with own(home, 1) as mine:
        assert 2 == len(mine.diary.checkups())
    Asking.begin(home).take_back()

    with own(home, 1) as mine:
        assert 1 == len(mine.diary.checkups())


def test_what_was_taken_over_can_be_dropped_for_good(home):
    """An interview without any step is one that was begun: nothing is taken over again."""
    asking = emergency_at(home)
    page = asking.page()
    assert "emergency" == page
    asking.finish()
    taken = Asking.begin(home)
    taken.interview = type(taken.interview)()
    taken.keep()

    kept = Asking.begin(home)
    assert () == kept.interview.steps
    assert not kept.was_resumed
    assert LAST_TIME not in {step.page for step in kept.interview.steps}


def test_a_result_can_be_shown_again(home):
    """With its level and time; and no patterns while help is needed."""
    emergency_at(home).finish()
    kept = last_checkups(home)
    found = result_of(kept)

    assert "emergency_now" == found.shown.document["triage"]["level"]
    assert found.shown.sheet.headline == kept.found.triage.says
    assert found.resembles is None
    assert kept.when.startswith("today")
    assert kept.found.triage.says in checkup_file(kept, "text")


def test_the_numbers_to_call(home):
    """That of the country, else well known ones."""
    assert ["112", "999", "911"] == list(dialled(""))
    assert ["112"] == list(dialled("DE"))
    tell_me(home, {"country": "GB"})
    assert "999" == Asking.begin(home).emergency_number
