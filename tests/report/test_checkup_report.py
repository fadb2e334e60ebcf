"""Every message of the check-up is seen before it is shipped, in both modes."""

import os
import re
from pathlib import Path

import pytest

from evenstride.checkup import check_up
from evenstride.checkup.changes import compare
from evenstride.checkup.interview import Interview, Page, next_page
from evenstride.checkup.knowledge import knowledge
from evenstride.checkup.patterns import judge_patterns
from evenstride.report.checkup import checkup_report, resembles_sheet, rule_report
from evenstride.report.sheet_text import render_sheet

SNAPSHOTS = Path(__file__).parent / "snapshots"
KNOWN = knowledge()

NO_WARNING_SIGN = {
    name: KNOWN.findings[name].least_worrying
    for name in KNOWN.first_tier
    if KNOWN.findings[name].least_worrying is not None
} | {"age": 45, "duration_days": 10, "onset": "gradual", "pain_worst": 4, "sex": "female"}

LEVELS = {
    "emergency_now": {"saddle_numb": True, "cancer_history": True},
    "urgent_same_day": {"fever": True},
    "clinician_soon": {"age": 67, "walk_worse": True, "leg_pain": "below_knee"}
    | {"sit_relieves": True, "bend_fwd_relieves": True, "bend_back_worse": True},
    "self_care": {"unaccustomed_load": True, "delayed_onset": True, "duration_days": 2},
}


def person(**answers):
    """Return the check-up of a person who answered every safety question."""
    return check_up(NO_WARNING_SIGN | answers)


def shown(found, *, professional=False, changes=None):
    """Return what a terminal shows."""
    report = checkup_report(found, KNOWN, professional=professional, changes=changes)
    return render_sheet(report, width=80)


def sentences(words):
    """Yield every sentence of nested wording, in the order of the file."""
    if isinstance(words, str):
        yield words
    elif isinstance(words, dict | list):
        for part in words.values() if isinstance(words, dict) else words:
            yield from sentences(part)


def everything(*, professional):
    """Return every message that the check-up can show, in one mode."""
    parts = [f"##### {level}\n{shown(person(**answers), professional=professional)}"
             for level, answers in LEVELS.items()]  # fmt: skip
    parts.append(f"##### incomplete\n{shown(check_up({'age': 30}), professional=professional)}")
    unsure = person(fever="not_sure")
    parts.append(f"##### not sure\n{shown(unsure, professional=professional)}")
    for rule in KNOWN.rules:
        said = render_sheet(rule_report(rule, KNOWN), width=80) if professional else rule.why
        parts.append(f"##### {rule.id}\n{said}\n")
    for cause in KNOWN.causes:
        told = [cause.clinical, cause.caution, cause.prognosis, cause.clinician_tests]
        if not professional:
            told = [cause.name, cause.what, cause.helps, cause.who, cause.outlook]
            told += [claim.says for claim in (*cause.true_part, *cause.not_true)]
        parts.append("\n".join([f"##### {cause.id}", *filter(None, told), ""]))
    for finding in KNOWN.findings.values():
        told = [finding.ask, finding.item, finding.example, finding.why, finding.says]
        told += [finding.if_true, finding.if_false]
        told += [text for value in finding.values.values() for text in (value.offer, value.says)]
        told = [finding.clinical] if professional else told
        parts.append("\n".join([f"##### {finding.id}", *filter(None, told), ""]))
    if not professional:
        parts += [f"##### page {one.id}\n{one.title}\n{one.lead}\n" for one in KNOWN.screens]
        for test in KNOWN.home_tests:
            told = [test.name, test.not_if_says, *test.how, test.positive, test.stop]
            parts.append("\n".join([f"##### test {test.id}", *told, ""]))
        parts.append("\n".join(["##### before tests", *KNOWN.before_home_tests, ""]))
        parts.append("\n".join(["##### fixed", *sentences(KNOWN.wording), ""]))
    return re.sub(r"Knowledge .*;", "Knowledge (version);", "\n".join(parts))


@pytest.mark.parametrize("mode", ["person", "professional"])
def test_every_message_is_as_it_was_agreed(mode):
    """No message changes unseen; UPDATE_SNAPSHOTS=1 takes the new ones, to be read in the diff."""
    path = SNAPSHOTS / f"checkup_{mode}.txt"
    found = everything(professional=mode == "professional")
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.write_text(found, encoding="utf-8")

    assert path.read_text(encoding="utf-8") == found


def test_no_message_for_a_person_gives_a_percentage():
    """A person never sees a percentage, nor a likelihood ratio."""
    found = everything(professional=False)

    assert [] == re.findall(r"\d\s*%", found)
    assert "LR" not in found
    assert "prior" not in found.lower()


@pytest.mark.parametrize("level", LEVELS)
def test_the_safety_net_is_always_shown(level):
    """The signs that need help whatever was answered stand in every report."""
    for professional in (False, True):
        text = " ".join(shown(person(**LEVELS[level]), professional=professional).split())
        assert " ".join(KNOWN.safety_net.split()) in text


@pytest.mark.parametrize("level", ["emergency_now", "urgent_same_day"])
def test_who_needs_help_today_sees_no_cause_and_no_exercise(level):
    """Nothing distracts from getting help."""
    text = shown(person(**LEVELS[level]))

    assert KNOWN.wording["patterns"]["title"] not in text
    assert KNOWN.wording["result"]["exercise"] not in text
    assert KNOWN.levels[level].says in text


def test_an_emergency_is_not_watered_down():
    """Beside an emergency, rules of lower levels show only what was answered."""
    found = person(saddle_numb=True, cancer_history=True)
    text = shown(found)
    lower = [rule.why for rule in found.triage.rules if rule.level != "emergency_now"]

    assert lower
    assert not any(" ".join(why.split()) in " ".join(text.split()) for why in lower)
    assert KNOWN.findings["cancer_history"].if_true in text


def test_who_was_unsure_is_not_told_that_there_are_no_warning_signs():
    """Every doubt is listed, and a doubt about a sign that alone is an emergency holds the plan."""
    mild, grave = person(weight_loss="not_sure"), person(chest_breath="not_sure")

    for found in (mild, grave):
        text = " ".join(shown(found).split())
        assert "self_care" == found.triage.level
        assert KNOWN.levels["self_care"].says not in text
        assert KNOWN.wording["result"]["unsure"] in text
    assert KNOWN.findings["weight_loss"].item in shown(mild)
    assert [True, False] == [found.may_exercise for found in (mild, grave)]


def test_every_matched_rule_is_shown_with_its_sources():
    """Also rules below the highest level are shown, and professionals see where they come from."""
    found = person(**LEVELS["emergency_now"])
    text = " ".join(shown(found, professional=True).split())

    assert 2 <= len(found.triage.rules)
    for rule in found.triage.rules:
        assert rule.id in text
        assert all(KNOWN.sources[source].link in text for source in rule.sources)


def test_ordinary_back_pain_stands_before_what_does_not_fit():
    """A cause has to earn its place before the honest default."""
    arches = {"bend_back_worse": True, "standing_worse": True, "bend_fwd_relieves": True}
    found = person(unaccustomed_load=False, **arches)
    titles = [section.title for section in checkup_report(found, KNOWN).sections]
    ordinary = next(cause.name for cause in KNOWN.causes if cause.residual)
    arching = next(cause.name for cause in KNOWN.causes if cause.id == "extension_sensitive")

    assert "possible" == next(p.band for p in found.patterns if p.id == "extension_sensitive")
    assert titles.index(ordinary) < titles.index(arching)


def test_a_rare_cause_does_not_frighten():
    """A cause that stays unlikely and is lifted little is in the document, not on the screen."""
    found = person(age=28, onset="sudden", duration_days=1, pain_worst=6)
    fracture = next(p for p in found.patterns if p.id == "vertebral_fracture")
    titles = [section.title for section in checkup_report(found, KNOWN).sections]

    assert "unlikely" == fracture.band
    assert fracture.name not in titles


def test_an_incomplete_check_up_reassures_nobody():
    """Without all safety questions there is neither "no warning signs" nor a pattern."""
    text = shown(check_up({"age": 30}))

    assert KNOWN.wording["result"]["incomplete"] in text
    assert KNOWN.levels["self_care"].says not in text
    assert KNOWN.wording["patterns"]["title"] not in text


def test_professionals_see_what_each_line_rests_on():
    """Ratios, groups, priors, bases and marks stand beside each cause."""
    text = shown(person(**LEVELS["clinician_soon"]), professional=True)

    assert "Prior 0.15" in text
    assert re.search(r"LR 6\.4, group posture", text)
    assert "published, verified, suri2010" in " ".join(text.split())


def test_what_changed_is_told():
    """A repeated check-up names a new reason, one that is gone, and answers that differ."""
    before = person(fever=True)
    after = person(walk_worse=True, duration_days=30, leg_numb="one")
    text = " ".join(shown(after, changes=compare(before, after)).split())

    assert KNOWN.wording["changes"]["title"] in text
    assert "No longer: " in text
    assert "New: " in text
    assert "No leg or foot is numb. Now: One leg or foot is numb or tingles." in text
    assert KNOWN.wording["changes"]["same"] in shown(after, changes=compare(after, after))


def test_every_page_of_the_interview_has_its_words():
    """No question is shown without text, and no list without a title."""
    interview = Interview()
    pages = []
    while isinstance(page := next_page(interview, KNOWN), Page):
        pages.append(page)
        replies = {q.id: NO_WARNING_SIGN.get(q.id, q.least_worrying) for q in page.questions}
        interview = interview.reply(page, {k: 5 if v is None else v for k, v in replies.items()})

    assert 15 < len(pages)
    assert all(page.title for page in pages)
    for question in (question for page in pages for question in page.questions):
        ticked = question.least_worrying is not None and question.tier == "1"
        assert question.item if ticked else question.ask


def test_patterns_of_all_causes_can_be_shown():
    """Every cause has its lay texts, whatever the answers."""
    for pattern in judge_patterns(NO_WARNING_SIGN, KNOWN):
        cause = next(cause for cause in KNOWN.causes if cause.id == pattern.id)
        assert all((cause.name, cause.what, cause.helps, cause.who, cause.outlook))


def test_what_it_resembles_does_not_speak_against_a_visit():
    """Read alone, it names the visit first, and nobody is told to look after it alone."""
    found = person(leg_weak="one_mild")
    assert ("clinician_soon", True) == (found.triage.level, found.may_exercise)
    sheet = resembles_sheet(found, KNOWN)
    calm = resembles_sheet(person(), KNOWN)
    alone = KNOWN.cause("nonspecific").who

    assert sheet.action.startswith(found.triage.says)
    assert alone not in render_sheet(sheet, width=200)
    assert alone in render_sheet(calm, width=200)
