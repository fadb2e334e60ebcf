"""The knowledge files are whole, and every check of them can fail."""

import copy
import sys
from fnmatch import fnmatch
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools.check_knowledge import CHECKS, faults
from tools.check_knowledge.__main__ import report
from tools.check_knowledge.documents import leaves, read, texts
from tools.check_knowledge.files import duplicate_keys
from tools.check_knowledge.reading import grade, syllables
from tools.check_knowledge.wording import forbidden, person_texts

from evenstride.checkup.knowledge.places import FOR_A_PERSON, fits


@pytest.mark.parametrize("name", CHECKS)
def test_the_shipped_knowledge_has_no_faults(name):
    """Each check finds nothing in the knowledge that is shipped."""
    assert [] == [str(fault) for fault in CHECKS[name](read())]


def test_no_key_stands_twice():
    """YAML would silently take the last of two equal keys; no file has any."""
    assert [] == [str(fault) for fault in duplicate_keys(texts())]


class Draft:
    """A copy of the knowledge to break, with short ways to its parts."""

    def __init__(self):
        self.documents = copy.deepcopy(dict(read()))

    def __getitem__(self, name):
        return self.documents[name]

    def finding(self, name):
        """Return a question."""
        return self["findings"]["findings"][name]

    def rule(self, name="E01_cauda_equina"):
        """Return a rule."""
        return next(rule for rule in self["triage"]["rules"] if rule["id"] == name)

    def cause(self, name="doms_deconditioning"):
        """Return a cause."""
        return next(cause for cause in self["causes"]["causes"] if cause["id"] == name)

    def feature(self, **wanted):
        """Return the first feature that has all of these."""
        return next(
            feature
            for cause in self["causes"]["causes"]
            for feature in cause["features"]
            if all(feature.get(key) == value for key, value in wanted.items())
        )

    def with_accuracy(self):
        """Return the first feature that has a sensitivity."""
        return next(
            feature
            for cause in self["causes"]["causes"]
            for feature in cause["features"]
            if "sens" in feature
        )

    def home_test(self, name="t_ext30"):
        """Return a home test."""
        return next(t for t in self["home_tests"]["home_tests"] if t["id"] == name)

    @property
    def screen(self):
        """The first screen."""
        return self["interview"]["screens"][0]

    def exercise(self, name):
        """Return an exercise."""
        return next(row for row in self["exercises"]["exercises"] if row["id"] == name)

    def limit(self, name):
        """Return a limit of the exercises."""
        return next(row for row in self["exercises"]["limits"] if row["id"] == name)

    def without_exercise(self, name):
        """Take an exercise out of every routine."""
        for routine in self["exercises"]["routines"]:
            for slot in routine["slots"]:
                slot["choices"] = [choice for choice in slot["choices"] if choice != name]

    @property
    def engine(self):
        """The numbers by which evidence adds up."""
        return self["causes"]["engine"]


def without(condition, name):
    """Take one question out of a flat list of conditions."""
    condition["any"] = [part for part in condition["any"] if part.get("f") != name]


def when(**atom):
    """Return what makes a rule match on one comparison."""
    return lambda draft: draft.rule().update(when=atom)


HARD = "Considerable deterioration necessitates immediate multidisciplinary evaluation."

BROKEN = {
    "files follow their schemas": {
        "'why' is a required property": lambda d: d.rule().pop("why"),
        "has no schema": lambda d: d.documents.update(extra={}),
        "'holder' is a required property": lambda d: d["instruments/peg"]["licence"].pop("holder"),
    },
    "ids are well formed and unique": {
        "stands 2 times": lambda d: d["causes"]["causes"].append(d.cause()),
        "badly formed": lambda d: d["findings"]["findings"].update({"Not good": {}}),
        "does not say urgent_same_day": lambda d: d.rule().update(level="urgent_same_day"),
        "not the name of the file": lambda d: d["instruments/peg"].update(id="pegs"),
    },
    "questions that are named exist": {
        "E01_cauda_equina.when: there is no question 'fevre'": when(f="fevre", is_=True),
        "no question 'screened'": lambda d: d.screen["items"].append("screened"),
        "no question 'hidden'": lambda d: d.screen.update(
            hide_if={"hidden": {"f": "fever", "is": True}}
        ),
        "no question 'hides'": lambda d: d.screen.update(
            hide_if={"fever": {"f": "hides", "is": True}}
        ),
        "no question 'tested'": lambda d: d.home_test().update(id="tested"),
        "no question 'twin'": lambda d: d.home_test().update(together_with="twin"),
        "no question 'off'": lambda d: d.engine["disabled_findings"].append("off"),
        "no question 'felt'": lambda d: d.cause()["features"][0].update(f="felt"),
        "no question 'applies'": lambda d: d.finding("fever").update(
            applies_if={"f": "applies", "is": True}
        ),
    },
    "answers and bounds fit their questions": {
        "a number is compared by gte or lt": when(f="age", **{"is": "old"}),
        "'yes' is neither true nor false": when(f="fever", **{"is": "yes"}),
        "'three' is none of its values": when(f="leg_numb", **{"in": ["both", "three"]}),
        "'unknown' says nothing": when(f="onset", **{"is": "unknown"}),
        "has no numbers": when(f="fever", gte=38),
        "200 does not divide": when(f="age", gte=200),
        "only a yes-or-no question": when(f="leg_numb", not_sure=True),
    },
    "sources exist": {
        "there is no source 'a2020'": lambda d: d.rule()["sources"].append("a2020"),
        "there is no source 'b2020'": lambda d: d.cause()["true_part"][0].update(sources=["b2020"]),
        "there is no source 'c2020'": lambda d: d.cause()["not_true"][0].update(sources=["c2020"]),
        "there is no source 'd2020'": lambda d: d.cause().update(care_sources=["d2020"]),
        "there is no source 'e2020'": lambda d: d.cause()["features"][0].update(src="e2020"),
        "there is no source 'f2020'": lambda d: d.home_test().update(sources=["f2020"]),
        "there is no source 'g2020'": lambda d: d["article"]["entries"][0].update(
            sources=["g2020"]
        ),
    },
    "sources are used": {
        "lonely2020: nothing points to it": lambda d: d["sources"]["sources"].update(
            lonely2020={"what": "x", "mark": "recalled"}
        ),
    },
    "rules have no negation": {
        "'is': False": when(f="fever", **{"is": False}),
        "'is': 'none'": when(f="leg_numb", **{"is": "none"}),
        "'in': ['none', 'one']": when(f="leg_numb", **{"in": ["none", "one"]}),
        "'not'": when(**{"not": {"f": "fever", "is": True}}),
        "'not_sure': False": when(f="fever", not_sure=False),
        "'lt': 3": when(all=[{"f": "age", "gte": 50, "lt": 3}]),
    },
    "facts are marked no better than their sources": {
        "E01_cauda_equina: verified, though": lambda d: d.rule().update(mark="verified"),
        "care_sources: verified, though": lambda d: d.cause().update(care_mark="verified"),
        "true_part.0: recalled, though": lambda d: d.cause()["true_part"][0].update(
            sources=["expert"], mark="recalled"
        ),
    },
    "open points name rules that exist": {
        "no rule 'E99_none'": lambda d: d["triage"]["open"][0]["rules"].append("E99_none"),
    },
    "first-tier questions are those of urgent rules": {
        "fever: tier 2, but it stands in": lambda d: d.finding("fever").update(tier=2),
        "loc_back: tier 1, but it does not": lambda d: d.finding("loc_back").update(tier=1),
    },
    "first-tier questions stand on one screen each": {
        "stands on 0 screens": lambda d: d.screen["items"].pop(),
        "stands on 2 screens": lambda d: d.screen["items"].append(d.screen["items"][0]),
        "t_ext30: of the tier test": lambda d: d.screen["items"].append("t_ext30"),
        "loc_groin is not on the screen": lambda d: d.screen.update(
            hide_if={"loc_groin": {"f": "fever", "is": True}}
        ),
    },
    "questions that may be left out have an answer to assume": {
        "findings.yaml: age:": lambda d: d.finding("age").update(
            applies_if={"f": "fever", "is": True}
        ),
        "interview.yaml: onset:": lambda d: d.screen.update(
            hide_if={"onset": {"f": "fever", "is": True}}
        ),
    },
    "orders of worry name every value": {
        "leg_numb: worry ['none', 'one'] is no order": lambda d: d.finding("leg_numb").update(
            worry=["none", "one"]
        ),
        "leg_numb: worry [] is no order": lambda d: d.finding("leg_numb").pop("worry"),
    },
    "home tests and their questions belong together": {
        "t_ext30: is of the tier test": lambda d: d["home_tests"].update(home_tests=[]),
        "t_ext30: its question is not": lambda d: d.finding("t_ext30").update(tier=3),
    },
    "home tests are not offered where they could harm": {
        "t_ext30.not_if: lets {'age': 70}": lambda d: d.home_test().pop("not_if"),
        "lets {'osteoporosis': True}": lambda d: without(d.home_test()["not_if"], "osteoporosis"),
        "lets {'steroids_long': True}": lambda d: without(
            d.home_test("t_ext_back_only")["not_if"], "steroids_long"
        ),
        "hop_pain.not_if: lets {'age': 50}": lambda d: without(
            d.home_test("hop_pain")["not_if"], "age"
        ),
        "lets {'walk_worse': True}": lambda d: without(
            d.home_test("hop_pain")["not_if"], "walk_worse"
        ),
        "urgent_same_day is missing": lambda d: d["home_tests"].update(never_at=["emergency_now"]),
    },
    "likelihood ratios point one way": {
        "point the same way": lambda d: d.cause()["features"][0].update(lr_pos=2, lr_neg=1.5),
        "0.5 and 0.5 point": lambda d: d.cause()["features"][0].update(lr_pos=0.5, lr_neg=0.5),
        "is above 0": lambda d: d.cause()["features"][0].update(lr_neg=0),
    },
    "likelihood ratios agree with sensitivity and specificity": {
        "lr_pos 30, expected": lambda d: d.with_accuracy().update(lr_pos=30),
        "lr_neg 0.001, expected": lambda d: d.with_accuracy().update(lr_neg=0.001),
        "stand together": lambda d: d.with_accuracy().pop("spec"),
        "lie between 0 and 1": lambda d: d.with_accuracy().update(spec=1),
    },
    "likelihood ratios say where they come from": {
        "published, but names no source": lambda d: d.feature(basis="published").pop("src"),
        "rescaled, but no note": lambda d: d.feature(basis="rescaled").pop("note"),
        "an estimate, not recalled": lambda d: d.feature(basis="expert").update(mark="recalled"),
        "verified, but its source is not": lambda d: d.feature(src="vroomen2002").update(
            mark="verified"
        ),
        "99 lies outside": lambda d: d.feature(src="suri2010", mark="verified").update(
            lr_pos=99, ci=[1, 2]
        ),
    },
    "priors are shares for every band of age": {
        "the bands of age are": lambda d: d.cause()["prior"].pop("60+"),
        "prior.60+: 1 is no share": lambda d: d.cause()["prior"].update({"60+": 1}),
    },
    "the engine's numbers make sense": {
        "engine.tau": lambda d: d.engine.update(tau=0),
        "engine.single_lr_cap": lambda d: d.engine.update(single_lr_cap=1),
        "engine.bands": lambda d: d.engine.update(bands=[0.25, 0.05, 0.6]),
        "engine.prior_when_age_unknown": lambda d: d.engine.update(prior_when_age_unknown="40"),
        "residual": lambda d: d.cause().update(residual=True),
    },
    "causes of the article say what is true and what is not": {
        "doms_deconditioning.true_part": lambda d: d.cause().pop("true_part"),
        "doms_deconditioning.not_true": lambda d: d.cause().update(not_true=[]),
    },
    "exercises name what exists": {
        "clam: there is no limit 'toe'": lambda d: d.exercise("clam").update(not_with=["toe"]),
        "clam: there is no tag 'luck'": lambda d: d.exercise("clam").update(suits=["luck"]),
        "clam.harder: there is no exercise 'oyster'": lambda d: d.exercise("clam").update(
            harder={"exercise": "oyster"}
        ),
        "clam: there is no evidence 'a2020'": lambda d: d.exercise("clam")["evidence"].update(
            refs=["a2020"]
        ),
        "wrist_pain.absent_if: there is no question 'wrist'": lambda d: d.limit(
            "wrist_pain"
        ).update(absent_if={"f": "wrist", "is": False}),
    },
    "exercises, limits and their evidence are used": {
        "bridge: stands in no routine": lambda d: d.without_exercise("bridge"),
        "shoulder_pain: nothing points to this limit": lambda d: d.exercise("side_bridge").update(
            not_with=[]
        ),
        "lonely: nothing points to this evidence": lambda d: d["exercises"]["evidence"].update(
            lonely={}
        ),
    },
    "easier and harder steps never go round in a circle": {
        "is a step of itself": lambda d: d.exercise("clam").update(harder={"exercise": "clam"}),
        "'side_leg_raise', 'clam'": lambda d: d.exercise("clam").update(
            easier={"exercise": "side_leg_raise"}
        ),
    },
    "routines hold nothing that stands against those they are for": {
        "ten_minutes_base.clam: is not for nonspecific": lambda d: d.exercise("clam").update(
            not_for=["nonspecific"]
        ),
    },
    "every exercise fits into its seconds": {
        "ten_minutes_base.slots.1.cat_camel: needs 65": lambda d: d.exercise("cat_camel").update(
            dose={"reps": [1], "hold_s": 60}
        ),
    },
    "every exercise has a drawing": {
        "clam: an exercise and its drawing": lambda d: d["figures"]["figures"].pop("clam"),
    },
    "exercises have words for every reason to refuse": {
        "refusals.doubt: is missing": lambda d: d["exercises"]["refusals"].pop("doubt"),
    },
    "questionnaires ship only texts of our own": {
        "items.1: ships ask": lambda d: d["instruments/peg"]["items"][0].update(ask="How bad?"),
        "items.2: ships choices": lambda d: d["instruments/peg"]["items"][1].update(choices={}),
    },
    "every text is meant for somebody": {
        "causes.doms_deconditioning.remark": lambda d: d.cause().update(remark="two words"),
        "extra.yaml: note": lambda d: d.documents.update(extra={"note": "two words"}),
    },
    "texts for people are easy to read": {
        "E01_cauda_equina.why: grade": lambda d: d.rule().update(why=HARD),
        "'Vertebrobasilar' is a hard word": lambda d: d.rule().update(why="Vertebrobasilar."),
        "home_tests.yaml: (file): grade": lambda d: [
            test.update(how=["We then look at a few of the other numbers too."] * 9 + [HARD] * 9)
            for test in d["home_tests"]["home_tests"]
        ],
    },
    "texts for people keep to the wording rules": {
        "E01_cauda_equina.why: 'diagnos'": lambda d: d.rule().update(why="We diagnose it."),
    },
}


@pytest.mark.parametrize(
    ("name", "expected"), [(name, expected) for name in BROKEN for expected in BROKEN[name]]
)
def test_a_check_catches_what_it_is_for(name, expected):
    """A draft that is broken in one place gets a fault that says so, and did not have it before."""
    draft = Draft()
    before = {str(fault) for fault in CHECKS[name](draft.documents)}
    BROKEN[name][expected](draft)
    new = {str(fault) for fault in CHECKS[name](draft.documents)} - before

    assert any(expected in fault for fault in new), new


def test_every_check_is_shown_to_fail():
    """No check is without a broken draft that it catches."""
    assert set(BROKEN) == set(CHECKS)


def test_a_key_that_stands_twice_is_caught():
    """A key twice in one mapping is a fault, with its line; the same key elsewhere is none."""
    written = {"a": "x: 1\ny: {x: 2}\nx: 3\n", "b": "- {x: 1}\n- {x: 1}\n"}

    assert ["a.yaml: line 3: 'x' stands twice"] == [str(f) for f in duplicate_keys(written)]


SAID = (
    *("diagnose", "Diagnosis:", "detects", "treatment", "cures", "prevents it", "your AI doctor"),
    *("it is safe", "unsafe", "this rules it out", "ruled out", "nothing serious", "5 %"),
    *("5 percent", "your disc", "your stenosis", "your posture is wrong", "bone on bone"),
    *("stop walking because of it", "avoid bending", "degenerative", "abnormal", "damaged"),
    *("crumbling", "a miracle", "doctors are baffled", "the secret"),
    *("anaesthesia", "urinary retention", "claudication", "ischaemia", "stenosis", "lumbar"),
    *("cauda equina", "analgesics", "thoracic", "radicular"),
)


def says(text):
    """Return knowledge in which one text for people says this."""
    draft = Draft()
    draft.rule()["why"] = text
    return draft.documents


@pytest.mark.parametrize("text", SAID)
def test_words_that_we_do_not_use_are_caught(text):
    """Each phrase that the wording rules forbid is a fault."""
    assert [fault for fault in forbidden(says(text)) if fault.place.endswith("cauda_equina.why")]


@pytest.mark.parametrize(
    "text",
    [
        "This is not a diagnosis.",
        "An eye treated by a doctor, or that a doctor treated.",
        "A secretary saw you.",
    ],
)
def test_words_that_only_look_alike_are_not(text):
    """A phrase that only looks like a forbidden one is none."""
    found = [fault for fault in forbidden(says(text)) if fault.place.endswith("cauda_equina.why")]

    assert [] == found


def test_every_place_in_the_table_of_texts_for_people_is_in_use():
    """A place that is said to hold a text for people holds one, so that a renamed key is seen."""
    may_be_empty = {"findings.*.why", "screens.*.lead"}
    found = [(file, tuple(place.split("."))) for file, place, _ in person_texts(read())]
    unused = [
        pattern
        for shelf, patterns in FOR_A_PERSON.items()
        for pattern in patterns
        if not any(fnmatch(file, shelf) and fits(pattern, place) for file, place in found)
    ]

    assert [] == [pattern for pattern in unused if pattern not in may_be_empty]


def test_members_of_lists_are_named():
    """The place of a text names members of lists by their id, or else by their number."""
    document = {"a": [{"id": "x", "b": "one"}, {"b": ["two", "three"]}]}

    expected = [
        (("a", "x", "id"), "x"),
        (("a", "x", "b"), "one"),
        (("a", "1", "b", "0"), "two"),
        (("a", "1", "b", "1"), "three"),
    ]
    assert expected == list(leaves(document))


@pytest.mark.parametrize(
    ("word", "count"),
    [("leg", 1), ("walked", 1), ("needed", 2), ("little", 2), ("hospital", 3), ("the", 1)],
)
def test_syllables_are_counted(word, count):
    """The counter is right about common words."""
    assert count == syllables(word)


def test_a_word_may_have_a_count_of_its_own():
    """A word that has to stay counts as what the list says."""
    assert (4, 2) == (syllables("Emergency"), syllables("Emergency", {"emergency": 2}))


def test_grades_rise_with_long_words_and_sentences():
    """Short words in short sentences are easier; no words at all have grade 0."""
    easy = grade("Sit down. Rest a bit. Then walk on.")

    assert easy < grade("Sit down and rest a bit and then walk on.") < grade(HARD)
    assert grade("38 %") == 0


def test_the_command_says_what_it_found(capsys):
    """The command prints each check and the counts, and ends with 0 if nothing is wrong."""
    code = report(read(), texts())
    lines = capsys.readouterr().out.splitlines()

    assert code == 0
    assert len(CHECKS) + 2 == len(lines)
    assert {"ok"} == {line.split()[0] for line in lines[:-1]}
    assert "questions" in lines[-1]


def test_the_command_names_each_fault(capsys):
    """A fault is one line with file, place and what is wrong, and the command ends with 1."""
    code = report(says("It is safe."), texts())
    place = "triage.yaml: rules.E01_cauda_equina.why"

    assert code == 1
    assert f"      {place}: 'safe': nobody can promise that" in capsys.readouterr().out.splitlines()


def test_all_checks_run_together():
    """The faults come back by the name of the check."""
    assert list(CHECKS) == list(faults(read()))
