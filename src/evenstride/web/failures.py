"""What is answered when something cannot be done: a sentence and what to do, never a traceback."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import HTTPException, Request
from fastapi.exceptions import RequestValidationError
from starlette.responses import JSONResponse, Response

from evenstride.app.words import in_own_words, words_of
from evenstride.errors import DiaryError, EvenstrideError, MissingExtra
from evenstride.web.page import page

__all__ = ["answers_to_failures"]


def answers_to_failures() -> dict[int | type[Exception], Callable[[Request, Any], Any]]:
    """Return who answers to which error."""
    return {
        EvenstrideError: _ours,
        RequestValidationError: _invalid,
        HTTPException: _http,
        404: _unknown,
        405: _not_so,
    }


def _ours(request: Request, error: EvenstrideError) -> Response:
    status = 500 if isinstance(error, DiaryError | MissingExtra) else 422
    return problem(request, status, error.sentence, error.hint)


def _invalid(request: Request, error: RequestValidationError) -> Response:
    places = {".".join(map(str, one["loc"][1:])) for one in error.errors()}
    words = words_of("app")["failures"]
    return problem(request, 422, words["invalid"].format(places=", ".join(sorted(places))))


def _http(request: Request, error: HTTPException) -> Response:
    found = problem(request, error.status_code, str(error.detail))
    found.headers.update(error.headers or {})
    return found


def _unknown(request: Request, error: HTTPException) -> Response:
    del error
    return problem(request, 404, words_of("app")["failures"]["unknown"])


def _not_so(request: Request, error: HTTPException) -> Response:
    found = problem(request, 405, words_of("app")["failures"]["not_so"])
    found.headers.update(error.headers or {})
    return found


def problem(request: Request, status: int, sentence: str, hint: str = "") -> Response:
    """Return a problem as a page, or as a document for a script."""
    if request.url.path.startswith("/api/"):
        said = {"problem": in_own_words(sentence), "hint": in_own_words(hint)}
        return JSONResponse(said, status)
    return page(request, "problem", status=status, sentence=sentence, hint=hint)
