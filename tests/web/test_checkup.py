"""The check-up on pages: each reply goes to its page, and help is never further away."""

import json
import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.web.conftest import ORIGIN, paired

from evenstride.app.checkup_result import last_checkups
from evenstride.app.interview import Asking, Page
from evenstride.app.own import own
from evenstride.app.person import tell_me
from evenstride.app.today import see_today
from evenstride.checkup.knowledge import knowledge
from evenstride.errors import DiaryError
from evenstride.web.application import create_app
from evenstride.web.interview.replies import is_ticked, typed_as
from evenstride.web.settings import Settings

KNOWN = knowledge()
WORDS = KNOWN.wording
PAGE, RESULT = "/check-up/page", "/check-up/result"


@pytest.fixture
def home(app) -> Path:
    """Return the folder that the server of ``browser`` keeps."""
    return app.state.settings.home


def stamp_of(text: str) -> str:
    """Return the stamp of the page that is shown."""
    return re.search(r'name="stamp" value="(\w+)"', text)[1]


def shown(browser) -> str:
    """Return the page that is due."""
    return browser.get(PAGE).text


def send(browser, **fields):
    """Send the form of the page that is due."""
    return browser.post(PAGE, data={"stamp": stamp_of(shown(browser)), **fields})


def calm_fields(page: Page) -> dict[str, object]:
    """Return the fields that answer a page as somebody who worries nobody."""
    usual = {"age": "45", "sex": "male", "duration_days": "2 weeks", "onset": "gradual"}
    usual |= {"pain_worst": "4"}
    if any(is_ticked(page, question) for question in page.questions):
        return {"none_of_these": "1"}
    return {
        question.id: usual.get(question.id) or typed_as(question.least_worrying)
        for question in page.questions
    }


def answer_safety(browser, home: Path) -> None:
    """Answer all safety questions as somebody who worries nobody."""
    while isinstance(page := Asking.begin(home).page(), Page) and not page.optional:
        assert 303 == send(browser, **calm_fields(page)).status_code


def finish_calmly(browser, home: Path) -> None:
    """Answer all safety questions calmly, and end there."""
    answer_safety(browser, home)
    assert RESULT == send(browser, leave="end").headers["location"]


def test_the_first_question_stands_on_the_page_that_begins(browser):
    """No name, height or device is asked first, and the emergency number is there."""
    page = browser.get("/check-up").text

    assert KNOWN.screens[0].title in page
    assert "112, 999 or 911" in page
    assert "Safety questions, page 1 of about" in page


def test_nothing_is_chosen_beforehand(browser, home):
    """A safety question is answered by a deliberate tap, on every page."""
    while isinstance(page := Asking.begin(home).page(), Page) and not page.optional:
        text = shown(browser)
        assert not re.search(r"<input[^>]*\schecked", text)
        assert "<select" not in text
        assert 303 == send(browser, **calm_fields(page)).status_code


def test_a_calm_person_gets_to_an_answer_and_what_it_resembles(browser, home):
    """All safety questions with "none", then the person ends it and reads the answer."""
    finish_calmly(browser, home)
    result = browser.get(RESULT).text
    resembles = browser.get("/check-up/resembles").text

    assert KNOWN.levels["self_care"].says in result
    assert WORDS["patterns"]["title"] in resembles
    assert "%" not in re.sub(r"<[^>]*>", "", resembles)


def test_every_page_is_told_its_place(browser, home):
    """The progress counts up page by page."""
    places = []
    while isinstance(page := Asking.begin(home).page(), Page) and not page.optional:
        places.append(int(re.search(r"page (\d+) of about", shown(browser))[1]))
        assert 303 == send(browser, **calm_fields(page)).status_code

    assert list(range(1, len(places) + 1)) == places


def test_nothing_ticked_is_no_answer(browser, home):
    """An empty list is not taken for "none of these", and the page says so."""
    answer = send(browser)

    assert 422 == answer.status_code
    assert "None of these" in answer.text
    assert "problem-said" in answer.text
    assert () == Asking.begin(home).interview.steps


def test_ticks_and_none_of_these_is_asked_again(browser, home):
    """Two answers that contradict each other are no answer, and the ticks stay."""
    answer = send(browser, fever="true", none_of_these="1")

    assert 422 == answer.status_code
    assert re.search(r'name="fever" value="true" checked', answer.text)
    assert () == Asking.begin(home).interview.steps


def test_fits_and_not_sure_of_one_sign_is_asked_again(browser, home):
    """A sign cannot fit and be in doubt."""
    answer = send(browser, fever=["true", "not_sure"])

    assert 422 == answer.status_code
    assert () == Asking.begin(home).interview.steps


def test_what_is_not_ticked_does_not_fit_once_something_is(browser, home):
    """As in the terminal: the rest of a list is "no" when one of it was ticked."""
    send(browser, fever="not_sure")
    (step,) = Asking.begin(home).interview.steps

    assert "not_sure" == step.replies["fever"]
    assert step.replies["chest_breath"] is False


def test_not_sure_of_saddle_or_bladder_is_asked_once_more(browser):
    """The example is shown, and what is asked again has an answer of its own."""
    send(browser, none_of_these="1")
    send(browser, saddle_numb="not_sure")
    page = shown(browser)

    assert WORDS["asking"]["again"] in page
    assert KNOWN.findings["saddle_numb"].ask in page
    assert 'name="saddle_numb" value="not_sure"' in page


# ------------------------------------------------------------------------------------- emergencies


def test_an_emergency_stands_alone(browser):
    """What to do and the number to call, no tabs and nothing else to read."""
    send(browser, chest_breath="true")
    page = shown(browser)

    assert KNOWN.levels["emergency_now"].says in page
    assert 'class="emergency"' in page
    assert "<nav" not in page
    assert {"tel:112", "tel:999", "tel:911"} == set(re.findall(r'<a [^>]*href="([^"]+)"', page))


def test_the_number_of_the_own_country_is_the_only_one(browser, home):
    """Whoever told a country is not asked to choose between numbers."""
    tell_me(home, {"country": "GB"})
    send(browser, chest_breath="true")

    assert ["tel:999"] == re.findall(r'<a [^>]*href="([^"]+)"', shown(browser))


def test_an_emergency_holds_when_the_page_is_left(browser, home):
    """Who only reads the screen and goes has an emergency on record, and no walk to start."""
    send(browser, chest_breath="true")

    assert "emergency_now" == last_checkups(home).found.triage.level
    assert "help_now" == see_today(home).refused
    assert 'href="/walk"' not in browser.get("/today").text.partition("<main")[2]


def test_reading_an_emergency_again_keeps_it_once(browser, home):
    """Looking at the screen again, or sending the form twice, adds nothing."""
    stamp = stamp_of(shown(browser))
    for _ in range(2):
        browser.post(PAGE, data={"stamp": stamp, "chest_breath": "true"})
        browser.get("/check-up")
        browser.get(RESULT)

    with own(home, 1) as mine:
        assert 1 == len(mine.diary.checkups())


def test_a_slip_that_looks_like_an_emergency_is_taken_back(browser, home):
    """The page that was answered by mistake is due again, and nothing is left of the slip."""
    send(browser, none_of_these="1")
    send(browser, saddle_numb="true")
    assert PAGE == browser.post("/check-up/mistake").headers["location"]

    assert KNOWN.screens[1].title in shown(browser)
    assert last_checkups(home) is None
    finish_calmly(browser, home)
    assert "self_care" == last_checkups(home).found.triage.level


def test_an_emergency_of_another_day_leads_to_new_questions(browser, home):
    """What was left long ago is not gone on with, and "by mistake" begins again."""
    send(browser, chest_breath="true")
    with own(home, 1) as mine:
        mine.diary.remove_entry("interview", "checkup")
    assert 'class="emergency"' in browser.get(RESULT).text
    browser.post("/check-up/mistake")

    assert KNOWN.screens[0].title in shown(browser)


def test_help_today_shows_no_patterns(browser, home):
    """At urgent only what to do and why is shown."""
    answer = send(browser, fever="true")
    while RESULT != answer.headers["location"]:
        answer = send(browser, **calm_fields(Asking.begin(home).page()))
    result = browser.get(RESULT).text

    assert "urgent_same_day" == last_checkups(home).found.triage.level
    assert KNOWN.levels["urgent_same_day"].says in result
    assert 'href="/plan"' not in result.partition("<main")[2]
    assert RESULT == browser.get("/check-up/resembles").headers["location"]


# ----------------------------------------------------------------------- two tabs, twice, and back


def test_a_reply_of_a_second_tab_answers_no_other_page(browser, home):
    """A form that was made for another page is not taken; the page that is due is shown."""
    old = stamp_of(shown(browser))
    send(browser, none_of_these="1")
    answer = browser.post(PAGE, data={"stamp": old, "none_of_these": "1"})

    assert f"{PAGE}?late=1" == answer.headers["location"]
    assert "answered already" in browser.get(answer.headers["location"]).text
    assert 1 == len(Asking.begin(home).interview.steps)


def test_a_page_with_other_questions_is_another_page(browser, home):
    """The same list after other answers may ask something else, so an old form is not taken."""
    old = stamp_of(shown(browser))
    send(browser, none_of_these="1")
    second = stamp_of(shown(browser))
    browser.post("/check-up/back", data={"stamp": second})
    send(browser, fever="true")

    assert old != second
    assert 303 == browser.post(PAGE, data={"stamp": second, "none_of_these": "1"}).status_code
    assert 1 == len(Asking.begin(home).interview.steps)


def test_back_twice_by_one_tap_goes_back_once(browser, home):
    """A double tap on "back" takes one page back."""
    send(browser, none_of_these="1")
    send(browser, none_of_these="1")
    stamp = stamp_of(shown(browser))
    for _ in range(2):
        browser.post("/check-up/back", data={"stamp": stamp})

    assert 1 == len(Asking.begin(home).interview.steps)


def test_sending_the_last_page_twice_shows_the_result(browser, home):
    """The second tap does not begin a new check-up in the place of the answer."""
    answer_safety(browser, home)
    stamp = stamp_of(shown(browser))
    places = [browser.post(PAGE, data={"stamp": stamp, "leave": "end"}) for _ in range(2)]

    assert [RESULT, RESULT] == [place.headers["location"] for place in places]
    with own(home, 1) as mine:
        assert 1 == len(mine.diary.checkups())


def test_an_interview_is_taken_up_where_it_was_left(browser):
    """Who comes back goes on, and can begin anew."""
    send(browser, none_of_these="1")

    assert WORDS["asking"]["resumed"] in browser.get("/check-up").text
    assert KNOWN.screens[1].title in browser.get("/check-up").text
    browser.post("/check-up/anew")
    assert KNOWN.screens[0].title in shown(browser)
    assert WORDS["asking"]["resumed"] not in browser.get("/check-up").text


def test_what_hardly_changes_is_taken_over_and_can_be_asked_again(browser, home):
    """The second check-up knows the first, until the person says that something is different."""
    finish_calmly(browser, home)
    said = KNOWN.findings["sex"].statement("male")
    page = browser.get("/check-up").text
    assert said in page
    browser.post("/check-up/back", data={"stamp": stamp_of(page)})

    assert said not in browser.get("/check-up").text
    assert () == Asking.begin(home).interview.steps


def test_an_optional_page_is_left_out(browser, home):
    """The question is passed over, and another comes."""
    answer_safety(browser, home)
    first = Asking.begin(home).page().id
    send(browser, leave="out")
    then = Asking.begin(home)

    assert {} == then.interview.steps[-1].replies
    assert first not in (then.page() if isinstance(then.page(), str) else then.page().id)


def test_a_safety_page_cannot_be_left_out(browser, home):
    """A form that claims so is a form without answers."""
    for leave in ("out", "end"):
        assert 422 == send(browser, leave=leave).status_code

    assert () == Asking.begin(home).interview.steps


def test_a_home_test_is_shown_with_its_steps_and_limits(browser, home):
    """How to do it, when not to, when to stop, and what counts as a yes."""
    answer_safety(browser, home)
    while isinstance(page := Asking.begin(home).page(), Page) and not page.test:
        choice = page.questions[0]
        value = "true" if choice.kind == "bool" else "not_sure"
        send(browser, **{choice.id: value})
    text = shown(browser)

    assert isinstance(page, Page), "no home test came"
    for line in (*page.test.how, page.test.stop, page.test.positive, page.test.not_if_says):
        assert line in text
    assert all(line in text for line in KNOWN.before_home_tests)


# ---------------------------------------------------------------------- odd and hostile forms


@pytest.mark.parametrize(
    "fields",
    [
        {"fever": "yes"},
        {"fever": "TRUE"},
        {"fever": "x" * 100_000},
        {"fever": ["true", "false"]},
        {"fever": "\x00"},
        {"no_such_question": "true"},
        {"none_of_these": ""},
        {"leave": "end"},
        {},
    ],
)
def test_an_odd_form_is_no_answer(browser, home, fields):
    """Nothing is taken, nothing is lost, and the page says what is missing."""
    answer = send(browser, **fields)

    assert 422 == answer.status_code
    assert "problem-said" in answer.text
    assert () == Asking.begin(home).interview.steps


@pytest.mark.parametrize("age", ["", "forty", "-3", "999", "1e9", "nan", "45 45", "17"])
def test_a_number_that_cannot_be_is_asked_again(browser, home, age):
    """The page stays, with the number that was typed."""
    while (page := Asking.begin(home).page()).id != "about_you":
        send(browser, **calm_fields(page))
    steps = len(Asking.begin(home).interview.steps)
    expected = 303 if KNOWN.findings["age"].low <= 17 and age == "17" else 422

    assert expected == send(browser, age=age, sex="male").status_code
    assert steps + (expected == 303) == len(Asking.begin(home).interview.steps)


def test_weeks_are_understood_where_days_are_asked_for(browser, home):
    """Three weeks are 21 days."""
    while (page := Asking.begin(home).page()).id != "time":
        send(browser, **calm_fields(page))
    send(browser, duration_days="3 weeks", onset="gradual", pain_worst="4")

    assert 21 == Asking.begin(home).interview.steps[-1].replies["duration_days"]


def test_a_form_without_a_stamp_answers_nothing(browser, home):
    """Whatever it brings."""
    assert 303 == browser.post(PAGE, data={"none_of_these": "1"}).status_code
    assert () == Asking.begin(home).interview.steps


# --------------------------------------------------------------------------------------- the result


def test_a_result_is_handed_on_as_fhir_and_as_text(browser, home):
    """A QuestionnaireResponse with every answer, and the text of the terminal."""
    finish_calmly(browser, home)
    fhir = browser.get("/check-up/file/fhir")
    text = browser.get("/check-up/file/text")

    assert "QuestionnaireResponse" == json.loads(fhir.text)["resourceType"]
    assert fhir.headers["content-type"].startswith("application/fhir+json")
    assert "attachment" in fhir.headers["content-disposition"]
    assert KNOWN.levels["self_care"].says in text.text


def test_professionals_read_their_own_words(browser, home):
    """The same result in clinical words, with likelihood ratios."""
    finish_calmly(browser, home)

    assert KNOWN.levels["self_care"].clinical in browser.get(f"{RESULT}?pro=1").text
    assert "Likelihood ratios" in browser.get("/check-up/resembles?pro=1").text
    assert "Likelihood ratios" not in browser.get("/check-up/resembles").text


@pytest.mark.parametrize("path", [RESULT, "/check-up/resembles", "/check-up/file/fhir"])
def test_without_a_checkup_there_is_no_result(browser, path):
    """Who asks for one is led to the questions."""
    assert browser.get(path).headers["location"] in ("/check-up", RESULT)


def test_a_diary_that_cannot_be_written_stops_nobody(browser, monkeypatch):
    """With a full disk the person is asked all the same, gets the answer, and is told."""

    def full(*_arguments, **_named):
        raise DiaryError("The disk is full.", "Make room.")

    monkeypatch.setattr("evenstride.diary.Diary.keep_entry", full)
    monkeypatch.setattr("evenstride.diary.Diary.add_checkup", full)
    send(browser, none_of_these="1")
    assert WORDS["asking"]["not_kept"] in shown(browser)
    assert KNOWN.screens[1].title in shown(browser)
    send(browser, saddle_numb="true")

    assert 'class="emergency"' in shown(browser)
    assert 'class="emergency"' in browser.get(RESULT).text
    browser.post("/check-up/mistake")
    assert KNOWN.screens[1].title in shown(browser)


def test_a_diary_that_cannot_be_opened_stops_nobody(browser, monkeypatch):
    """A folder that is closed keeps nothing, and the result is shown all the same."""

    def closed(*_arguments, **_named):
        raise DiaryError("The folder is closed.", "Open it.")

    monkeypatch.setattr("evenstride.app.shelf.Diary.open", closed)
    pages = 0
    while "Stop here and see" not in (text := shown(browser)):
        pages += 1
        assert pages < 40, text
        names = dict.fromkeys(re.findall(r'name="(\w+)" value="(?:true|false|none)"', text))
        fields = (
            {"none_of_these": "1"} if "none_of_these" in text else dict.fromkeys(names, "false")
        )
        fields |= {"leg_side": "none"} if "leg_side" in text else {}
        if 'name="age"' in text:
            fields = {"age": "45", "sex": "male"}
        if 'name="onset"' in text:
            fields = {"duration_days": "14", "onset": "gradual", "pain_worst": "4"}
        assert 303 == browser.post(PAGE, data={"stamp": stamp_of(text), **fields}).status_code
    send(browser, leave="end")

    assert KNOWN.levels["self_care"].says in browser.get(RESULT).text


# -------------------------------------------------------------------------------- the same check-up


@st.composite
def ways(draw: st.DrawFn) -> list[int]:
    """Return choices that lead through an interview, one for each question."""
    return draw(st.lists(st.integers(0, 5), min_size=40, max_size=120))


def replies_by(page: Page, ways: list[int]) -> dict[str, object]:
    """Return replies to a page, drawn from the ways; most of the time calm ones."""
    found = {}
    for question in page.questions:
        way = ways.pop() if ways else 0
        calm = question.least_worrying
        if question.kind == "number":
            found[question.id] = ("not_sure", 14, 45, 70, 4, 5)[way]
            low, high = question.low, question.high
            if way and not low <= found[question.id] <= high:
                found[question.id] = "not_sure"
        elif question.kind == "bool":
            found[question.id] = (calm, calm, calm, calm, "not_sure", True)[way]
        else:
            names = [*question.values, "not_sure"]
            found[question.id] = names[way % len(names)] if calm is None or way > 2 else calm
    return found


def fields_of(page: Page, replies: dict[str, object]) -> dict[str, object]:
    """Return the form that says the same."""
    listed = [one for one in page.questions if is_ticked(page, one)]
    none = page.none_of_these
    fields = {name: typed_as(answer) for name, answer in replies.items()}
    if listed and all(replies[one.id] == none[one.id] for one in listed):
        for one in listed:
            del fields[one.id]
        return fields | {"none_of_these": "1"}
    for one in listed:
        if one.kind == "bool" and replies[one.id] is False:
            del fields[one.id]
    return fields


@given(ways())
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_pages_reach_the_same_checkup_as_the_terminal(drawn):
    """Whatever is answered, the forms lead to what the interview itself leads to."""
    with tempfile.TemporaryDirectory() as folder:
        home, other = Path(folder) / "web", Path(folder) / "direct"
        browser = paired(create_app(Settings(home, frozenset({ORIGIN}))))
        direct, ways_left = Asking.begin(other), list(drawn)
        while isinstance(page := direct.page(), Page) and (ways_left or not page.optional):
            replies = replies_by(page, ways_left)
            direct.reply(page, replies)
            assert 303 == send(browser, **fields_of(page, replies)).status_code
            assert direct.interview.steps == Asking.begin(home).interview.steps or not isinstance(
                direct.page(), Page
            )
        if isinstance(direct.page(), Page):
            send(browser, leave="end")

        assert direct.finish().document() == last_checkups(home).found.document()
