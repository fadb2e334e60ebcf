"""One self-contained page: no network, no script, readable on a phone, at a desk and on paper."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from evenstride import __version__
from evenstride.checkup.knowledge.sentences import in_own_words
from evenstride.report.html.figures import figures
from evenstride.report.model import WalkReport
from evenstride.report.words import GRADE_MARKS

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["environment_of_pages", "render_html", "style_of_pages"]


def render_html(report: WalkReport) -> str:
    """Return the whole page as text."""
    return (
        environment_of_pages()
        .get_template("page.html.j2")
        .render(
            report=report,
            figures=figures(report),
            marks=GRADE_MARKS,
            style=style_of_pages(),
            version=__version__,
        )
    )


def style_of_pages() -> Markup:
    """Return the style sheet that all pages share."""
    environment = environment_of_pages()
    style = environment.loader.get_source(environment, "style.css")[0] if environment.loader else ""
    return Markup(style)  # noqa: S704 - our own file


@cache
def environment_of_pages() -> Environment:
    """Return where the templates of pages are found, and how they are filled."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("evenstride.report.html", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["together"] = _together
    environment.finalize = _finalized
    return environment


def _finalized(value: Any) -> Any:
    """Turn sentences that the program put together where they are shown."""
    return in_own_words(value) if type(value) is str else value


def _together(words: str) -> str:
    """Keep a number and its short unit on one line."""
    return re.sub(r"(?<=\d) (?=(?:s|min|h)\b)", "\N{NO-BREAK SPACE}", words)
