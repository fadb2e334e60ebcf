"""Questionnaires on pages: ours are asked, of those of others only the total is taken."""

import pytest

from evenstride.app.moments import now_utc_ns
from evenstride.app.questionnaires import can_ask, fill_in, list_questionnaires
from evenstride.checkup.instruments import instruments

OURS = sorted(one.id for one in instruments().values() if can_ask(one))
OTHERS = sorted(one.id for one in instruments().values() if one.span and not can_ask(one))


@pytest.fixture
def home(app):
    """Return the folder that the server of ``browser`` keeps."""
    return app.state.settings.home


def test_every_questionnaire_is_on_the_list(browser):
    """Each leads to its page."""
    page = browser.get("/questionnaires").text

    assert all(f'href="/questionnaires/{name}"' in page for name in (*OURS, *OTHERS))


@pytest.mark.parametrize("name", OURS)
def test_one_of_ours_is_filled_in_and_shows_its_result(browser, name):
    """Every question stands on one page, and what came of it is shown."""
    one = instruments()[name]
    page = browser.get(f"/questionnaires/{name}").text
    fields = {item.id: item.choices[0].id if item.choices else "4" for item in one.items}
    answer = browser.post(f"/questionnaires/{name}", data=fields)

    assert all(item.ask in page for item in one.items)
    assert f"/questionnaires/{name}/result" == answer.headers["location"]
    assert one.name in browser.get(answer.headers["location"]).text


@pytest.mark.parametrize("name", OTHERS)
def test_of_one_of_others_only_the_total_is_asked(browser, home, name):
    """No question is shown, and the total is kept."""
    one = instruments()[name]
    page = browser.get(f"/questionnaires/{name}").text
    browser.post(f"/questionnaires/{name}", data={"total": "3"})

    assert 1 == page.count('<input id="total"')
    assert "<fieldset" not in page
    assert one.licence.holder.split("(")[0].strip() in page.replace("&#39;", "'")
    (listed,) = (found for found in list_questionnaires(home) if found.instrument.id == name)
    assert listed.has_result


def test_the_second_time_is_put_beside_the_first(browser, home):
    """What changed since, and whether people notice such a change."""
    week_ago = now_utc_ns() - 7 * 86_400_000_000_000
    fill_in(home, "walking_activities", {"activity_1": 3}, now=week_ago)
    browser.post("/questionnaires/walking_activities", data={"activity_1": "7"})

    assert "better by 4" in browser.get("/questionnaires/walking_activities/result").text


def test_what_an_own_activity_was_about_is_there_the_next_time(browser):
    """It need not be typed again."""
    fields = {"activity_1": "3", "named_activity_1": "to the shop <and back>"}
    browser.post("/questionnaires/walking_activities", data=fields)

    assert "to the shop &lt;and back&gt;" in browser.get("/questionnaires/walking_activities").text


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("pain_back_week", {}),
        ("pain_back_week", {"pain_back_week": "eleven"}),
        ("pain_back_week", {"pain_back_week": "11"}),
        ("global_change", {"global_change": "sideways"}),
        ("walking_activities", {"activity_1": ["3", "4"]}),
        ("odi", {"total": "900"}),
        ("odi", {"total": "nan"}),
        ("odi", {"total": ["1", "2"]}),
        ("odi", {"total": "9" * 5000}),
    ],
)
def test_an_odd_form_keeps_nothing(browser, home, name, fields):
    """A clear sentence, and the form once more."""
    one = instruments()[name]
    if name == "pain_back_week" and fields:
        fields = {one.items[0].id: fields["pain_back_week"]}
    answer = browser.post(f"/questionnaires/{name}", data=fields)

    assert 422 == answer.status_code
    assert "problem-said" in answer.text
    assert not any(found.has_result for found in list_questionnaires(home))


@pytest.mark.parametrize("path", ["/questionnaires/nothing", "/questionnaires/odi/result"])
def test_what_is_not_there_is_said(browser, path):
    """A questionnaire without a name, and one that was never filled in."""
    answer = browser.get(path)

    assert 422 == answer.status_code
    assert "problem-said" in answer.text
