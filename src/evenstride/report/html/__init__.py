"""One self-contained page: no network, no script, readable on a phone, at a desk and on paper."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from evenstride import __version__
from evenstride.report.html.figures import figures
from evenstride.report.model import WalkReport
from evenstride.report.words import GRADE_MARKS

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["render_html"]


def render_html(report: WalkReport) -> str:
    """Return the whole page as text."""
    environment = _environment()
    style = environment.loader.get_source(environment, "style.css")[0] if environment.loader else ""
    return environment.get_template("page.html.j2").render(
        report=report,
        figures=figures(report),
        marks=GRADE_MARKS,
        style=Markup(style),  # noqa: S704 - our own file
        version=__version__,
    )


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("evenstride.report.html", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["together"] = _together
    return environment


def _together(words: str) -> str:
    """Keep a number and its short unit on one line."""
    return re.sub(r"(?<=\d) (?=(?:s|min|h)\b)", "\N{NO-BREAK SPACE}", words)
