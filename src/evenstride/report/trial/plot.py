"""The picture of a self-experiment: its walks, how far apart the two ways are, and how likely that.

One SVG file of its own that follows light and dark screens. A and B differ by shape, not only by
colour, and the description says in words all that is drawn.
"""

from __future__ import annotations

import textwrap

from markupsafe import Markup, escape

from evenstride.report.html.svg import element, text
from evenstride.report.screens import screen_words
from evenstride.report.trial.answer import percent, size_said
from evenstride.report.trial.plot_parts import Room, factor_parts
from evenstride.trials import Effect, TrialResult
from evenstride.trials.words import BANDS

__all__ = ["trial_drawing", "trial_plot"]

_WIDE = Room(760.0, 56.0, 744.0, 160.0, 680.0, headline=72, letters=94, note=100)
_NARROW = Room(400.0, 30.0, 396.0, 112.0, 340.0, headline=36, letters=40, note=56)
_STYLE = """
svg.trial{font:14px system-ui,-apple-system,"Segoe UI",sans-serif;color:currentColor}
svg.trial:root{color:#1c2530;background:#fff}
@media (prefers-color-scheme:dark){svg.trial:root{color:#e7ebf0;background:#12171d}}
.trial text{fill:currentColor}
.trial .says{font-size:17px;font-weight:600}
.trial .head{font-weight:600}
.trial .small{font-size:12px;opacity:.75}
.trial .grid{stroke:currentColor;stroke-opacity:.16}
.trial .zero{stroke:currentColor;stroke-opacity:.6}
.trial .a{fill:none;stroke:currentColor;stroke-width:1.8}
.trial .b{fill:#2f7fd0;stroke:#2f7fd0;stroke-width:1.8}
.trial .ring{fill:none;stroke:currentColor;stroke-dasharray:2 2}
.trial .missing{stroke:currentColor;stroke-opacity:.6;stroke-width:2}
.trial .interval{stroke:#2f7fd0;stroke-width:5;stroke-linecap:round}
.trial .bar{fill:#2f7fd0}
.trial .rail{fill:currentColor;fill-opacity:.08}
"""


def trial_plot(result: TrialResult, mark: str = "") -> str:
    """Return the picture of an answer as an SVG file that brings its own colours.

    Args:
        result: Of a look, with an answer.
        mark: What has to be said of the diary it comes from; may be empty.

    Raises:
        ValueError: If there is no answer.
    """
    style = element("style", Markup(_STYLE))  # noqa: S704 - fixed text
    return f"{_picture(result, mark, _WIDE, style)}\n"


def trial_drawing(result: TrialResult, mark: str = "") -> Markup:
    """Return the same for a page, as narrow as a phone; the page has the colours.

    Raises:
        ValueError: If there is no answer.
    """
    return _picture(result, mark, _NARROW)


def _picture(result: TrialResult, mark: str, room: Room, *style: Markup) -> Markup:
    if result.as_assigned is None:
        raise ValueError("There is no answer to draw.")
    effects = result.as_assigned.effects
    parts: list[Markup] = []
    top = 0.0
    for factor in range(len(effects)):
        drawn, top = factor_parts(room, result, factor, top + 12)
        parts += drawn
    for note in filter(None, (*result.cautions[:1], mark)):
        for says in textwrap.wrap(note, room.note):
            top += 18
            parts.append(text(room.left, top, says, "small"))
    described = " ".join(_described(effect, result) for effect in effects)
    return element(
        "svg",
        element("title", escape(" ".join(effect.sentence for effect in effects)), id="trial-title"),
        element("desc", escape(described), id="trial-desc"),
        *style,
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {room.width:g} {top + 14:g}",
        role="img",
        aria_labelledby="trial-title trial-desc",
        class_="trial",
    )


def _described(effect: Effect, result: TrialResult) -> str:
    words = screen_words("trial")["plot"]
    bands = ", ".join(
        words["band"].format(band=band, share=percent(share))
        for band, share in zip(BANDS, effect.bands, strict=True)
    )
    return str(
        words["desc"].format(
            sentence=effect.sentence,
            size=size_said(effect, result.design.outcome),
            bands=bands,
            cautions=" ".join(result.cautions[:1]),
        )
    )
