"""The PDF as who reads it, by eye or by ear, gets it: in order, whole, and page one on one page."""

import io
import re
from itertools import pairwise

import pytest
from pypdf import PdfReader
from tests.report.pdf_marks import known_marks, marks, parts, unmarked
from tests.report.test_visit import calm, empty, full, letters, material, walk

from evenstride.checkup import check_up
from evenstride.report.visit.build import visit_report
from evenstride.report.visit.nouns import PLACES, TrialSoFar
from evenstride.report.visit.pdf import render_pdf
from evenstride.trials import Factor, plan_trial

LONG = "A way of walking whose name is as long as a name may be here"


def emergency():
    """Return a diary in which help is needed today."""
    return full(checkup=check_up(calm() | {"saddle_numb": True}))


def crowded():
    """Return a diary that fills page one as far as it can be filled."""
    ways = [
        Factor(kind, (f"{LONG[:-2]}{n}a", f"{LONG[:-2]}{n}b"))
        for n, kind in enumerate(("load", "style", "pace"))
    ]
    design = plan_trial(ways, seed=1)
    rules = {"saddle_numb": True, "fever": True, "weight_loss": True, "cancer_history": True}
    known = full().known
    told = {name: value for name, value in rules.items() if name in known.findings}
    return full(
        reason="Walking hurts " * 21,
        questions=("Is it so? " * 14,) * 5,
        checkup=check_up(calm() | told),
        trials=tuple(TrialSoFar(f"t{n}", design, "running", 3, None) for n in range(4)),
        concern=("Your phone noted fever. " * 8,) * 2,
        simulated=True,
    )


CASES = {
    "empty": empty,
    "one walk": lambda: material([walk(1)]),
    "weeks": full,
    "emergency": emergency,
    "crowded": crowded,
}


@pytest.fixture(scope="module", params=CASES, ids=lambda name: name)
def visit(request):
    """Return the report of very different diaries."""
    return visit_report(CASES[request.param]())


@pytest.fixture(scope="module")
def reader(visit):
    """Return its PDF, as an independent program reads it."""
    return PdfReader(io.BytesIO(render_pdf(visit)))


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_page_one_ends_with_the_questions_on_whatever_paper(visit, paper):
    """All of page one is on one page, however much there is, and what follows is not."""
    first, second = PdfReader(io.BytesIO(render_pdf(visit, paper))).pages[:2]
    last = visit.first["questions"]

    assert letters((last.points or last.sentences)[-1]) in letters(first.extract_text())
    assert "For who wants more" not in first.extract_text()
    assert "For who wants more" in second.extract_text()


def test_page_one_is_read_in_its_order(visit, reader):
    """Who and why, warning signs, resemblance, weeks, walking, experiments, questions."""
    said = letters(reader.pages[0].extract_text())
    begins = [letters(visit.title), *(letters(visit.first[place].title) for place in PLACES)]
    places = [said.index(one) for one in begins]

    assert sorted(places) == places


def test_page_one_holds_what_it_must(visit, reader):
    """The reason, the level, what to do, the questions, and the versions that it rests on."""
    said = letters(reader.pages[0].extract_text())
    made = visit.material
    wanted = [
        *visit.first["who"].sentences,
        *visit.first["checkup"].sentences,
        *visit.first["questions"].points,
        made.known.version,
        made.known.hash[:12],
        made.engine,
    ]

    assert [] == [one for one in wanted if letters(one) not in said]


def test_headings_step_down_one_at_a_time(reader):
    """There is one title, and no level is left out below it."""
    levels = [int(one["/S"][2]) for one in parts(reader) if re.fullmatch(r"/H\d", one["/S"])]

    assert [1] == levels[:1]
    assert 1 == levels.count(1)
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_headings_are_read_in_the_order_of_the_page(visit, reader):
    """Who has it read aloud hears the parts in the order in which they are seen."""
    kinds = [one["/S"] for one in parts(reader)]
    first = kinds[: kinds.index("/H3")] if "/H3" in kinds else kinds

    assert 1 + len(PLACES) == first.count("/H2")
    assert ("/Figure" in kinds) == bool(visit.picture)


def test_every_picture_says_what_it_shows(visit, reader):
    """A picture has its words beside it."""
    pictures = [one for one in parts(reader) if one["/S"] == "/Figure"]

    assert bool(visit.picture) == bool(pictures)
    assert [visit.picture.says for _ in pictures] == [
        " ".join(str(one["/Alt"]).split()) for one in pictures
    ]


def test_every_table_has_a_row_of_heads(reader):
    """Whoever hears a cell can ask what it is of."""
    tables = [one for one in parts(reader) if one["/S"] == "/Table"]
    heads = [one for one in parts(reader) if one["/S"] == "/THead"]

    assert len(tables) == len(heads)
    assert all("/A" in one for one in parts(reader) if one["/S"] == "/TH")


def test_nothing_on_a_page_is_without_a_mark(reader):
    """Each letter and line is part of the structure, or marked as decoration."""
    for page in reader.pages:
        assert [] == unmarked(page, reader)
        assert marks(page, reader)
        assert marks(page, reader) <= known_marks(page, reader)


def test_what_is_unmarked_would_be_found():
    """The check of marks finds what stands outside of them."""
    reader = PdfReader(io.BytesIO(render_pdf(visit_report(empty()))))
    page = reader.pages[0]
    contents = page.get_contents()
    contents.set_data(contents.get_data() + b"\n0 0 10 10 re f\n")
    page[list(page)[list(page).index("/Contents")]] = contents

    assert 1 == len(unmarked(page, reader))
