"""The page for a physiotherapist: what is told for the visit, a look at it, and every file."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import HTMLResponse, RedirectResponse, Response

from evenstride.app.quantities import day_told
from evenstride.app.report import (
    Paper,
    Wanted,
    report_as_page,
    report_as_text,
    report_on_screen,
    show_report,
)
from evenstride.app.visit_told import LONGEST_QUESTION, LONGEST_REASON, MOST_QUESTIONS
from evenstride.web.download import download
from evenstride.web.page import page

__all__ = ["router"]

router = APIRouter(prefix="/report")

Kind = Literal["pdf", "html", "text", "fhir", "csv"]

_ENDINGS: dict[Kind, str] = {
    "pdf": "pdf",
    "html": "html",
    "text": "txt",
    "fhir": "fhir.json",
    "csv": "csv",
}
_POLICY = (
    "default-src 'none'; style-src 'sha256-{hash}'; frame-ancestors 'none'; base-uri 'none';"
    " form-action 'none'"
)
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_Question = Annotated[str, Field(max_length=4 * LONGEST_QUESTION)]


class About(BaseModel):
    """Which walks are on it, and how it is printed."""

    since: str = Field(default="", max_length=32)
    paper: Paper = "a4"

    def wanted(self) -> Wanted:
        """Return what is wanted of the report."""
        return Wanted(since=day_told(self.since) if self.since else None, paper=self.paper)


class Told(BaseModel):
    """Why the person goes, and what they want to ask."""

    model_config = ConfigDict(alias_generator=lambda name: name.replace("_", "-"))

    reason: str = Field(default="", max_length=4 * LONGEST_REASON)
    question_1: _Question = ""
    question_2: _Question = ""
    question_3: _Question = ""
    question_4: _Question = ""
    question_5: _Question = ""

    def questions(self) -> tuple[str, ...]:
        """Return every field, the empty ones too, so that a question can be taken back."""
        return tuple(getattr(self, f"question_{place}") for place in range(1, MOST_QUESTIONS + 1))


@router.get("")
def look(request: Request, about: Annotated[About, Query()]) -> Response:
    """Show page one, what was told for it, and where its files are."""
    seen = report_on_screen(request.app.state.settings.home, about.wanted())
    return page(
        request,
        "report",
        words="web-report",
        seen=seen,
        about=about,
        longest=(LONGEST_REASON, LONGEST_QUESTION),
        places=range(min(MOST_QUESTIONS, len(seen.questions) + 2)),
        query=urlencode({"since": about.since}) if about.since else "",
    )


@router.post("")
def tell(request: Request, told: Annotated[Told, Form()]) -> Response:
    """Keep what was told for the visit."""
    wanted = Wanted(reason=told.reason, questions=told.questions())
    show_report(request.app.state.settings.home, wanted)
    return RedirectResponse("/report", 303)


@router.get("/page")
def whole(request: Request, about: Annotated[About, Query()]) -> Response:
    """Show the whole report as the file that is sent, with a policy that allows only its style."""
    text = report_as_page(request.app.state.settings.home, about.wanted())
    style = _STYLE.search(text)
    allowed = hashlib.sha256((style[1] if style else "").encode()).digest()
    policy = _POLICY.format(hash=base64.b64encode(allowed).decode())
    return HTMLResponse(text, headers={"content-security-policy": policy})


@router.get("/files/{kind}")
def file(request: Request, kind: Kind, about: Annotated[About, Query()]) -> Response:
    """Send the report as a file; it is made for this answer and lies nowhere afterwards."""
    home, wanted = request.app.state.settings.home, about.wanted()
    day = date.today()  # noqa: DTZ011 - as the clock of this computer has it
    name = f"evenstride-report-{day}.{_ENDINGS[kind]}"
    return download(name, _writer(home, kind, wanted))


def _writer(home: Path | None, kind: Kind, wanted: Wanted) -> Callable[[Path], object]:
    if kind == "text":
        return lambda path: path.write_text(report_as_text(home, wanted), encoding="utf-8")
    return lambda path: show_report(home, replace(wanted, **{kind: path}))  # type: ignore[arg-type]
