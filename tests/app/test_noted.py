"""Symptoms of the phone lead to the check-up, calmly, until it was done."""

from dataclasses import asdict

import pytest
from tests.app.conftest import at, calm_answers, check_up_at

from evenstride.app.noted import concern_now
from evenstride.app.own import own
from evenstride.app.person import tell_me
from evenstride.app.phone import show_phone
from evenstride.app.today import show_today
from evenstride.checkup import check_up
from evenstride.diary import Entry as Kept
from evenstride.model import Entry, Start
from evenstride.model.day import NS

NOW = at("2026-06-10 18:00")
DAY_NS = 86_400 * NS


def note(home, *symptoms):
    """Keep symptoms as an import does, the last one today and each a day before the next."""
    with own(home, NOW) as mine:
        for days, (what, severity) in enumerate(reversed(symptoms)):
            start = NOW - days * DAY_NS - 3600 * NS
            entry = Entry(what, Start(start, 60, None, "export_phone"), start, severity=severity)
            mine.diary.keep_entry(Kept("symptom", f"{what}-{days}", start, asdict(entry)))


def says(home, now=NOW):
    """Return what the check-up should hear of."""
    with own(home, now) as mine:
        return " ".join(concern_now(mine).sentences)


def test_severe_pain_leads_to_the_checkup_until_it_was_done(home):
    """On how many days is said, and nothing more once the check-up was done."""
    check_up_at(home, at("2026-06-01 12:00"))
    note(home, ("back_pain", "severe"), ("back_pain", "severe"))

    assert (
        "Your phone notes severe back pain on 2 of the last 14 days. If that is new or worse, "
        "do the check-up again: evenstride checkup."
    ) == says(home)
    assert says(home) in " ".join(show_phone(home, now=NOW).as_text(width=200, color=False).split())
    check_up_at(home, NOW)
    assert "" == says(home, NOW + NS)


@pytest.mark.parametrize(
    ("what", "name", "urgent"),
    [
        ("bladder_incontinence", "trouble holding urine", "feel very ill"),
        ("fever", "fever", "feel very ill"),
        ("fainting", "fainting", "there now"),
        ("chest_tightness_or_pain", "tightness or pain in the chest", "there now"),
        ("shortness_of_breath", "shortness of breath", "there now"),
    ],
)
def test_a_warning_sign_is_named_in_plain_words(home, what, name, urgent):
    """With the check-up, and the emergency number of the country."""
    tell_me(home, {"country": "GB"}, now=NOW)
    note(home, (what, "mild"))

    assert f"Your phone notes {name} in the last 14 days." in says(home)
    assert "evenstride checkup" in says(home)
    assert urgent in says(home)
    assert "(999)" in says(home)


def test_mild_pain_and_other_symptoms_say_nothing(home):
    """Nobody is alarmed by a headache."""
    note(home, ("back_pain", "mild"), ("headache", "severe"))

    assert "" == says(home)


def test_symptoms_are_named_alike_and_one_day_is_one_day(home):
    """Each begins with a capital letter."""
    note(home, ("back_pain", "mild"), ("headache", "mild"))
    text = show_phone(home, now=NOW).as_text(width=100, color=False)

    assert "Pain in the lower back: on 1 day (mild 1)" in text
    assert "Headache: on 1 day (mild 1)" in text


def test_today_begins_with_it(home):
    """Before the walk of the day; once the check-up was done, it is gone."""
    check_up_at(home, at("2026-06-01 12:00"))
    note(home, ("back_pain", "severe"))
    found = show_today(home, now=NOW)

    assert "For your check-up" == found.sheet.sections[0].title
    assert [says(home)] == found.document["concern"]
    check_up_at(home, NOW)
    assert [] == show_today(home, now=NOW + NS).document["concern"]


def test_help_that_comes_first_stays_first(home):
    """Where the check-up asked for a doctor, that stands before what the phone notes."""
    answers = calm_answers() | {"saddle_numb": True}
    with own(home, NOW - DAY_NS) as mine:
        mine.diary.add_checkup("one", NOW - DAY_NS, check_up(answers))
    note(home, ("fever", "mild"))
    sections = show_today(home, now=NOW).sheet.sections

    assert "For your check-up" == sections[-1].title
    assert len(sections) > 1
