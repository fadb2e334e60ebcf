"""A sheet: what is shown of a result in words, whatever medium shows it."""

from __future__ import annotations

from dataclasses import dataclass

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
