"""Fill a template: what every page has around its own part."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from evenstride import __version__
from evenstride.app.languages import language
from evenstride.app.words import in_own_words, words_of
from evenstride.web.assets import VERSION_HEADER
from evenstride.web.assets import version as asset_version
from evenstride.web.commands import pieces
from evenstride.web.guard.tokens import FORM_FIELD, HEADER, form_token

__all__ = ["page"]

_TEMPLATES = Path(__file__).parent / "templates"


def page(
    request: Request, name: str, /, *, status: int = 200, words: str = "app", **more: Any
) -> HTMLResponse:
    """Return a page.

    Args:
        request: What is answered.
        name: Of the template, without its ending.
        status: Of the answer.
        words: Which words of ``knowledge/screens`` the template gets as ``words``.
        **more: What else the template gets.
    """
    session = request.state.session
    filled = (
        _environment()
        .get_template(f"{name}.html.j2")
        .render(
            around=words_of("app"),
            words=words_of(words),
            language=language(),
            path=request.url.path,
            paired=bool(session),
            token=form_token(session) if session else "",
            token_field=FORM_FIELD,
            token_header=HEADER,
            version=__version__,
            **more,
        )
    )
    return HTMLResponse(filled, status, {VERSION_HEADER: asset_version()})


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["pieces"] = pieces
    environment.finalize = _in_own_words
    return environment


def _in_own_words(value: Any) -> Any:
    """Turn sentences that the program put together where they are shown."""
    return in_own_words(value) if type(value) is str else value
