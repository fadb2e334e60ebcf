"""The questions before an experiment, one page each, and how it begins.

The answers stand in the address, so that back and forward do what a person expects and nothing is
kept before the experiment begins.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import RedirectResponse, Response

from evenstride.app.trial.asking import TrialQuestion, agreement, questions_told, wish_told
from evenstride.app.trial.new import begin_trial, check_may_begin, preview_trial
from evenstride.web.page import page

__all__ = ["router"]

router = APIRouter(prefix="/experiments/new")

_WORDS = "web-experiments"
_Said = Annotated[str | None, Field(max_length=200)]


class Typed(BaseModel):
    """What was typed so far; None where it was not asked yet, empty for no."""

    model_config = ConfigDict(alias_generator=lambda name: name.replace("_", "-"))

    what_1: _Said = None
    a_1: _Said = None
    b_1: _Said = None
    what_2: _Said = None
    a_2: _Said = None
    b_2: _Said = None
    what_3: _Said = None
    a_3: _Said = None
    b_3: _Said = None
    outcome: _Said = None
    walks: _Said = None

    def said(self) -> dict[str, str]:
        """Return the answers by the names of the questions."""
        return self.model_dump(by_alias=True, exclude_none=True)


@router.get("")
def ask(request: Request, typed: Annotated[Typed, Query()]) -> Response:
    """Ask the next question, or show what the experiment would be."""
    home = request.app.state.settings.home
    check_may_begin(home)
    said = typed.said()
    found = questions_told(home, said)
    names = [question.name for question in found.before]
    before = [
        (question.ask, _says(question, found.told), _address(found.told, names[:place]))
        for place, question in enumerate(found.before)
    ]
    if found.next is not None:
        return page(
            request,
            "experiment-question",
            words=_WORDS,
            status=422 if found.problem else 200,
            question=found.next,
            typed=said.get(found.next.name, ""),
            problem=found.problem,
            told=found.told,
            before=before,
        )
    question, _ = agreement(home, "begin")
    return page(
        request,
        "experiment-preview",
        words=_WORDS,
        sheet=preview_trial(home, wish_told(found.told)).sheet,
        question=question,
        before=before,
        action=_address(found.told, names),
    )


@router.post("")
def begin(request: Request, typed: Annotated[Typed, Query()]) -> Response:
    """Begin what was shown."""
    home = request.app.state.settings.home
    found = questions_told(home, typed.said())
    if found.next is not None:
        return RedirectResponse(_address(typed.said(), list(typed.said())), 303)
    begun = begin_trial(home, wish_told(found.told), previewed=True)
    return RedirectResponse(f"/experiments/{quote(begun.document['id'], safe='')}", 303)


def _says(question: TrialQuestion, told: Mapping[str, str]) -> str:
    """Return an answer in words."""
    answer = told[question.name]
    if not answer:
        return question.nothing
    if question.name.startswith(("a-", "b-")):
        return answer
    return next(
        (says for name, says in question.choices.items() if name in (answer, f"{answer}s")), answer
    )


def _address(told: Mapping[str, str], names: list[str]) -> str:
    """Return the address of the page after these answers."""
    answers = {name: told[name] for name in names}
    return f"/experiments/new?{urlencode(answers)}" if answers else "/experiments/new"
