"""The files of the questionnaires, read once, when they are first needed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from evenstride.checkup.instruments.nouns import (
    BandCut,
    ChangeThatMatters,
    Choice,
    Instrument,
    Item,
    Licence,
    Span,
    Weak,
)
from evenstride.checkup.knowledge import documents

__all__ = ["instruments"]


@lru_cache(maxsize=1)
def instruments() -> Mapping[str, Instrument]:
    """Return every questionnaire by its id, in the order of the ids."""
    loaded = (_instrument(data) for data in documents("instruments").values())
    return MappingProxyType({one.id: one for one in sorted(loaded, key=lambda one: one.id)})


def _instrument(data: Mapping[str, Any]) -> Instrument:
    scoring, missing = data["scoring"], data["missing"]
    change, weak, span = data["change"], data["weak"], data["range"]
    words = ("rule", "mark", "note")
    return Instrument(
        id=data["id"],
        name=data["name"],
        clinical=data["clinical"],
        measures=data["measures"],
        licence=Licence(**data["licence"]),
        source=data["source"]["text"],
        doi=data["source"]["doi"],
        source_mark=data["source"]["mark"],
        reviewed_by=tuple(data["reviewed_by"]),
        span=Span(**span) if span else None,
        rule=scoring["rule"],
        settings=MappingProxyType({k: v for k, v in scoring.items() if k not in words}),
        rule_mark=scoring["mark"],
        rule_note=scoring.get("note", ""),
        items=_items(data["items"]),
        most_missing=missing["most"],
        when_missing=missing["then"],
        missing_mark=missing["mark"],
        change=ChangeThatMatters(**{"absolute_up_to": None, **change}) if change else None,
        weak=Weak(**weak) if weak else None,
        bands=tuple(BandCut(**{"above": None, "at_least": None, **b}) for b in data["bands"]),
        open=tuple(data["open"]),
    )


def _items(data: Any) -> tuple[Item, ...]:
    if isinstance(data, Mapping):
        return tuple(Item(str(n), data["kind"]) for n in range(1, data["count"] + 1))
    return tuple(_item(one) for one in data)


def _item(data: Mapping[str, Any]) -> Item:
    choices = tuple(Choice(name, **one) for name, one in data.get("choices", {}).items())
    return Item(**{**data, "choices": choices})
