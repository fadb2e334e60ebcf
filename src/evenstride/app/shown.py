"""What a use case hands to a skin: a document for programs and a sheet for people."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evenstride.report.sheet import Sheet

__all__ = ["Shown"]


@dataclass(frozen=True, slots=True)
class Shown:
    """The result of a use case.

    Attributes:
        document: Plain values, with a ``schema`` "evenstride/NAME/1".
        sheet: The same in words.
    """

    document: Mapping[str, Any]
    sheet: Sheet

    def to_json(self, indent: int | None = 2) -> str:
        """Return the document as text."""
        return json.dumps(self.document, indent=indent, ensure_ascii=False, allow_nan=False)

    def as_text(self, *, width: int, color: bool) -> str:
        """Return the sheet for a terminal."""
        from evenstride.report.sheet_text import render_sheet

        return render_sheet(self.sheet, width=width, color=color)
