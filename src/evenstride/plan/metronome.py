"""A sound file with one click for each step, for walking at a planned cadence."""

from __future__ import annotations

import math
import wave
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path
from sys import byteorder
from typing import IO

from evenstride.errors import OptionError

__all__ = ["RATE_HZ", "click_times_s", "write_metronome"]

RATE_HZ = 8000
_CLICK_S = 0.03
_CLICK_HZ = 1000.0
_LOUDNESS = 0.6
_DECAY_S = 0.008
_SLOWEST_SPM, _FASTEST_SPM = 30, 240
_LONGEST_MIN = 240.0


def write_metronome(target: str | Path | IO[bytes], track: Sequence[tuple[float, float]]) -> None:
    """Write a track as mono 16-bit WAV, second by second: memory does not grow with its length.

    Args:
        target: A path, or an open binary file; it need not be able to go back.
        track: (minutes, steps per minute) of each stretch, in order.

    Raises:
        OptionError: If it is empty, longer than four hours, or a cadence is not 30 to 240.
    """
    total = _samples(track)
    name = str(target) if isinstance(target, Path) else target
    with wave.open(name, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE_HZ)
        sound.setnframes(total)  # known beforehand, so the head is never written again
        for block in _blocks(track, total):
            sound.writeframesraw(block)


def click_times_s(track: Sequence[tuple[float, float]]) -> Iterator[float]:
    """Yield when each click begins, in seconds from the start."""
    starts_s = 0.0
    for minutes, spm in track:
        interval_s, number = 60.0 / spm, 0
        while (within_s := number * interval_s) < minutes * 60.0 - 1e-9:
            yield starts_s + within_s
            number += 1
        starts_s += minutes * 60.0


def _samples(track: Sequence[tuple[float, float]]) -> int:
    minutes = math.fsum(part for part, _ in track)
    if not all(part > 0 for part, _ in track) or not 0 < minutes <= _LONGEST_MIN:
        raise OptionError("A metronome track lasts up to four hours.", "Check the minutes.")
    if not all(_SLOWEST_SPM <= spm <= _FASTEST_SPM for _, spm in track):
        raise OptionError("Steps per minute lie between 30 and 240.", "Check the cadence.")
    return round(minutes * 60 * RATE_HZ)


def _blocks(track: Sequence[tuple[float, float]], total: int) -> Iterator[bytes]:
    """Yield the sound between the clicks and the clicks; each block is one step long at most."""
    click, silence = _click(), bytes(2 * RATE_HZ)
    written = 0
    for start_s in click_times_s(track):
        wanted = min(round(start_s * RATE_HZ), total)
        while written < wanted:
            quiet = min(wanted - written, RATE_HZ)
            yield silence[: 2 * quiet]
            written += quiet
        loud = click[: 2 * (total - written)]
        yield loud
        written += len(loud) // 2
    while written < total:
        quiet = min(total - written, RATE_HZ)
        yield silence[: 2 * quiet]
        written += quiet


def _click() -> bytes:
    """Return a short tone that fades; WAV is little-endian."""
    samples = array("h")
    for number in range(round(_CLICK_S * RATE_HZ)):
        time_s = number / RATE_HZ
        tone = math.sin(2 * math.pi * _CLICK_HZ * time_s) * math.exp(-time_s / _DECAY_S)
        samples.append(round(_LOUDNESS * 32767 * tone))
    if byteorder == "big":
        samples.byteswap()
    return samples.tobytes()
