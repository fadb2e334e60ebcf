"""An hour as people live it, made of real walking and made-up rest, and an hour of walking only.

Walking is cut from the trials of H (first to last event) and strung together; rest is the sensor
lying still with its own noise, at several orientations, with small shifts now and then.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from scipy.spatial.transform import Rotation

from validation.datasets import Floats, Signal, Walk
from validation.signals import evenly

__all__ = ["RATE_HZ", "day_mix", "repeated", "walking_only"]

RATE_HZ = 100.0
WALKING_SHARE = 0.28
_BOUT_S = (5.0, 8.0, 120.0)  # shortest, median and longest stretch of walking
_BOUT_SPREAD = 0.7  # of the logarithm: most walking of a day comes in short stretches
_G = 9.81


def day_mix(walks: Sequence[Walk], hours: float, seed: int = 1) -> Signal:
    """Return ``hours`` of acceleration and turning rate, 28 % of it walking in short stretches."""
    rng = np.random.default_rng(seed)
    pieces = [_walking_of(walk) for walk in walks]
    out: list[Floats] = []
    total = walked = 0
    wanted = round(hours * 3600 * RATE_HZ)
    while total < wanted:
        if walked <= WALKING_SHARE * total:
            length = float(
                np.clip(rng.lognormal(np.log(_BOUT_S[1]), _BOUT_SPREAD), _BOUT_S[0], _BOUT_S[2])
            )
            piece = _strung(pieces[int(rng.integers(len(pieces)))], round(length * RATE_HZ))
            walked += len(piece)
        else:
            piece = _rest(round(float(rng.uniform(5.0, 45.0)) * RATE_HZ), rng)
        out.append(piece)
        total += len(piece)
    return _signal(np.concatenate(out)[:wanted])


def walking_only(walks: Sequence[Walk], hours: float) -> Signal:
    """Return ``hours`` of walking without a pause, one person after another."""
    every = np.concatenate([_strung(_walking_of(walk), round(60 * RATE_HZ)) for walk in walks])
    return _signal(_strung(every, round(hours * 3600 * RATE_HZ)))


def repeated(signal: Signal, hours: int, block_s: float = 600.0) -> Iterator[Signal]:
    """Yield an hour over and over in short blocks, as a file reader would."""
    rows = round(block_s * RATE_HZ)
    count = signal.time_s.size
    for hour in range(hours):
        start_s = hour * count / RATE_HZ
        for begin in range(0, count, rows):
            part = slice(begin, begin + rows)
            angular = signal.angular_velocity_rad_s
            yield Signal(
                signal.time_s[part] + start_s,
                signal.acceleration_m_s2[part],
                None if angular is None else angular[part],
            )


def _walking_of(walk: Walk) -> Floats:
    if walk.reference is None:
        raise ValueError("walking is cut out by the reference events")
    signal = evenly(walk.signal, RATE_HZ)
    start, end = walk.reference.gait_s[0]
    keep = (signal.time_s >= start) & (signal.time_s <= end)
    angular = signal.angular_velocity_rad_s
    if angular is None:
        raise ValueError("the trials of H have a gyroscope")
    return np.hstack([signal.acceleration_m_s2[keep], angular[keep]])


def _strung(piece: Floats, count: int) -> Floats:
    return np.tile(piece, (-(-count // len(piece)), 1))[:count]


def _rest(count: int, rng: np.random.Generator) -> Floats:
    """Return a still sensor that shifts a little every few seconds."""
    turned = Rotation.from_rotvec(rng.normal(0.0, 0.5, 3)).apply([_G, 0.0, 0.0])
    rest = np.hstack([np.tile(turned, (count, 1)), np.zeros((count, 3))])
    rest += rng.normal(0.0, [0.03] * 3 + [0.01] * 3, (count, 6))
    for centre in rng.integers(0, count, max(1, count // 1500)):
        width = int(rng.integers(20, 80))
        shape = np.exp(-0.5 * ((np.arange(count) - centre) / width) ** 2)
        rest += shape[:, None] * rng.normal(0.0, [1.0] * 3 + [0.5] * 3)
    return rest


def _signal(values: Floats) -> Signal:
    return Signal(np.arange(len(values)) / RATE_HZ, values[:, :3].copy(), values[:, 3:].copy())
