"""A translation says what it may say, and nothing else."""

import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools import check_languages
from tools.check_knowledge.documents import leaves, read
from validation.checkup.cases import vignettes

from evenstride.checkup import check_up
from evenstride.checkup.fhir import questionnaire
from evenstride.checkup.knowledge import assemble, document, knowledge
from evenstride.checkup.knowledge.coverage import Coverage, coverage
from evenstride.checkup.knowledge.language import editions, fault, laid_over, misfits, translated
from evenstride.checkup.knowledge.places import is_for_a_person
from evenstride.checkup.knowledge.sentences import FILE, in_own_words, term
from evenstride.checkup.knowledge.spoken import counted, figure, spoken_day
from evenstride.inventory.knowledge import factors_knowledge
from evenstride.model.language import speaking
from evenstride.plan.knowledge import plan_knowledge
from evenstride.plan.routines.knowledge import routine_knowledge
from evenstride.report.checkup import checkup_report

CODES = sorted(editions())
HOSTILE = {
    "schema": "evil/1",
    "levels": {
        "emergency_now": {"id": "self_care", "rank": 0, "says": "Alles <b>gut</b>."},
        "self_care": {"says": "Kein Warnzeichen."},
    },
    "safety_net": "",
    "default": {"recheck_days": 4000},
    "rules": {
        "E01_cauda_equina": {
            "level": "self_care",
            "within_days": 99,
            "when": {"any": []},
            "why": "Siehe https://example.org",
            "sources": [],
            "clinical": "Harmlos.",
        },
        "X99_new": {"why": "Neu."},
    },
    "more": "Mehr.",
}


@pytest.mark.parametrize("code", CODES)
def test_every_sentence_of_a_translation_fits(code):
    """It stands where an English text for a person stands, with the same gaps and commands."""
    wrong = [f"{one.name}: {misfit}" for one in coverage(code) for misfit in one.misfits]

    assert [] == wrong


@pytest.mark.parametrize("code", CODES)
def test_every_file_of_a_translation_has_an_english_one(code):
    """A file by another name would never be read; instruments are never translated by us."""
    folder = Path(check_languages.__file__).parents[1] / "src/evenstride/knowledge/languages" / code
    names = {str(path.relative_to(folder).with_suffix("")) for path in folder.rglob("*.yaml")}

    assert set() == names - {one.name for one in coverage(code)} - {"language", FILE}
    assert translated(code, "instruments/peg") is None


def test_a_hostile_translation_changes_no_rule():
    """Of levels, days, conditions, ids and sources nothing can come from a translation."""
    english = read()["triage"]
    found = laid_over("triage", english, HOSTILE)
    before, after = dict(leaves(english)), dict(leaves(found))
    changed = {place: text for place, text in after.items() if before.get(place) != text}

    assert {("levels", "self_care", "says"): "Kein Warnzeichen."} == changed
    assert _without_texts(english) == _without_texts(found)
    documents = {**read(), "triage": found}
    mine = assemble(documents, "x")
    assert [(r.id, r.level, r.within_days, r.when, r.sources) for r in knowledge().rules] == [
        (r.id, r.level, r.within_days, r.when, r.sources) for r in mine.rules
    ]


def test_all_that_is_wrong_with_a_translation_is_told():
    """Each part that is not used is named, with the reason."""
    found = {".".join(one.place): one.why for one in misfits("triage", read()["triage"], HOSTILE)}

    assert {
        "schema": "no translation may say this",
        "levels.emergency_now.id": "no translation may say this",
        "levels.emergency_now.rank": "unknown",
        "levels.emergency_now.says": "it has <, > in it",
        "safety_net": "it is empty",
        "default.recheck_days": "unknown",
        "rules.E01_cauda_equina.level": "no translation may say this",
        "rules.E01_cauda_equina.within_days": "unknown",
        "rules.E01_cauda_equina.when.any": "the list has another length",
        "rules.E01_cauda_equina.why": "it has https: in it",
        "rules.E01_cauda_equina.sources": "the list has another length",
        "rules.E01_cauda_equina.clinical": "no translation may say this",
        "rules.X99_new": "unknown",
        "more": "unknown",
    } == found


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["levels", "rules", "self_care", "says", "E01_cauda_equina", "why"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@settings(deadline=None)
@given(ANYTHING)
def test_whatever_a_translation_holds_only_texts_for_a_person_change(other):
    """It never raises, and everything else is as it was."""
    english = read()["triage"]
    found = laid_over("triage", english, other)
    before = dict(leaves(english))

    assert _without_texts(english) == _without_texts(found)
    for place, text in leaves(found):
        assert text == before[place] or is_for_a_person("triage", place, before[place])


@pytest.mark.parametrize(
    ("english", "other", "expected"),
    [
        ("Week {n}", "Woche {n}", ""),
        ("Week {n}", "Woche", "its {…} are others"),
        ("Week", "Woche {n}", "its {…} are others"),
        ("Week {n:.1f}", "Woche {n}", "its {…} are others"),
        ("Week {n}", "Woche {n.__class__}", "its {…} are others"),
        ("Week {n}", "Woche {n} {", "it has { in it"),
        ("Go: evenstride log", "Los: evenstride log", ""),
        ("Go: evenstride log", "Los: evenstride today", "it names other commands"),
        ("evenstride log --walk {id}", "evenstride log {id}", "it names other commands"),
        ("evenstride informs.", "evenstride informiert.", ""),
        ("a < b", "a < b", ""),
    ],
)
def test_what_fits(english, other, expected):
    """A sentence has the same gaps and the same commands, and brings no markup of its own."""
    assert expected == fault(english, other)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("case", vignettes(), ids=lambda case: case.id)
def test_the_check_up_finds_the_same_in_every_language(case, code):
    """Levels, days, rules, patterns and their weights are the same; the words are others."""
    english = check_up(case.answers)
    with speaking(code):
        other = check_up(case.answers)
        sheet = checkup_report(other, knowledge())

    assert _numbers(english) == _numbers(other)
    assert english.triage.says != other.triage.says
    assert sheet.footer[-1].endswith(editions()[code].line)


@pytest.mark.parametrize("code", CODES)
def test_the_knowledge_is_the_same_but_for_its_words(code):
    """The hash is that of the English files, and what programs read has the same codes."""
    with speaking(code):
        other, plan, routines = knowledge(), plan_knowledge(), routine_knowledge()
        factors = factors_knowledge()

    assert knowledge().hash == other.hash
    assert _without_texts(document("triage")) == _without_texts(_spoken("triage", code))
    assert list(plan_knowledge().rules) == list(plan.rules)
    assert [one.dose for one in routine_knowledge().exercises.values()] == [
        one.dose for one in routines.exercises.values()
    ]
    assert [one.id for one in factors_knowledge().factors] == [one.id for one in factors.factors]
    assert _link_ids(questionnaire(knowledge())) == _link_ids(questionnaire(other))


def test_what_is_missing_is_english():
    """A language that there is not is English from the first to the last word."""
    with speaking("tlh"):
        assert knowledge().safety_net == document("triage")["safety_net"]
        assert "3 walks" == counted(3, "walk")
    assert knowledge().edition == ""


def test_days_and_numbers_are_said_in_german():
    """Months, the order of a date, plurals and the comma come from the file of the language."""
    day = date(2026, 3, 6)
    with speaking("de"):
        assert "6. März" == spoken_day(day)
        assert "Freitag, 6. März" == spoken_day(day, "weekday")
        assert ["1 Spaziergang", "1.200 Spaziergänge"] == [counted(n, "walk") for n in (1, 1200)]
        assert "1.234,5" == figure("1,234.5")
    assert "Fri 6 Mar 2026" == spoken_day(day, "short_weekday_year")


def test_the_tool_sees_what_is_missing_and_what_has_changed(capsys):
    """A sentence whose English is another one than when it was translated is named."""
    texts = {("a",): "One", ("b",): "Two", ("c",): "Three"}
    one = Coverage("x", texts, (("c",),), ())
    same = check_languages.digest("One")

    assert ["b"] == list(check_languages.stale(one, {"a": same, "b": "other"}))
    assert 0 == check_languages.main(["de"])
    printed = capsys.readouterr().out
    assert printed.startswith("Deutsch (de)")
    assert "missing: felt: How did it feel? easy, fine or hard" in printed


def _spoken(name, code):
    with speaking(code):
        return document(name)


def _without_texts(value):
    """Return a document in which every text for a person is blanked."""
    return _blanked(value, ())


def _blanked(value, place):
    if isinstance(value, str):
        return "" if is_for_a_person("triage", place, value) else value
    if isinstance(value, dict):
        return {key: _blanked(part, (*place, str(key))) for key, part in value.items()}
    if isinstance(value, list):
        return [
            _blanked(part, (*place, str(part.get("id", n)) if isinstance(part, dict) else str(n)))
            for n, part in enumerate(value)
        ]
    return value


def _numbers(found):
    return (
        found.complete,
        found.may_exercise,
        found.knowledge_hash,
        found.triage.level,
        found.triage.within_days,
        found.triage.recheck_days,
        found.triage.doubts,
        [(one.id, one.level, one.within_days, one.sources) for one in found.triage.rules],
        [
            (p.id, p.prior_band, p.band, p.lift, [r.finding for r in p.speaks_for])
            for p in found.patterns
        ],
    )


def _link_ids(form):
    if isinstance(form, dict):
        own = [form["linkId"]] if "linkId" in form else []
        return own + [one for part in form.values() for one in _link_ids(part)]
    if isinstance(form, list):
        return [one for part in form for one in _link_ids(part)]
    return []


@pytest.mark.parametrize("code", CODES)
def test_every_sentence_of_the_program_that_is_translated_is_still_there(code):
    """One that was changed in the code would silently be English again."""
    glued = {  # put together of parts that stand alone in the code
        "Nobody said where the sensor was; it was taken as worn near the waist.",
        "{1} points",
        "{1} steps",
        "{1} times",
        "You walked for {1} and took {2}: about {3}.",
        "1 point",
        "With {1} walks it would be found about {2} in 10.",
    }
    read = translated(code, FILE)
    names = {check_languages.numbered(one) for one in (*read["sentences"], *read["terms"])}

    assert set() == names - check_languages.written() - glued


@pytest.mark.parametrize("code", CODES)
def test_translated_sentences_have_the_same_gaps_and_commands(code):
    """What is known of a sentence is said in each language, and nothing is named that is not."""
    read = translated(code, FILE)
    wrong = {
        one: fault(one, other)
        for part in ("sentences", "terms")
        for one, other in read[part].items()
        if fault(one, other)
    }

    assert {} == wrong


def test_sentences_of_the_program_are_turned_where_they_are_shown():
    """With and without gaps, alone and in a row; the words of the person stay as they are."""
    with speaking("de"):
        assert "„abc“ ist kein Tag." == in_own_words("“abc” is not a day.")
        assert "Mit „alt“ waren Ihre Spaziergänge etwas besser als mit „neu“." == in_own_words(
            "With „alt“ your walks were a bit better than with „neu“."
        )
        assert "Neigung nach vorn" == in_own_words("Lean forward")
        two = in_own_words("It rests on only 12 steps. Nothing like this is known. Left out: 3.")
        assert "Es beruht auf nur 12 Schritten. Nothing like this is known. Ausgelassen: 3." == two
        assert "Schritte/min" == term("steps/min")
    assert "Lean forward" == in_own_words("Lean forward")
    assert "steps/min" == term("steps/min")


@given(st.text())
def test_any_text_can_be_shown(text):
    """What is not in the translation is shown as it is, whatever it holds."""
    with speaking("de"):
        shown = in_own_words(text)

    assert shown == text or text in translated("de", FILE)["sentences"]
