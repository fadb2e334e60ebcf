"""A sheet: what is shown of a result in words, whatever medium shows it."""

from __future__ import annotations

from dataclasses import dataclass

from evenstride.checkup.knowledge.sentences import in_own_words

__all__ = ["Section", "Sheet", "Table"]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows below column titles; the first column names the row."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, sentences, a list and a table below them, each of which may be left out."""

    title: str
    sentences: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    table: Table | None = None

    @property
    def says_something(self) -> bool:
        """Whether there is anything below the heading."""
        return bool(self.sentences or self.points or (self.table and self.table.rows))

    def in_own_words(self) -> Section:
        """Return it in the language of the moment, also where the program put words together."""
        table = self.table and Table(
            _said(self.table.columns), tuple(_said(row) for row in self.table.rows)
        )
        return Section(in_own_words(self.title), _said(self.sentences), _said(self.points), table)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that is shown of a result, in order.

    Attributes:
        headline: The answer.
        action: What to do now; may be empty.
        sections: The rest.
        footer: What it is not, and what it rests on.
    """

    headline: str
    action: str = ""
    sections: tuple[Section, ...] = ()
    footer: tuple[str, ...] = ()

    def in_own_words(self) -> Sheet:
        """Return it in the language of the moment, also where the program put words together."""
        return Sheet(
            in_own_words(self.headline),
            in_own_words(self.action),
            tuple(section.in_own_words() for section in self.sections),
            _said(self.footer),
        )


def _said(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(in_own_words(text) for text in texts)
