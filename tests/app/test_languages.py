"""The language that a person reads is theirs to choose."""

import json
from contextvars import copy_context

import pytest
from click.testing import CliRunner

from evenstride.app.checkup import exported
from evenstride.app.languages import Choice, choose, chosen, languages, preferred, speaking_to
from evenstride.app.own import own
from evenstride.app.passphrase import ask_with, passphrase_of
from evenstride.app.person import tell_me
from evenstride.app.shelf import Shelf
from evenstride.checkup import check_up
from evenstride.cli import main
from evenstride.diary import Diary, encrypt
from evenstride.errors import OptionError
from evenstride.model.language import language, speaking

PHRASE = "correct horse battery"


def test_english_comes_first_and_is_whole():
    """English is what everything is written in; another language says how much of it it has."""
    first, *others = languages()

    assert ("en", "English", 1.0) == (first.code, first.name, first.share)
    assert {"de": "Deutsch"} == {one.code: one.name for one in others}
    assert all(0 < one.share <= 1 for one in others)


def test_a_choice_is_kept(tmp_path):
    """What was chosen is found again; before, nothing is, and no diary is made to find out."""
    home = tmp_path / "home"

    assert "" == chosen(home)
    assert not home.exists()
    assert "de" == choose(home, "de-AT")
    assert "de" == chosen(home)


def test_the_choice_in_an_encrypted_diary_counts_once_the_passphrase_was_typed(tmp_path):
    """To find out the language nobody is asked; what was typed already is made use of."""
    choose(tmp_path, "de")
    encrypt(tmp_path, PHRASE)
    asked = []

    def ask():
        asked.append(True)
        return PHRASE

    def language_before_and_after():
        ask_with(ask)
        before = chosen(tmp_path), len(asked)
        passphrase_of(tmp_path)
        return *before, chosen(tmp_path), len(asked)

    assert ("", 0, "de", 1) == copy_context().run(language_before_and_after)


def test_a_language_that_there_is_not_is_refused(tmp_path):
    """Which there are is said."""
    with pytest.raises(OptionError) as refused:
        choose(tmp_path, "tlh")

    assert "de (Deutsch)" in refused.value.hint
    assert "" == chosen(tmp_path)


def test_the_environment_goes_before_the_choice(tmp_path, monkeypatch):
    """Who starts the program may say the language; one that there is not is passed over."""
    choose(tmp_path, "de")

    monkeypatch.setenv("EVENSTRIDE_LANGUAGE", "en")
    assert "en" == chosen(tmp_path)
    monkeypatch.setenv("EVENSTRIDE_LANGUAGE", "tlh")
    assert "de" == chosen(tmp_path)


def test_a_diary_speaks_the_language_of_its_person(tmp_path):
    """Inside it is spoken, outside not; a language that was said outside stays."""
    choose(tmp_path, "de")

    with own(tmp_path, 1):
        assert "de" == language()
    assert "en" == language()
    with speaking("en"), Diary.open(tmp_path) as diary, speaking_to(diary):
        assert "en" == language()


def test_a_choice_changes_nothing_else_of_a_person(tmp_path):
    """The document about the person has the same numbers and names in each language."""
    before = tell_me(tmp_path, {"height_m": 1.75, "country": "DE"}).document
    choose(tmp_path, "de")

    assert before == tell_me(tmp_path, {}).document


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("", "en"),
        ("de", "de"),
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("fr,en;q=0.5,de;q=0.7", "de"),
        ("en;q=0.9,de;q=0.8", "en"),
        ("de;q=0", "en"),
        ("*;q=x,,;;;=,\x00", "en"),
        ("../../de", "en"),
    ],
)
def test_a_browser_is_answered_in_what_it_likes_best(accepted, expected):
    """Of the languages that there are, and in English where it likes none of them."""
    assert expected == preferred(accepted)


def test_what_is_kept_and_handed_on_is_the_same_in_every_language(tmp_path):
    """A check-up in the diary, and its FHIR and DMN documents, are in English."""
    found = check_up({"fever": True})
    kept = []
    for code in ("en", "de"):
        shelf = Shelf(tmp_path / code)
        with speaking(code):
            shelf.keep_finished(check_up({"fever": True}))
            kept.append([exported(kind, None) for kind in ("questionnaire", "dmn")])
        with Diary.open(tmp_path / code) as diary:
            assert json.loads(found.to_json()) == diary.last_checkup().document

    assert kept[0] == kept[1]


def test_the_command_line_speaks_the_language_that_was_chosen(tmp_path):
    """`evenstride me --language de` is answered in German, and so is the next command.

    A document for programs is the same as before.
    """

    def said(*arguments):
        run = CliRunner().invoke(main, [*arguments, "--home", str(tmp_path)])
        assert 0 == run.exit_code, run.output
        return run.output

    before = said("today", "--json")
    assert "Was evenstride von Ihnen weiß" in said("me", "--language", "de")
    assert "Willkommen" in said("today")
    assert before == said("today", "--json")
    refused = CliRunner().invoke(main, ["log", "--worst", "11", "--home", str(tmp_path)])
    assert "Schmerz ist eine Zahl von 0" in refused.output


def test_a_choice_of_another_program_is_seen_at_once(tmp_path):
    """The diary is looked into again only when it was written to."""
    choice = Choice(tmp_path)

    assert "" == choice.code()
    for code in ("de", "en", "de"):
        choose(tmp_path, code)
        assert [code, code] == [choice.code(), choice.code()]
