"""The page for a visit to a physiotherapist, in every medium."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from evenstride.app.moments import now_utc_ns
from evenstride.app.own import Own, own
from evenstride.app.save import PAGE_BEGINS, check_place, save_page
from evenstride.app.shown import Shown
from evenstride.app.visit import material_of
from evenstride.app.visit_told import told_for_visit
from evenstride.report.screens import screen_words
from evenstride.report.sheet import Section

if TYPE_CHECKING:
    from evenstride.report.visit.nouns import Place, Visit

__all__ = [
    "OnScreen",
    "Paper",
    "Wanted",
    "report_as_page",
    "report_as_text",
    "report_of",
    "report_on_screen",
    "show_report",
]

Paper = Literal["a4", "letter"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of the report.

    Attributes:
        reason: Why the person goes, in their words; None: what was told before; "" forgets it.
        questions: For the visit; empty: what was told before; one empty text forgets them.
        since: First day of the walks on it; None: twelve weeks ago.
        html: Where the page goes; None: nowhere. The same for the others.
        pdf: Where the PDF goes.
        fhir: Where the FHIR bundle goes.
        csv: Where the numbers go.
        paper: Of the PDF.
    """

    reason: str | None = None
    questions: Sequence[str] = ()
    since: date | None = None
    html: Path | None = None
    pdf: Path | None = None
    fhir: Path | None = None
    csv: Path | None = None
    paper: Paper = "a4"


def show_report(
    home: Path | None = None, wanted: Wanted | None = None, *, now: int | None = None
) -> Shown:
    """Return the page in words, and write the files that are wanted.

    Args:
        home: The person's folder, if not the usual one.
        wanted: What is wanted of it.
        now: The moment, in nanoseconds UTC.

    Raises:
        OptionError: If a file cannot be where it is wanted, or something is too long.
        MissingExtra: If a PDF is wanted, and typst is not installed.
    """
    from evenstride.report.visit.sheet import visit_sheet

    wanted = wanted or Wanted()
    _check_places(wanted)
    with own(home, now or now_utc_ns()) as mine:
        visit = report_of(mine, wanted)
        written = _written(visit, wanted)
        return mine.shown(visit.document(), visit_sheet(visit, written))


def report_as_text(
    home: Path | None = None, wanted: Wanted | None = None, *, now: int | None = None
) -> str:
    """Return page one as plain text, to paste into a record; files are written as well."""
    from evenstride.report.visit.text import render_text

    wanted = wanted or Wanted()
    _check_places(wanted)
    with own(home, now or now_utc_ns()) as mine:
        visit = report_of(mine, wanted)
    _written(visit, wanted)
    return render_text(visit)


def report_as_page(
    home: Path | None = None, wanted: Wanted | None = None, *, now: int | None = None
) -> str:
    """Return the whole report as one page for any browser."""
    from evenstride.report.visit.page import render_page

    with own(home, now or now_utc_ns()) as mine:
        return render_page(report_of(mine, wanted or Wanted()))


@dataclass(frozen=True, slots=True)
class OnScreen:
    """Page one for a screen that has its own look, and what was told for the visit.

    Attributes:
        title: Of the page.
        heading: For whom, and when.
        parts: The parts of page one by name, in the order in which they are read.
        picture: The weeks, as an SVG that takes its colours from the page; empty without walks.
        says: What there is to see on it.
        foremost: The parts whose first sentence must be seen first.
        alarm: Whether help is needed today.
        footer: What it is not, and what it rests on.
        mark: Said of a simulated diary; empty of a real one.
        text: Page one as plain text.
        since: First day of the walks on it.
        today: The day that it is of.
        reason: Why the person goes, in their words; empty if not told.
        questions: For the visit.
    """

    title: str
    heading: str
    parts: Mapping[Place, Section]
    picture: str
    says: str
    foremost: tuple[Place, ...]
    alarm: bool
    footer: tuple[str, ...]
    mark: str
    text: str
    since: date
    today: date
    reason: str
    questions: tuple[str, ...]


def report_on_screen(
    home: Path | None = None, wanted: Wanted | None = None, *, now: int | None = None
) -> OnScreen:
    """Return page one for a screen."""
    from evenstride.report.visit.nouns import FOREMOST
    from evenstride.report.visit.picture import weeks_plot
    from evenstride.report.visit.text import render_text

    with own(home, now or now_utc_ns()) as mine:
        visit = report_of(mine, wanted or Wanted())
    picture, made = visit.picture, visit.material
    return OnScreen(
        visit.title,
        visit.heading,
        visit.first,
        str(weeks_plot(picture)) if picture else "",
        picture.says if picture else "",
        FOREMOST,
        visit.alarm,
        visit.footer,
        visit.mark,
        render_text(visit),
        made.since,
        made.today,
        made.reason,
        made.questions,
    )


def report_of(mine: Own, wanted: Wanted) -> Visit:
    """Return the report of a person; what they told for the visit is kept."""
    from evenstride.report.visit.build import visit_report

    told = told_for_visit(mine, wanted.reason, wanted.questions)
    return visit_report(replace(material_of(mine, wanted.since), **told))


def _begins() -> dict[str, bytes]:
    from evenstride.report.visit.bundle import BEGINS as BUNDLE_BEGINS
    from evenstride.report.visit.table import BEGINS as TABLE_BEGINS

    return {"html": PAGE_BEGINS, "pdf": b"%pdf-", "fhir": BUNDLE_BEGINS, "csv": TABLE_BEGINS}


def _places(wanted: Wanted) -> dict[str, Path]:
    named = {kind: getattr(wanted, kind) for kind in _begins()}
    return {kind: path for kind, path in named.items() if path is not None}


def _check_places(wanted: Wanted) -> None:
    """Find out before the work whether every file can be where it is wanted."""
    from evenstride.report.visit.pdf import need_typst

    for kind, path in _places(wanted).items():
        check_place(path, _begins()[kind])
    if wanted.pdf is not None:
        need_typst()


def _written(visit: Visit, wanted: Wanted) -> list[str]:
    """Write what is wanted, and return where each file is, in words."""
    from evenstride.report.visit.bundle import render_bundle
    from evenstride.report.visit.page import render_page
    from evenstride.report.visit.pdf import render_pdf
    from evenstride.report.visit.table import render_csv

    words, said = screen_words("report")["written"], []
    for kind, path in _places(wanted).items():
        content: str | bytes
        if kind == "html":
            content = render_page(visit)
        elif kind == "pdf":
            content = render_pdf(visit, wanted.paper)
        elif kind == "fhir":
            content = render_bundle(visit)
        else:
            content = render_csv(visit)
        save_page(path, content, _begins()[kind])
        said.append(words[kind].format(path=path))
    return said
