"""The last weeks in one small picture."""

from tests.app.conftest import at, check_up_at

from evenstride.app.today import see_today
from evenstride.app.told import Told
from evenstride.app.walks import log_walk
from evenstride.model import PainRatings

DAY_NS = 86_400_000_000_000
MONDAY = at("2026-06-01 09:00")


def walk(home, day, worst):
    """Note a walk on a day, counted from a Monday."""
    told = Told(
        start_utc_ns=MONDAY + day * DAY_NS, minutes=20, back=PainRatings(before=1, worst=worst)
    )
    log_walk(home, told, now=MONDAY + day * DAY_NS + DAY_NS // 24)


def test_without_walks_there_is_no_picture(home):
    """Nothing is drawn of nothing."""
    check_up_at(home, MONDAY)

    assert see_today(home, now=MONDAY).trend is None


def test_eight_weeks_are_shown_and_no_more(home):
    """This week and the seven before it; the table says the same as the picture."""
    for week in range(10):
        walk(home, 7 * week, worst=week)
    trend = see_today(home, now=MONDAY + (7 * 9 + 1) * DAY_NS).trend

    assert [str(week) for week in range(2, 10)] == [row[3] for row in trend.table.rows]
    assert ["15 Jun 2026", "3 Aug 2026"] == [trend.table.rows[at][0] for at in (0, -1)]
    assert trend.drawing.startswith("<svg")
    assert trend.says in trend.drawing


def test_a_first_week_is_drawn_without_weeks_that_are_still_to_come(home):
    """The room that is left is in the past."""
    walk(home, 0, worst=2)
    drawing = see_today(home, now=MONDAY + DAY_NS).trend.drawing

    assert "1 Jun" in drawing
    assert "8 Jun" not in drawing
