"""The check-up: one page of questions at a time, then how soon to get help and why.

The interview is kept in the diary and not in the browser. A form carries the stamp of the page that
it was made for, so a second tab, a double tap or the way back never answers another page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from evenstride.app.checkup_result import Kept, checkup_file, dialled, result_of
from evenstride.app.interview import Asking, Page
from evenstride.app.words import words_of
from evenstride.web.interview.asked import asked_of, whys_of
from evenstride.web.interview.form import Fields, fields_of
from evenstride.web.interview.replies import LEAVE, NONE, Read, read_replies
from evenstride.web.interview.sittings import Sittings
from evenstride.web.page import page
from evenstride.web.wording import Professional

__all__ = ["router"]

router = APIRouter()

_HERE, _PAGE, _RESULT = "/check-up", "/check-up/page", "/check-up/result"
_STAMP = "stamp"
_WORDS = "web-checkup"
Typed = Annotated[Fields, Depends(fields_of)]


@router.get(_HERE)
def arrive(request: Request) -> Response:
    """Show the question that is due, and around it what there is to know before one begins."""
    return _due(request, _asking(request), arriving=True)


@router.get(_PAGE)
def ask(request: Request, *, late: bool = False) -> Response:
    """Show the question that is due.

    Args:
        request: What is answered.
        late: Whether a reply came for another page.
    """
    notice = words_of(_WORDS)["late"] if late else ""
    return _due(request, _asking(request), notice=notice)


@router.post(_PAGE)
def reply(request: Request, typed: Typed) -> Response:
    """Take the replies to a page, if it is the one that is due and they can be used."""
    asking = _asking(request)
    due = _meant(asking, typed)
    if isinstance(due, Response):
        return due
    if due.optional and typed.one(LEAVE) == "end":
        return _finished(request, asking)
    left_out = due.optional and typed.one(LEAVE) == "out"
    read = Read() if left_out else read_replies(due, typed.all)
    if read.wrong:
        return _asked(request, asking, due, typed=typed.all, read=read)
    asking.reply(due, read.replies)
    _sittings(request).settle(request.state.session, asking)
    return _go_on(request, asking)


@router.post("/check-up/back")
def back(request: Request, typed: Typed) -> Response:
    """Take back the page before the one that is due."""
    asking = _asking(request)
    due = _meant(asking, typed)
    if isinstance(due, Response):
        return due
    asking.back()
    _sittings(request).settle(request.state.session, asking)
    return RedirectResponse(_PAGE, 303)


@router.post("/check-up/anew")
def begin_anew(request: Request) -> Response:
    """Drop what was left unfinished, and begin again."""
    asking = _sittings(request).asking(_home(request), request.state.session, anew=True)
    asking.keep()
    _sittings(request).settle(request.state.session, asking)
    return RedirectResponse(_PAGE, 303)


@router.post("/check-up/mistake")
def take_back(request: Request) -> Response:
    """Take back the answer that made it an emergency; later, begin again."""
    asking = _asking(request)
    if asking.page() != "emergency":
        return begin_anew(request)
    asking.take_back()
    _sittings(request).settle(request.state.session, asking)
    return RedirectResponse(_PAGE, 303)


@router.get(_RESULT)
def result(request: Request, *, professional: Professional) -> Response:
    """Show the last check-up: how soon to get help, and why."""
    kept = _last(request)
    if kept is None:
        return RedirectResponse(_HERE, 303)
    if kept.found.triage.level == "emergency_now":
        return _emergency(request, kept.found.triage.says, kept.found.triage.does, kept.country)
    found = result_of(kept, professional=professional)
    return page(
        request,
        "checkup-result",
        words=_WORDS,
        kept=kept,
        sheet=found.shown.sheet,
        level=kept.found.triage.level,
        resembles=found.resembles is not None,
        may_exercise=kept.found.may_exercise,
        numbers=dialled(kept.country),
        professional=professional,
    )


@router.get("/check-up/resembles")
def resembles(request: Request, *, professional: Professional) -> Response:
    """Show what the answers of the last check-up resemble; not while help is needed today."""
    kept = _last(request)
    found = result_of(kept, professional=professional) if kept else None
    if found is None or found.resembles is None:
        return RedirectResponse(_RESULT, 303)
    return page(
        request, "checkup-resembles", words=_WORDS, sheet=found.resembles, professional=professional
    )


@router.get("/check-up/file/{kind}")
def save(
    request: Request, kind: Literal["fhir", "text"], *, professional: Professional
) -> Response:
    """Hand on the last check-up as a file."""
    kept = _last(request)
    if kept is None:
        return RedirectResponse(_HERE, 303)
    ending, media = {"fhir": ("json", "application/fhir+json"), "text": ("txt", "text/plain")}[kind]
    name = words_of(_WORDS)["file"].format(ending=ending)
    return PlainTextResponse(
        checkup_file(kept, kind, professional=professional),
        media_type=media,
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


# ------------------------------------------------------------------------------------- what is due


def _meant(asking: Asking, typed: Fields) -> Page | Response:
    """Return the page that is due if the form was made for it; else where to go instead."""
    due = asking.page()
    if isinstance(due, Page) and typed.one(_STAMP) == asking.stamp(due):
        return due
    if not asking.was_resumed and asking.last is not None:
        return RedirectResponse(_RESULT, 303)  # sent twice: the last page is done with
    return RedirectResponse(f"{_PAGE}?late=1", 303)


def _due(request: Request, asking: Asking, *, arriving: bool = False, notice: str = "") -> Response:
    """Show what is due: a page, the emergency, or the result."""
    due = asking.page()
    if isinstance(due, Page):
        return _asked(request, asking, due, arriving=arriving, notice=notice)
    if due != "emergency":
        return _finished(request, asking)
    found = asking.keep_emergency()
    _sittings(request).settle(request.state.session, asking, found)
    return _emergency(request, found.triage.says, found.triage.does, asking.country)


def _go_on(request: Request, asking: Asking) -> Response:
    """Lead to what comes after a reply; what ends the interview is kept before it is shown."""
    due = asking.page()
    if isinstance(due, Page):
        return RedirectResponse(_PAGE, 303)
    if due != "emergency":
        return _finished(request, asking)
    _sittings(request).settle(request.state.session, asking, asking.keep_emergency())
    return RedirectResponse(_PAGE, 303)


def _finished(request: Request, asking: Asking) -> Response:
    _sittings(request).settle(request.state.session, asking, asking.finish())
    return RedirectResponse(_RESULT, 303)


def _asked(
    request: Request,
    asking: Asking,
    due: Page,
    *,
    arriving: bool = False,
    notice: str = "",
    typed: Mapping[str, Sequence[str]] | None = None,
    read: Read | None = None,
) -> Response:
    wrong = read.wrong if read else {}
    more: dict[str, Any] = {
        "asked": asked_of(due, asking, typed, wrong),
        "whys": whys_of(due, asking),
        "place": asking.place(due),
        "before_tests": asking.before_tests(due),
        "can_end": asking.first_optional(due),
        "is_first": not asking.interview.steps,
        "numbers": dialled(asking.country),
        "unkept": asking.shelf.problem or _sittings(request).problem(request.state.session),
    }
    return page(
        request,
        "checkup",
        status=422 if wrong else 200,
        words=_WORDS,
        due=due,
        asking=asking,
        wording=asking.known.wording,
        stamp=asking.stamp(due),
        arriving=arriving,
        notice=notice,
        wrong=wrong,
        no_button=NONE,
        leave=LEAVE,
        **more,
    )


def _emergency(request: Request, says: str, does: str, country: str) -> Response:
    numbers = dialled(country)
    return page(request, "emergency", words=_WORDS, says=says, does=does, numbers=numbers)


def _asking(request: Request) -> Asking:
    return _sittings(request).asking(_home(request), request.state.session)


def _last(request: Request) -> Kept | None:
    return _sittings(request).result(_home(request), request.state.session)


def _sittings(request: Request) -> Sittings:
    found: Sittings = request.app.state.sittings
    return found


def _home(request: Request) -> Any:
    return request.app.state.settings.home
