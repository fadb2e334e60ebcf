"""The pages of the exercises: questions, refusals, the player's page, and what was done."""

import json
import re

import pytest

from evenstride.app.routine import show_routine

DONE = {"id": "made-by-a-phone", "at_ms": 0, "felt": "fine", "pain_before": 2, "leg_further": False}


def text_of(answer) -> str:
    """Return what a reader sees of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text.partition("<main")[2]).split())


def test_without_a_check_up_the_page_says_what_comes_first(browser):
    """The way to the check-up is the one thing to press."""
    page = browser.get("/routine")

    assert 200 == page.status_code
    assert 'class="button primary" href="/check-up"' in page.text


def test_the_page_holds_all_that_the_player_needs(person, home):
    """Every step, and a drawing of every exercise, without a script or style in the page."""
    page = person.get("/routine").text
    data = json.loads(page.partition('type="application/json">')[2].partition("</script>")[0])
    found = show_routine(home).document

    assert [step["seconds"] for step in found["timeline"]] == [
        step["seconds"] for step in data["steps"]
    ]
    assert len(found["items"]) == page.count("<desc>")
    assert " style=" not in page
    assert not re.search(r"<script(?![^>]*(src=|application/json))", page)


def test_no_sentence_on_the_page_names_a_command(person):
    """Who reads a page does not type commands."""
    for path in ("/routine", "/routine/after", "/routine/sign", "/routine/questions?again=1"):
        assert "evenstride routine" not in text_of(person.get(path)), path


def test_questions_are_asked_until_none_is_open(person):
    """Each answer is kept; then the exercises are there."""
    asked = person.get("/routine/questions?again=1").text
    names = set(re.findall(r'type="radio" name="(\w+)"', asked))
    answer = person.post("/routine/questions?again=1", data=dict.fromkeys(names, "no"))

    assert names
    assert "/routine" == answer.headers["location"]
    assert 200 == person.get("/routine").status_code


def test_what_is_no_question_is_not_kept(person):
    """A name that nobody asked for changes nothing."""
    answer = person.post("/routine/questions?again=1", data={"no_such": "yes", "x": "perhaps"})

    assert 303 == answer.status_code
    assert "data-module" in person.get("/routine").text


def test_what_was_done_is_noted_without_scripts(person):
    """The form alone does it."""
    answer = person.post("/routine/done", data={"felt": "hard", "pain_before": "", "when": "daily"})

    assert 200 == answer.status_code
    assert "Noted" in text_of(answer)


def test_what_a_phone_tells_twice_is_noted_once(person, home):
    """The second time nothing changes."""
    before = notes(home)
    routine = show_routine(home).document["id"]
    told = DONE | {"routine": routine, "at_ms": 1_795_000_000_000}
    first = person.post("/api/routine/done", json=told)
    second = person.post("/api/routine/done", json=told)

    assert [200, 200] == [first.status_code, second.status_code]
    assert before + 1 == notes(home)


@pytest.mark.parametrize(
    "wrong",
    [{"routine": "none"}, {"pain_before": 11}, {"id": "a/b"}, {"felt": "great"}, {"at_ms": -1}],
)
def test_what_cannot_be_right_is_refused_in_a_sentence(person, home, wrong):
    """Nothing is kept, and the answer says why."""
    before = notes(home)
    routine = show_routine(home).document["id"]
    told = DONE | {"routine": routine, "at_ms": 1_795_000_000_000} | wrong
    answer = person.post("/api/routine/done", json=told)

    assert 422 == answer.status_code
    assert answer.json()["problem"]
    assert before == notes(home)


def test_a_sign_to_stop_leads_to_the_check_up_and_stops_the_exercises(person):
    """After it there are none, and the page says so at its top."""
    answer = person.post("/routine/sign")

    assert 'href="/check-up"' in answer.text
    assert 'class="first alarm"' in person.get("/routine").text


def test_the_pain_of_an_hour_later_needs_a_number(person):
    """Without one the sentence says what is missing."""
    assert 422 == person.post("/routine/after", data={}).status_code
    assert 200 == person.post("/routine/after", data={"pain": "2"}).status_code


@pytest.mark.parametrize("when", ["before_walk", "after_walk"])
def test_there_are_exercises_around_a_walk_or_a_reason(person, when):
    """Either way it is a page, and one can go on."""
    page = person.get("/routine", params={"when": when})

    assert 200 == page.status_code
    assert 'href="/routine' in page.text


def notes(home) -> int:
    """Return how many exercises the diary holds as done."""
    from evenstride.app.own import own

    with own(home, 0) as mine:
        return len(mine.diary.entries("routine"))
