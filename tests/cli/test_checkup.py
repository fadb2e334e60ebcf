"""The check-up in a terminal: with the keyboard alone, part by part, or from a file."""

import json
import os
import stat
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from click.testing import CliRunner

from evenstride.checkup import check_up
from evenstride.checkup.knowledge import knowledge
from evenstride.cli import main
from evenstride.diary import Diary, Entry
from evenstride.errors import DiaryError
from evenstride.model import Person

KNOWN = knowledge()
# Screen by screen: five times nothing, age and sex, not pregnant, how long, how it
# began, how bad, and nothing on all the others.
CALM = ["0", "0", "0", "0", "0", "45", "1", "0", "2 weeks", "2", "4", *["0"] * 6]


@pytest.fixture
def ask(tmp_path):
    """Return a function that runs the check-up with lines typed at the keyboard."""

    def run(lines, *arguments):
        typed = "".join(f"{line}\n" for line in lines)
        options = ["--home", str(tmp_path / "home"), *map(str, arguments)]
        return CliRunner().invoke(main, ["checkup", *options], input=typed)

    return run


@pytest.fixture
def judge(tmp_path):
    """Return a function that judges answers from a file."""

    def run(answers, *arguments):
        path = tmp_path / "answers.json"
        path.write_text(answers if isinstance(answers, str) else json.dumps(answers))
        return CliRunner().invoke(main, ["checkup", "--answers", str(path), *arguments])

    return run


def flat(text):
    """Return a text without its line breaks."""
    return " ".join(text.split())


def test_a_calm_person_gets_to_an_answer(ask):
    """All safety questions answered with "none", then the person ends it and reads the answer."""
    done = ask([*CALM, "e"])

    assert 0 == done.exit_code, done.output
    assert "Safety questions, page 1 of about " in done.output
    assert KNOWN.levels["self_care"].says in done.output
    assert KNOWN.wording["patterns"]["title"] in done.output


def test_the_emergency_number_comes_before_the_first_question(ask):
    """Whoever should not be here at all reads so first."""
    output = flat(ask(["s"]).output)

    assert output.index("112, 999 or 911") < output.index("Chest pain")


def test_an_emergency_ends_the_questions(ask):
    """After the first emergency nothing more is asked."""
    done = ask(["1"])

    assert 0 == done.exit_code, done.output
    assert KNOWN.levels["emergency_now"].says in done.output
    assert "Safety questions, page 2" not in done.output


def test_a_slip_that_looks_like_an_emergency_can_be_taken_back(ask):
    """A wrong key on the first page does not end the check-up for good."""
    done = ask(["1", "b", *CALM, "e"])

    assert KNOWN.wording["asking"]["mistake"] in flat(done.output)
    assert KNOWN.levels["self_care"].says in done.output


def test_home_tests_begin_with_what_holds_for_all_of_them(ask):
    """Before the first movement, and only then, the person reads when to stop."""
    output = flat(ask([*CALM, *(["1"] * 60)]).output)

    assert 2 <= output.count(KNOWN.wording["asking"]["test"])
    assert 1 == output.count(flat(KNOWN.before_home_tests[-1]))


def test_the_result_alone_is_on_standard_output(ask):
    """Questions go to the error stream, so that the result can be sent on."""
    done = ask([*CALM, "e"], "--json")

    assert "self_care" == json.loads(done.stdout)["triage"]["level"]
    assert "Safety questions" in done.stderr


def test_a_question_mark_asks_one_by_one(ask):
    """Who does not know what fits is asked each of them alone, and may stay unsure."""
    done = ask([*CALM[:4], "?", "n", "n", "?", *CALM[5:], "e"])

    assert 0 == done.exit_code, done.output
    assert flat(KNOWN.wording["result"]["unsure"]) in flat(done.output)
    assert KNOWN.levels["self_care"].says not in done.output


@pytest.mark.parametrize("line", ["?0", "1 ?1", "1 1", "??1", "1 0", "²", "9" * 5000])
def test_a_line_that_could_be_misread_is_no_answer(ask, line):
    """No typing slip turns a yes into a no."""
    done = ask([line, "s"])

    assert "Type the numbers of those that fit" in done.output


def left_interview(home):
    """Return the interview that was left in the diary of a folder; None if there is none."""
    with Diary.open(home) as diary:
        return diary.last_entry("interview")


def leave(home, document):
    """Put any document in the place of an interview that was left."""
    with Diary.open(home) as diary:
        diary.keep_entry(Entry("interview", "checkup", 0, document))


def test_an_interview_left_long_ago_is_begun_anew(ask, tmp_path):
    """Old answers about warning signs do not count as those of today."""
    ask([*CALM[:6], "s"])
    kept = left_interview(tmp_path / "home").document
    leave(tmp_path / "home", {**kept, "begun": "2001-01-01T00:00:00+00:00"})
    done = ask(["s"])

    assert KNOWN.wording["asking"]["too_old"] in flat(done.output)
    assert "page 1 of" in done.output


@pytest.mark.parametrize("encoding", ["ascii", "utf-8:strict"])
def test_bytes_that_are_no_text_do_not_end_in_a_traceback(tmp_path, encoding):
    """Whatever a keyboard sends, it is asked again."""
    done = subprocess.run(
        [sys.executable, "-m", "evenstride", "checkup", "--home", str(tmp_path)],
        input=b"\xff\xc3\ns\n",
        env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
        timeout=60,
    )

    assert (0, b"") == (done.returncode, done.stdout)
    assert b"Type the numbers of those that fit" in done.stderr


def test_not_sure_is_asked_again_with_an_example(ask):
    """An unsure answer about the saddle is asked once more, then sends to a doctor today."""
    done = ask(["0", "?1", "?", *CALM[2:]])

    assert KNOWN.wording["asking"]["again"] in flat(done.output)
    assert flat(KNOWN.findings["saddle_numb"].example) in flat(done.output)
    assert KNOWN.levels["urgent_same_day"].says in done.output


def test_one_can_stop_and_go_on_later(ask, tmp_path):
    """What was answered is kept for its owner only, and the next start goes on there."""
    stopped = ask([*CALM[:6], "s"])
    kept = tmp_path / "home" / "diary.sqlite"

    assert KNOWN.wording["asking"]["kept"] in flat(stopped.output)
    assert "0o600" == oct(stat.S_IMODE(kept.stat().st_mode))
    assert "0o700" == oct(stat.S_IMODE(kept.parent.stat().st_mode))
    assert left_interview(tmp_path / "home")

    # The page that was left half-way is asked in full again.
    done = ask([*CALM[5:], "e"])
    assert 0 == done.exit_code, done.output
    assert KNOWN.wording["asking"]["resumed"] in flat(done.output)
    assert KNOWN.levels["self_care"].says in done.output
    assert left_interview(tmp_path / "home") is None


def test_the_end_of_the_input_keeps_the_answers(ask, tmp_path):
    """A closed terminal loses nothing that was answered."""
    done = ask(CALM[:3])

    assert 0 == done.exit_code, done.output
    assert KNOWN.wording["asking"]["kept"] in flat(done.output)
    assert 3 == len(left_interview(tmp_path / "home").document["steps"])


def test_one_can_go_back(ask):
    """Back takes the last page away, so that a slip can be mended."""
    done = ask(["0", "0", "2", "2", "b", "0", *CALM[3:], "e"])

    assert KNOWN.levels["self_care"].says in done.output


def test_one_can_ask_why(ask):
    """The reason for a question is one key away."""
    output = flat(ask(["0", "w", "s"]).output)

    assert flat(KNOWN.findings["saddle_numb"].why) in output


def test_what_cannot_be_understood_is_asked_again(ask):
    """A slip of the keyboard is no answer."""
    done = ask(["9", "x", "1 0", "0", *CALM[1:5], "200", "old", "45", *CALM[6:], "e"])

    assert 0 == done.exit_code, done.output
    assert KNOWN.levels["self_care"].says in done.output


def test_the_second_time_tells_what_changed(ask):
    """A repeated check-up shows the last answers, and what is new."""
    ask([*CALM, "e"])
    done = ask([*CALM[:3], "1", "2", "2", *CALM[4:6], *CALM[7:], "e"])
    output = flat(done.output)

    assert "(Last time: You are 45 years old)" in output
    assert KNOWN.wording["changes"]["title"] in output
    assert "No leg or foot is numb. Now: One leg or foot is numb or tingles." in output


def test_what_hardly_changes_is_not_asked_again(ask):
    """A repeated check-up takes over lasting facts, says so, and asks them anew after "back"."""
    ask([*CALM, "e"])
    sex = KNOWN.findings["sex"]
    again = ask([*CALM[:6], *CALM[7:], "e"])
    changed = ask(["b", *CALM, "e"])

    assert flat(KNOWN.wording["asking"]["taken_over"]) in flat(again.output)
    assert sex.values["female"].says in flat(again.output)
    assert sex.ask not in flat(again.output)
    assert sex.ask in flat(changed.output)
    assert KNOWN.levels["self_care"].says in again.output
    assert KNOWN.levels["self_care"].says in changed.output


def test_a_check_up_of_other_questions_does_not_stop_a_new_one(ask, tmp_path):
    """Answers that no longer fit are passed over."""
    with Diary.open(tmp_path / "home") as diary:
        old = check_up({"fever": False})
        diary.add_checkup("old", 1, replace(old, answers={"fever": 3, "gone": True}))

    assert 0 == ask([*CALM, "e"]).exit_code


@pytest.mark.parametrize(
    "document",
    [
        {"begun": "2026-01-01", "steps": [{"page": "x", "replies": []}]},
        {"begun": "2026-01-01", "steps": [{"page": [1], "replies": {}}]},
        {"begun": 3, "steps": 3},
        {"begun": "9999-99-99", "steps": []},
        {},
    ],
)
def test_no_kept_interview_stops_the_next_start(ask, tmp_path, document):
    """One that cannot be understood is begun anew."""
    leave(tmp_path / "home", document)

    assert 0 == ask(["s"]).exit_code


def test_a_damaged_diary_does_not_stop_a_check_up(ask, tmp_path):
    """The answer comes, and it is said that nothing is kept; the file stays as it is."""
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "diary.sqlite").write_bytes(b"broken" * 1000)
    done = ask([*CALM, "e"])

    assert KNOWN.levels["self_care"].says in done.stdout
    assert flat(KNOWN.wording["asking"]["not_kept"]) in flat(done.stderr)
    assert b"broken" * 1000 == (folder / "diary.sqlite").read_bytes()


def test_the_number_of_the_country_is_named_in_an_emergency(ask, tmp_path):
    """Somebody who told their country reads the number to call, before and after the end."""
    with Diary.open(tmp_path / "home") as diary:
        diary.keep_person(Person(country="GB"))
    done = ask(["1"])
    says = KNOWN.wording["result"]["number"].format(number="999")

    assert says in flat(done.stdout)
    assert says in flat(done.stderr)


def test_a_finished_check_up_stands_in_the_diary(ask, tmp_path):
    """The plan and the report find it there."""
    ask([*CALM, "e"])
    with Diary.open(tmp_path / "home") as diary:
        (kept,) = diary.checkups()

    assert ("self_care", True) == (kept.level, kept.complete)


def test_answers_from_a_file_give_the_document(judge):
    """--json prints the document alone."""
    done = judge({"age": 52, "fever": False, "leg_numb": "one"}, "--json")
    document = json.loads(done.stdout)

    assert "evenstride/checkup/1" == document["schema"]
    assert "clinician_soon" == document["triage"]["level"]
    assert document["complete"] is False


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"sore_elbow": True}, "sore_elbow"),
        ({"fevre": True}, "Did you mean “fever”?"),
        ({"fever": 1}, "no answer to “fever”"),
        ({"age": 300}, "a number from 0 to 120"),
        ({"leg_numb": "left"}, "none, one, both or not_sure"),
        ([1, 2], "one object"),
        ("{", "no JSON"),
        ("", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ("\x00\xff", "no JSON"),
        (json.dumps({"resourceType": "Patient"}), "no FHIR QuestionnaireResponse"),
        ('{"age": 1e999}', "no answer to “age”"),
        ('{"age": ' + "1" * 5000 + "}", "no answer to “age”"),
        ('{"fever": true, "fever": false}', "“fever” is answered twice"),
        (" " * 1_000_001, "too large"),
    ],
)
def test_bad_answers_are_told_in_words(judge, answers, words):
    """A wrong file ends in a sentence that names what is wrong."""
    done = judge(answers, "--json")

    assert done.exit_code in (1, 2), done.output
    assert words in done.stderr
    assert "" == done.stdout


@pytest.mark.parametrize("name", ["E01", "e01_cauda_equina", "C04_over60_persistent"])
def test_a_rule_explains_itself(name):
    """--explain tells when a rule matches, why, and on what sources."""
    done = CliRunner().invoke(main, ["checkup", "--explain", name])

    assert 0 == done.exit_code
    assert name[:3].upper() in done.stdout
    assert "https://" in done.stdout


def test_a_rule_that_is_none_lists_those_that_are():
    """A wrong name of a rule is answered with the right ones."""
    done = CliRunner().invoke(main, ["checkup", "--explain", "X99"])

    assert 2 == done.exit_code
    assert "E01_cauda_equina" in done.stderr


def test_answers_go_to_fhir_and_come_back(judge):
    """An exported response can be judged again, with the same result."""
    answers = {"age": 52, "fever": False, "leg_numb": "one", "saddle_numb": "not_sure"}
    response = judge(answers, "--export", "response").stdout

    assert "QuestionnaireResponse" == json.loads(response)["resourceType"]
    assert judge(answers, "--json").stdout == judge(response, "--json").stdout


def test_questions_and_rules_are_exported():
    """The questions are a FHIR Questionnaire, the rules a DMN table."""
    run = CliRunner().invoke
    questionnaire = json.loads(run(main, ["checkup", "--export", "questionnaire"]).stdout)
    rules = ET.fromstring(run(main, ["checkup", "--export", "dmn"]).stdout)  # noqa: S314 - ours

    assert "Questionnaire" == questionnaire["resourceType"]
    assert rules.tag.endswith("definitions")
    assert 2 == run(main, ["checkup", "--export", "response"]).exit_code


def test_a_folder_that_cannot_be_does_not_stop_the_check_up(tmp_path):
    """Who may need help gets the answer, also where nothing can be kept."""
    file = tmp_path / "taken"
    file.write_text("not a folder")
    typed = "".join(f"{line}\n" for line in [*CALM, "e"])
    done = CliRunner().invoke(main, ["checkup", "--home", str(file)], input=typed)

    assert 0 == done.exit_code, done.output
    assert 1 == flat(done.stderr).count(flat(KNOWN.wording["asking"]["not_kept"]))
    assert KNOWN.levels["self_care"].says in done.stdout
    assert "not a folder" == file.read_text()


@pytest.mark.parametrize("lines", [["1"], [*CALM, "e"]])
def test_a_disk_that_fills_up_does_not_stop_the_check_up(ask, monkeypatch, lines):
    """The answer comes though no step can be written."""

    def full(*_):
        raise DiaryError("The disk is full.")

    monkeypatch.setattr(Diary, "keep_entry", full)
    monkeypatch.setattr(Diary, "add_checkup", full)
    done = ask(lines)

    assert 0 == done.exit_code, done.output
    assert "The disk is full." in done.stderr
    assert KNOWN.wording["result"]["safety_net"] in done.stdout
