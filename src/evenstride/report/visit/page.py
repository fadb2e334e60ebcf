"""The report as one self-contained page: no script, nothing from elsewhere."""

from __future__ import annotations

from evenstride.report.html import environment_of_pages, style_of_pages
from evenstride.report.screens import screen_words
from evenstride.report.visit.nouns import FOREMOST, Visit
from evenstride.report.visit.picture import weeks_plot

__all__ = ["render_page"]


def render_page(visit: Visit) -> str:
    """Return the whole page as text."""
    words = screen_words("report")
    return (
        environment_of_pages()
        .get_template("visit.html.j2")
        .render(
            visit=visit,
            foremost=FOREMOST,
            picture=weeks_plot(visit.picture) if visit.picture else "",
            says=visit.picture.says if visit.picture else "",
            style=style_of_pages(),
            skip=words["skip"],
            numbers=words["as_table"],
            about=words["more"]["about"],
        )
    )
