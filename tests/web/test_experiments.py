"""An experiment from the first question to its answer, over HTTP and without a script."""

import re
import shutil
from datetime import date, timedelta
from html import unescape

import pytest
from tests.web.conftest import ORIGIN, paired

from evenstride.app.moments import now_utc_ns
from evenstride.app.told import Told
from evenstride.app.trial.running import next_walk, show_trial
from evenstride.app.walks import log_walk
from evenstride.model import PainRatings
from evenstride.web.application import create_app
from evenstride.web.settings import Settings

DAY = 86_400_000_000_000
MINUTE = 60_000_000_000
WISH = {"what-1": "load", "a-1": "usual bag", "b-1": "light bag", "what-2": ""}
WHOLE = WISH | {"outcome": "worst", "walks": "8"}


@pytest.fixture
def home(tmp_path, demo):
    """Return the folder of a simulated person that may be changed."""
    home = tmp_path / "lived"
    shutil.copytree(demo, home)
    return home


@pytest.fixture
def lived(home):
    """Return a paired browser over the simulated person's folder."""
    return paired(create_app(Settings(home, frozenset({ORIGIN}))))


def said(answer) -> str:
    """Return what a page says, without its markup."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def begun(lived) -> str:
    """Begin an experiment of eight walks, and return its address."""
    answer = lived.post("/experiments/new", params=WHOLE)
    assert 303 == answer.status_code, said(answer)
    return answer.headers["location"]


def walked(home, days: int, drawn: int, worst: float) -> str:
    """Ask for the next walk and walk it, both so many days from now; return its name."""
    moment = now_utc_ns() + days * DAY
    next_walk(home, now=moment - 60 * MINUTE)
    back = PainRatings(before=1, worst=worst, hour_after=1, next_morning=1)
    told = Told(start_utc_ns=moment - 40 * MINUTE, minutes=20, back=back)
    assert drawn == len(show_trial(home, now=moment).document["joined"]) + 1
    return log_walk(home, told, now=moment).document["walk"]["id"]


def test_without_a_check_up_there_is_a_way_to_it(browser):
    """An empty diary has no experiment, and planning one leads to the check-up first."""
    overview = browser.get("/experiments")
    plan = browser.get("/experiments/new")

    assert "There is no experiment yet." in said(overview)
    assert 'href="/experiments/new"' in overview.text
    assert 422 == plan.status_code
    assert 'href="/check-up"' in plan.text


def test_every_question_stands_on_a_page_of_its_own(lived):
    """Each answer leads to the next question, and the last to what is fixed beforehand."""
    told: dict[str, str] = {}
    for name, answer in WHOLE.items():
        page = lived.get("/experiments/new", params=told)
        assert 200 == page.status_code
        assert f'name="{name}"' in page.text
        told[name] = answer
    preview = lived.get("/experiments/new", params=told)

    assert "What is better for you: usual bag or light bag?" in said(preview)
    assert "In between you see no numbers." in said(preview)
    assert lived.get("/experiments").text.count("goes on") == 0


def test_shoes_are_chosen_from_the_log(lived):
    """The pair of way A is no choice for way B."""
    first = lived.get("/experiments/new", params={"what-1": "shoes"})
    second = lived.get("/experiments/new", params={"what-1": "shoes", "a-1": "Old trainers"})

    assert 'value="Old trainers"' in first.text
    assert 'type="radio" name="b-1" value="New walking shoes"' in second.text
    assert 'type="radio" name="b-1" value="Old trainers"' not in second.text


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"what-1": "sleep"}, "Sleep works over weeks."),
        ({"what-1": "shoes", "a-1": "no such"}, "There are no shoes “no such” in the diary."),
        ({"what-1": "load", "a-1": " "}, "That needs an answer."),
        (WISH | {"outcome": "luck"}, "“luck” is not one of the things to compare."),
        (WISH | {"outcome": "worst", "walks": "many"}, "“many” is no number of walks."),
        (WHOLE | {"walks": "2"}, "8 to 84"),
        ({"what-1": "x" * 201}, "what-1"),
    ],
)
def test_what_is_no_answer_is_asked_again_with_why(lived, told, expected):
    """A wrong answer is refused with our sentence; what was told before it is kept."""
    answer = lived.get("/experiments/new", params=told)

    assert 422 == answer.status_code
    assert expected in said(answer)


def test_a_link_of_the_knowledge_answers_the_first_questions(lived):
    """Who comes from a factor is asked only what is still open."""
    told = {"what-1": "cadence", "a-1": "as usual", "b-1": "<b>quicker</b>"}
    page = lived.get("/experiments/new", params=told)

    assert 'name="what-2" value=""' in page.text
    assert "Two step rates" in page.text or "two step rates" in page.text
    assert "&lt;b&gt;quicker&lt;/b&gt;" in page.text
    assert "<b>quicker" not in page.text


def test_it_begins_once(lived):
    """After it began the next walk is one tap away, and no second experiment can begin."""
    address = begun(lived)
    page = lived.get(address)
    again = lived.post("/experiments/new", params=WHOLE)

    assert "It goes on." in said(page)
    assert 'href="/experiments/next"' in page.text
    assert 422 == again.status_code
    assert "An experiment is running" in said(again)


def test_half_an_answer_begins_nothing(lived):
    """A begin without all answers leads back to the question that is open."""
    answer = lived.post("/experiments/new", params={"what-1": "load"})

    assert 303 == answer.status_code
    assert "/experiments/new?what-1=load" == answer.headers["location"]


def test_the_next_walk_is_told_and_nothing_further(lived):
    """One way is shown, the same however often it is asked, and never the order."""
    begun(lived)
    first, second = lived.get("/experiments/next"), lived.get("/experiments/next")
    names = [name for name in ("usual bag", "light bag") if name in said(first)]

    assert said(first) == said(second)
    assert "Walk 1 of 8" in said(first)
    assert 1 == len(names)


def test_between_two_looks_there_is_no_number(lived, home):
    """A walk that joined is counted; its pain, the order and a picture are not on the page."""
    address = begun(lived)
    walked(home, 1, 1, worst=7.0)
    moment = now_utc_ns() + 2 * DAY
    next_walk(home, now=moment)
    page = lived.get(address)

    assert "Walks done: 1 of 8." in said(page)
    assert "The next look at the answer comes after walk 7." in said(page)
    assert "<svg class" not in page.text.partition("<main")[2]
    assert 'class="trial"' not in page.text
    assert "seed" not in page.text
    assert "drawn from the number" not in said(page)


def test_a_walk_joins_by_name_and_is_taken_out_again(lived, home):
    """What was really done is told with the walk; taking it out asks first."""
    address = begun(lived)
    lived.get("/experiments/next")
    moment = now_utc_ns()
    told = Told(start_utc_ns=moment - MINUTE, minutes=1, back=PainRatings(worst=2))
    name = log_walk(home, told, now=moment).document["walk"]["id"]
    form = lived.get("/experiments/done")
    joined = lived.post("/experiments/done", data={"walk": name, "way-1": "usual bag"})
    shown = said(lived.get(address))
    asked = said(lived.get("/experiments/undo"))
    undone = lived.post("/experiments/undo")

    assert f'value="{name}"' in form.text
    assert (303, address) == (joined.status_code, joined.headers["location"])
    assert "is now walk 1 of 8: usual bag." in shown
    assert "is now walk 1 of 8: usual bag." in asked
    assert (303, address) == (undone.status_code, undone.headers["location"])
    assert "Walks done: 0 of 8." in said(lived.get(address))
    assert "nothing to take out" in said(lived.get("/experiments/undo"))


def test_it_is_ended_only_after_a_question(lived):
    """The page asks; only the form ends it, and it stays to be seen."""
    address = begun(lived)
    asked = said(lived.get("/experiments/stop"))
    before = said(lived.get(address))
    stopped = lived.post("/experiments/stop")

    assert "It cannot be taken up again." in asked
    assert "It goes on." in before
    assert (303, address) == (stopped.status_code, stopped.headers["location"])
    assert "You ended it early." in said(lived.get(address))
    assert 422 == lived.get("/experiments/stop").status_code


def test_an_answer_is_drawn_and_stands_as_a_table(lived):
    """The finished experiment has a picture with a name, classes only, and its walks in rows."""
    overview = lived.get("/experiments")
    address = re.search(r'href="(/experiments/shoes-[^"]+)"', overview.text)[1]
    page = lived.get(address)
    drawing = re.search(r'<svg[^>]*class="trial".*?</svg>', page.text, re.DOTALL)[0]

    assert "answer found" in said(overview)
    assert 'role="img"' in drawing
    assert "<title" in drawing
    assert "<style" not in drawing
    assert "style=" not in drawing
    assert "New walking shoes (not as drawn)" in said(page)
    assert 28 <= page.text.count("<tr>")


def test_before_and_since_needs_a_day_that_has_come(lived):
    """A slow change is shown without a verdict; a day that is none is refused in words."""
    since = f"{date.today() - timedelta(days=20)}"  # noqa: DTZ011 - any day of the last weeks
    shown = said(lived.get("/experiments/trend", params={"since": since}))
    wrong = lived.get("/experiments/trend", params={"since": "soon"})
    future = lived.get("/experiments/trend", params={"since": "2999-01-01"})

    assert "This cannot tell why." in shown
    assert (422, 422) == (wrong.status_code, future.status_code)
    assert "“soon” is not a day." in said(wrong)
    assert "The day must not lie in the future." in said(future)


def test_an_unknown_experiment_is_said_to_be_unknown(lived):
    """A wrong name is answered with the names that there are."""
    answer = lived.get("/experiments/no-such")

    assert 422 == answer.status_code
    assert "There is no experiment “no-such”." in said(answer)
