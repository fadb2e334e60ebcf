"""Questionnaires are kept with their answers, and compared with the first time."""

import pytest
from tests.app.conftest import at, check_up_at

from evenstride.app.own import own
from evenstride.app.planning import basis_of, show_plan
from evenstride.app.questionnaires import fill_in, filled, show_questionnaires
from evenstride.app.told import Told
from evenstride.app.walks import log_walk
from evenstride.checkup.instruments import instruments
from evenstride.diary import Entry
from evenstride.errors import AnswerError, DiaryError
from evenstride.model import PainRatings

MORNING = at("2026-06-01 08:00")
DAY_NS = 86_400_000_000_000


def test_the_second_time_is_put_beside_the_first(home):
    """Two points more of one's own walking goals is a change that people notice."""
    fill_in(home, "walking_activities", {"activity_1": 3}, now=MORNING)
    fill_in(home, "walking_activities", {"activity_1": 4}, now=MORNING + 7 * DAY_NS)
    last = fill_in(home, "walking_activities", {"activity_1": 6}, now=MORNING + 14 * DAY_NS)

    change = last.document["change"]
    assert (3, True, "better") == (change["amount"], change["important"], change["direction"])


def test_a_total_from_elsewhere_is_kept(home):
    """Questionnaires whose questions are not ours bring their total."""
    found = fill_in(home, "rmdq24", total=14, now=MORNING)

    assert 14 == found.document["score"]["value"]
    (kept,) = show_questionnaires(home, now=MORNING).document["filled_in"]
    assert ("2026-06-01", 14) == (kept["day"], kept["score"]["value"])


def test_much_worry_about_moving_starts_the_plan_lower(home):
    """A score above the limit halves the start of the plan."""
    check_up_at(home, MORNING)
    show_plan(home, now=MORNING)
    fill_in(home, "fabq_pa", total=20, now=MORNING)
    for day in range(7):
        told = Told(
            start_utc_ns=MORNING + day * DAY_NS,
            minutes=20,
            back=PainRatings(1, 2, 1, 1),
        )
        log_walk(home, told, now=MORNING + (day + 1) * DAY_NS)
    found = show_plan(home, now=MORNING + 7 * DAY_NS).document

    assert 10 == found["week"]["session_min"]
    with own(home, MORNING) as mine:
        assert [20] == [score.value for score in basis_of(mine).history.fear]


@pytest.mark.parametrize("name", sorted(instruments()))
def test_every_questionnaire_is_on_the_list(home, name):
    """Each is shown with what it tells."""
    sheet = show_questionnaires(home, now=MORNING).sheet
    rows = [row[0] for part in sheet.sections for row in part.table.rows]

    assert 1 == rows.count(name)


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("nonsense", {"total": 3}),
        ("rmdq24", {"total": 25}),
        ("rmdq24", {"total": float("nan")}),
        ("walking_activities", {"answers": {"activity_1": 11}}),
        ("walking_activities", {"answers": {"activity_9": 1}}),
        ("odi", {"answers": {"a": 1}}),
    ],
)
def test_what_cannot_be_right_is_refused_and_not_kept(home, name, more):
    """A wrong name, item or number ends in a sentence."""
    with pytest.raises(AnswerError):
        fill_in(home, name, now=MORNING, **more)

    with own(home, MORNING) as mine:
        assert () == filled(mine)


def test_what_another_program_changed_is_said(home):
    """No traceback for a document that is none of ours."""
    with own(home, MORNING) as mine:
        mine.diary.keep_entry(Entry("questionnaire", "x", 1, {"name": "odi"}))
    with pytest.raises(DiaryError, match="another program"):
        show_questionnaires(home, now=MORNING)
