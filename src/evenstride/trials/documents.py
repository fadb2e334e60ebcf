"""Designs, logs and results <-> plain values that the diary keeps and ``--json`` prints."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from evenstride.errors import DiaryError, OptionError
from evenstride.trials.design import Design, Factor, plan_trial
from evenstride.trials.entries import LoggedWalk
from evenstride.trials.links import Link
from evenstride.trials.nouns import Answer, TrialResult
from evenstride.trials.outcomes import UNITS
from evenstride.trials.power import Need
from evenstride.trials.trend import TrendReport
from evenstride.trials.words import BANDS

__all__ = [
    "design_document",
    "design_of",
    "links_document",
    "log_document",
    "log_of",
    "need_document",
    "result_document",
    "trend_document",
]

_DESIGN = "evenstride/trial-design/1"
_HINT = "Restore it from a backup, or begin a new trial."


def design_document(design: Design) -> dict[str, Any]:
    """Return a design as the document "evenstride/trial-design/1".

    ``checksum`` is the SHA-256 of all else, so that a design that was changed on the way, and
    with it the meaning of every walk, does not pass for the one that was fixed.
    """
    document = {"schema": _DESIGN} | _plain(asdict(design))
    return document | {"checksum": _checksum(document)}


def design_of(document: Mapping[str, Any]) -> Design:
    """Return the design that a document holds.

    Raises:
        DiaryError: It is not such a document, or not the one that was written.
    """
    told = dict(document)
    checksum = told.pop("checksum", None)
    if told.get("schema") != _DESIGN:
        raise DiaryError("This is not the design of a trial.", _HINT)
    if checksum != _checksum(told):
        raise DiaryError("The design of this trial was changed after it was fixed.", _HINT)
    try:
        factors = [Factor(one["kind"], _pair(one["arms"])) for one in told["factors"]]
        design = plan_trial(
            factors, seed=told["seed"], outcome=told["outcome"], walks=told["walks"]
        )
    except (KeyError, TypeError, ValueError, OptionError) as error:
        raise DiaryError("The design of this trial cannot be used.", _HINT) from error
    if design_document(design) != document:
        raise DiaryError("The design of this trial holds what does not belong there.", _HINT)
    return design


def log_document(log: Sequence[LoggedWalk]) -> list[dict[str, Any]]:
    """Return the log of a trial as plain values, one for each walk."""
    return [_plain(asdict(line)) for line in log]


def log_of(lines: Sequence[Mapping[str, Any]]) -> tuple[LoggedWalk, ...]:
    """Return the log that plain values hold.

    Raises:
        DiaryError: They are not a log.
    """
    try:
        log = tuple(
            LoggedWalk(
                line["outing"],
                line["start_utc_ns"],
                None if line["done"] is None else tuple(line["done"]),
            )
            for line in lines
        )
    except (KeyError, TypeError) as error:
        raise DiaryError("The log of this trial cannot be read.", _HINT) from error
    whole = all(
        type(line.outing) is str
        and type(line.start_utc_ns) is int
        and all(type(arm) is int and arm in (0, 1) for arm in line.done or ())
        for line in log
    )
    if not whole or log_document(log) != list(lines):
        raise DiaryError("The log of this trial holds what does not belong there.", _HINT)
    return log


def result_document(result: TrialResult) -> dict[str, Any]:
    """Return a result as the document "evenstride/trial/1"; absent values are null."""
    return {
        "schema": "evenstride/trial/1",
        "unit": UNITS[result.design.outcome],
        **_plain(asdict(result)),
        "as_assigned": _answer(result.as_assigned),
        "as_done": _answer(result.as_done),
    }


def need_document(need: Need) -> dict[str, Any]:
    """Return how many walks are needed as plain values."""
    return _plain(asdict(need))


def links_document(links: Sequence[Link]) -> dict[str, Any]:
    """Return links as the document "evenstride/links/1"."""
    return {"schema": "evenstride/links/1", "links": [_plain(asdict(link)) for link in links]}


def trend_document(report: TrendReport) -> dict[str, Any]:
    """Return a trend report as the document "evenstride/trend/1"."""
    return {"schema": "evenstride/trend/1"} | _plain(asdict(report))


def _answer(answer: Answer | None) -> dict[str, Any] | None:
    """Return an answer with its bands by name and its pairs as what they are."""
    if answer is None:
        return None
    document = _plain(asdict(answer))
    document["trend"] = dict(zip(("mean", "sd"), answer.trend, strict=True))
    for plain, effect in zip(document["effects"], answer.effects, strict=True):
        plain["bands"] = dict(zip(BANDS, effect.bands, strict=True))
        if effect.ratio is not None:
            plain["ratio"] = dict(zip(("value", "low", "high"), effect.ratio, strict=True))
    return document


def _pair(arms: Sequence[object]) -> tuple[str, str]:
    """Return the two arms of a factor."""
    a, b = arms
    if not (isinstance(a, str) and isinstance(b, str)):
        raise TypeError("a name is a text")
    return a, b


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Return values as they are after a round trip through JSON: lists for tuples."""
    plain: dict[str, Any] = json.loads(json.dumps(values, allow_nan=False))
    return plain


def _checksum(document: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a document, whatever the order of its keys."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()
