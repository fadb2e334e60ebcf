"""The page for a visit to a physiotherapist, in every medium."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from evenstride.app.engine import engine
from evenstride.app.moments import NS, now_utc_ns
from evenstride.app.noted import concern_now
from evenstride.app.own import Own, own
from evenstride.app.phone import months_of
from evenstride.app.planning import basis_of, lights_of
from evenstride.app.questionnaires import filled
from evenstride.app.save import PAGE_BEGINS, check_place, save_page
from evenstride.app.shown import Shown
from evenstride.errors import OptionError
from evenstride.report.screens import screen_words

if TYPE_CHECKING:
    from evenstride.app.trial.kept import KeptTrial
    from evenstride.report.visit.nouns import DoneOn, Material, TrialSoFar, Visit

__all__ = ["Paper", "Wanted", "report_as_text", "report_of", "show_report"]

Paper = Literal["a4", "letter"]

_LOOKED_BACK = timedelta(weeks=12)
_YEAR_NS = 366 * 86_400 * NS
_ENTRY = "visit"
_LONGEST_REASON, _LONGEST_QUESTION, _MOST_QUESTIONS = 300, 140, 5


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


def report_of(mine: Own, wanted: Wanted) -> Visit:
    """Return the report of a person; what they told for the visit is kept."""
    from evenstride.report.visit.build import visit_report

    told = _told(mine, wanted)
    return visit_report(replace(_material(mine, wanted.since), **told))


# ------------------------------------------------------------------------------- what it is about


def _material(mine: Own, since: date | None) -> Material:
    from evenstride.checkup.knowledge import knowledge
    from evenstride.inventory import inventory
    from evenstride.plan import plan
    from evenstride.report.visit.nouns import Material

    begin = since or mine.today - _LOOKED_BACK
    if begin > mine.today:
        raise OptionError(screen_words("report")["future"])
    basis = basis_of(mine)
    walks, shoes = mine.diary.outings(), mine.diary.shoes()
    return Material(
        person=mine.person,
        now_utc_ns=mine.now,
        today=mine.today,
        since=begin,
        known=knowledge(),
        inventory=inventory(walks, shoes, mine.person, mine.today),
        plan=plan(basis.history, basis.checkup, mine.today),
        engine=engine(),
        checkup=basis.checkup,
        checked_up_utc_ns=basis.history.checked_up_utc_ns,
        walks=tuple(walk for walk in walks if begin <= walk.day <= mine.today),
        lights=lights_of(mine, begin),
        shoes=shoes,
        trials=_trials(mine),
        scores=filled(mine),
        routines=_routines(mine, begin),
        months=months_of(mine, mine.now - _YEAR_NS),
        concern=concern_now(mine).sentences,
        symptoms=tuple(one.document for one in mine.diary.entries("symptom", mine.now - _YEAR_NS)),
        simulated=mine.simulated,
    )


def _trials(mine: Own) -> tuple[TrialSoFar, ...]:
    from evenstride.app.trial.kept import all_trials

    return tuple(_trial(mine, one) for one in all_trials(mine))


def _trial(mine: Own, trial: KeptTrial) -> TrialSoFar:
    """Return an experiment as its last look left it; a look that is due is not taken here."""
    from evenstride.app.trial.walks import result_now, walks_by_id
    from evenstride.report.visit.nouns import TrialSoFar

    walks = walks_by_id(mine, trial)
    return TrialSoFar(
        id=trial.id,
        design=trial.design,
        state=trial.ending or "running",
        done=len(trial.log),
        result=result_now(mine, trial, walks),
        gone=sum(line.outing not in walks for line in trial.log[: trial.looked]),
        left_out=len(trial.left_out),
    )


def _routines(mine: Own, since: date) -> tuple[DoneOn, ...]:
    from evenstride.plan.routines.knowledge import routine_knowledge
    from evenstride.report.visit.nouns import DoneOn

    names = {one.id: one.name for one in routine_knowledge().routines.values()}
    found = []
    for entry in mine.diary.entries("routine"):
        day, id_ = date.fromisoformat(entry.document["day"]), str(entry.document["routine"])
        if day >= since:
            felt = entry.document.get("felt") or ""
            found.append(DoneOn(day, names.get(id_, id_.replace("_", " ")), felt))
    return tuple(found)


# ---------------------------------------------------------------------- what was told for a visit


def _told(mine: Own, wanted: Wanted) -> dict[str, Any]:
    """Return why the person goes and what they want to ask; kept, so that it need not be retyped.

    Raises:
        OptionError: If it does not fit on the page.
    """
    from evenstride.diary import Entry

    kept = [one.document for one in mine.diary.entries("setting") if one.id == _ENTRY]
    before = dict(kept[-1]) if kept else {}
    told = {
        "reason": str(before.get("reason", "")),
        "questions": tuple(map(str, before.get("questions", ()))),
    }
    changed = dict(told)
    if wanted.reason is not None:
        changed["reason"] = _fitting(wanted.reason, _LONGEST_REASON)
    if wanted.questions:
        asked = (_fitting(one, _LONGEST_QUESTION) for one in wanted.questions)
        changed["questions"] = tuple(filter(None, asked))
    if len(changed["questions"]) > _MOST_QUESTIONS:
        raise OptionError(screen_words("report")["too_many"].format(most=_MOST_QUESTIONS))
    if changed != told:
        document = {**changed, "questions": list(changed["questions"])}
        mine.diary.keep_entry(Entry("setting", _ENTRY, mine.now, document))
    return changed


def _fitting(text: str, most: int) -> str:
    text = " ".join(text.split())
    if len(text) > most:
        raise OptionError(screen_words("report")["too_long"].format(most=most))
    return text


# ---------------------------------------------------------------------------------- where it goes


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
