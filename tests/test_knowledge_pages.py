"""The pages of the check-up are what the knowledge says, and their links lead somewhere."""

import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools.check_knowledge.documents import questionnaires, read
from tools.knowledge_pages import FOLDER, PAGES, pages, slug

from evenstride.checkup.knowledge import knowledge

HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
LINK = re.compile(r"\]\((\w*)(?:\.md)?#([^)\s]+)\)")


@pytest.fixture(scope="module")
def made():
    """The pages as the tool makes them now."""
    return pages(knowledge(), read())


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_are_the_knowledge(name, made):
    """Each page in the repository is what the knowledge files say; `make docs` writes it."""
    assert made[name] == (FOLDER / f"{name}.md").read_text(encoding="utf-8")


def test_everything_has_a_heading(made):
    """Every rule, question, cause, source, point of the article and questionnaire has its own."""
    known, raw = knowledge(), read()
    expected = {
        "rules": [rule.id for rule in known.rules],
        "questions": list(known.findings),
        "causes": [cause.name for cause in known.causes],
        "sources": list(known.sources),
        "article": [entry["topic"] for entry in raw["article"]["entries"]],
        "questionnaires": [data["name"] for data in questionnaires(raw).values()],
    }
    headings = {name: set(HEADING.findall(text)) for name, text in made.items()}

    assert {name: [] for name in made} == {
        name: [wanted for wanted in expected[name] if wanted not in headings[name]] for name in made
    }


def test_anchors_are_unique_and_resolve(made):
    """No page has one anchor twice, and every link to an anchor finds it."""
    anchors = {name: [slug(heading) for heading in HEADING.findall(made[name])] for name in made}
    links = {(page or name, a) for name, text in made.items() for page, a in LINK.findall(text)}

    assert [] == [(n, a) for n in anchors for a in anchors[n] if anchors[n].count(a) > 1]
    assert links
    assert [] == sorted((page, anchor) for page, anchor in links if anchor not in anchors[page])


def test_rules_lead_to_their_questions_and_back(made):
    """A rule links to its questions and sources, a question to its rules and causes."""
    rule = made["rules"].split("### E01_cauda_equina")[1].split("###")[0]
    question = made["questions"].split("### leg_numb\n")[1].split("###")[0]

    assert "(questions.md#saddle_numb)" in rule
    assert "(sources.md#finucane2020)" in rule
    assert "(rules.md#e02_both_legs)" in question
    assert "(causes.md#" in question


def test_nobody_has_reviewed_it_and_the_pages_say_so(made):
    """As long as no clinician has signed, every page says so."""
    assert knowledge().reviewed_by == ()
    assert {True} == {"Reviewed by: nobody yet." in text for text in made.values()}


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [("E01_cauda_equina", "e01_cauda_equina"), ("A hip, or a back (no)?", "a-hip-or-a-back-no")],
)
def test_anchors_are_those_of_the_website(heading, anchor):
    """Anchors are small letters with hyphens, without punctuation."""
    assert anchor == slug(heading)
