"""The language of the moment: in which words results are told, never what they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any, ParamSpec, TypeVar

__all__ = ["ENGLISH", "language", "per_language", "speaking"]

ENGLISH = "en"
"""The language that everything is written in first, and that stands in for what is missing."""

P = ParamSpec("P")
T = TypeVar("T")

_told: ContextVar[str] = ContextVar("language", default="")


def language() -> str:
    """Return the code of the language of the moment, such as "de"."""
    return _told.get() or ENGLISH


@contextmanager
def speaking(code: str, *, unless_told: bool = False) -> Iterator[None]:
    """Tell everything inside in a language.

    Args:
        code: Of the language; empty: whatever it was before.
        unless_told: Do nothing if somebody outside said a language already.
    """
    if not code or (unless_told and _told.get()):
        yield
        return
    token = _told.set(code)
    try:
        yield
    finally:
        _told.reset(token)


def per_language(build: Callable[P, T]) -> Callable[P, T]:
    """Keep what a function returns, for each language and each set of arguments.

    Args:
        build: Reads words or knowledge; its arguments can be hashed.
    """

    @cache
    def kept(code: str, arguments: tuple[Any, ...], named: tuple[tuple[str, Any], ...]) -> T:
        with speaking(code):
            return build(*arguments, **dict(named))

    def of_the_moment(*arguments: P.args, **named: P.kwargs) -> T:
        return kept(language(), arguments, tuple(named.items()))

    of_the_moment.__doc__, of_the_moment.__name__ = build.__doc__, build.__name__
    return of_the_moment
