"""Where results go: the terminal, JSON on standard output, and pages."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self, TypedDict

import click

from evenstride.cli.boundary import say
from evenstride.errors import OptionError

if TYPE_CHECKING:
    from evenstride.app.analyse import Analysed
    from evenstride.app.shown import Shown

__all__ = ["Output", "screen", "show", "somebody_is_there"]

_NARROWEST, _WIDEST = 60, 100


class Screen(TypedDict):
    """What a terminal can show."""

    width: int
    color: bool


def screen(narrowest: int = _NARROWEST) -> Screen:
    """Return the width to write for, and whether colour is welcome."""
    width = min(max(shutil.get_terminal_size((80, 24)).columns, narrowest), _WIDEST)
    return {"width": width, "color": sys.stdout.isatty() and not os.environ.get("NO_COLOR")}


def somebody_is_there() -> bool:
    """Tell whether a person reads what is printed and can answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def show(shown: Shown, *, as_json: bool) -> None:
    """Print a result as a document or in words."""
    if as_json:
        click.echo(shown.to_json())
    else:
        click.echo(shown.as_text(**screen()), nl=False)


@dataclass
class Output:
    """Shows each result in the way that was asked for.

    Attributes:
        sources: All files of this run, so that none of them is ever written over.
        as_json: Print documents instead of words.
        html: Where the page goes, or the folder for several.
        units: For words and pages.
        professional: For words and pages.
    """

    sources: Sequence[Path]
    as_json: bool
    html: Path | None
    units: Literal["metric", "imperial"]
    professional: bool
    _shown: int = field(default=0, init=False)
    _taken: set[Path] = field(default_factory=set, init=False)

    def __enter__(self) -> Self:
        if self.html:
            self._check_place(self.html)
        if self.as_json and self._several:
            click.echo("[")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.as_json and self._several and not isinstance(error, OSError):
            click.echo("]")

    @property
    def _several(self) -> bool:
        return len(self.sources) > 1

    def _check_place(self, html: Path) -> None:
        from evenstride.app.save import check_place

        if not self._several:
            check_place(html)
        elif html.exists() and not html.is_dir():
            raise OptionError(f"“{html}” is not a folder.", "Several pages need a folder.")

    def show(self, analysed: Analysed) -> None:
        """Show one result."""
        from evenstride.app.present import as_text

        if self.as_json:
            click.echo(",\n" * (self._several and self._shown > 0), nl=False)
            # A file name that is no UTF-8 becomes an escape, which JSON understands.
            click.echo(analysed.gait.to_json().encode("utf-8", "backslashreplace"))
        else:
            click.echo("\n" * (self._shown > 0), nl=False)
            text = as_text(analysed, self.units, professional=self.professional, **screen())
            click.echo(text, nl=False)
        self._shown += 1
        if self.html:
            self._write_page(analysed, self.html)

    def _write_page(self, analysed: Analysed, html: Path) -> None:
        from evenstride.app.present import as_html
        from evenstride.app.save import page_in, save_page

        path = html
        if self._several:
            path = page_in(html, analysed.recording.source, self._taken)
            self._taken.add(path)
        save_page(path, as_html(analysed, self.units, professional=self.professional))
        say(f"The page: {path}")
