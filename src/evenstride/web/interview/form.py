"""A form whose fields are not known beforehand, because a page of questions is different each time.

What is sent as a file counts as not typed, and no more than a bounded length of a field is read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import Request

__all__ = ["Fields", "fields_of"]

_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Fields:
    """Every value of every field, by name."""

    all: Mapping[str, Sequence[str]]

    def one(self, name: str) -> str:
        """Return the value of a field; empty if it was not sent, or sent more than once."""
        values = self.all.get(name, ())
        return values[0] if len(values) == 1 else ""


async def fields_of(request: Request) -> Fields:
    """Return what a form sent."""
    form = await request.form()
    sent: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if isinstance(value, str):
            sent.setdefault(name, []).append(value[:_LONGEST])
    return Fields(sent)
