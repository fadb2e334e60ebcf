"""Links from one page to what stands on another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tools.knowledge_pages.markdown import slug

from evenstride.checkup.knowledge import Cause, Knowledge
from evenstride.checkup.logic import Atom, Condition
from evenstride.checkup.words import in_words


def to_rule(name: str) -> str:
    """Return a link to a rule."""
    return f"[{name}](rules.md#{slug(name)})"


def to_question(name: str) -> str:
    """Return a link to a question."""
    return f"[{name}](questions.md#{slug(name)})"


def to_cause(cause: Cause) -> str:
    """Return a link to a cause."""
    return f"[{cause.name}](causes.md#{slug(cause.name)})"


def to_entry(entry: Mapping[str, Any]) -> str:
    """Return a link to a point of the article."""
    return f"[{entry['topic']}](article.md#{slug(entry['topic'])})"


def to_source(name: str) -> str:
    """Return a link to a source."""
    return f"[{name}](sources.md#{slug(name)})"


def to_sources(names: Iterable[str], mark: str) -> str:
    """Return links to sources, and how sure we are of what they are to show."""
    return f"{', '.join(to_source(name) for name in names)} ({mark})"


def linked(condition: Condition, known: Knowledge) -> str:
    """Return a condition in words, with a link to each question."""

    def with_link(atom: Atom, words: str) -> str:
        return f"{words} ({to_question(atom.finding)})"

    return in_words(condition, known, with_link)
