"""When each message was written, also where only five bits of the time stand in its header."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from evenstride.importers.fit.frames import Definition
from evenstride.importers.fit.messages import Messages
from evenstride.importers.fit.profile import TIME

__all__ = ["EPOCH_S", "times"]

EPOCH_S = 631_065_600
"""Seconds from 1970 to the begin of FIT time, the last day of 1989 (UTC)."""


def times(
    data: bytes, messages: Messages, definitions: Sequence[Definition]
) -> NDArray[np.float64]:
    """Return the FIT time of each message in seconds, NaN where it has none."""
    out = messages.column(TIME)
    short = messages.compressed()
    if not (short >= 0).any():
        return out
    places, seconds = _all_times(data, definitions)
    at = np.searchsorted(places, messages.offsets)
    at = np.minimum(at, max(len(places) - 1, 0))
    found = (short >= 0) & (places[at] == messages.offsets)
    out[found] = seconds[at][found]
    return out


def _all_times(
    data: bytes, definitions: Sequence[Definition]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the places of all messages with a time, and that time.

    A short time says the lowest five bits: it lies less than 32 s after the time before it.
    """
    places, whole, short = [], [], []
    for number in dict.fromkeys(definition.message for definition in definitions):
        messages = Messages(data, number, definitions)
        places.append(messages.offsets)
        whole.append(messages.column(TIME))
        short.append(messages.compressed())
    at, full, bits = np.concatenate(places), np.concatenate(whole), np.concatenate(short)
    keep = np.isfinite(full) | (bits >= 0)
    order = np.argsort(at[keep], kind="stable")
    at, full, bits = at[keep][order], full[keep][order], bits[keep][order]
    is_full = bits < 0
    low = np.where(is_full, np.nan_to_num(full) % 32, bits)
    step = np.where(is_full, 0, np.diff(low, prepend=low[:1]) % 32)
    since = np.cumsum(step)
    anchor = np.maximum.accumulate(np.where(is_full, np.arange(len(at)), -1))
    seconds = np.where(anchor >= 0, full[anchor] + since - since[anchor], np.nan)
    return at, seconds
