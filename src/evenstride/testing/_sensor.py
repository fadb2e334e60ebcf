"""The recording device of the simulator: when it samples, what it adds, how it stamps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from evenstride.errors import OptionError
from evenstride.model import Placement, Recording
from evenstride.model.units import DEGREE_RAD, STANDARD_GRAVITY_M_S2
from evenstride.testing._movement import SHAPES, Floats

__all__ = ["Sensor", "random_rotation", "record", "require", "sampling_times"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sensor:
    """What records the walk, and how badly.

    Attributes:
        placement: Where it is worn; the recording is told so only if ``tell_placement``.
        tell_placement: Whether the recording knows its placement.
        rate_hz: True sampling rate, 5 to 1000 Hz.
        rotation: (3, 3) rotation from body axes (forward, left, up) to sensor axes; None is none.
        jitter_s: Standard deviation of the sampling times.
        lost_fraction: Share of the samples lost, in bursts.
        lost_burst_s: Mean length of such a burst.
        gaps_s: (start, end) of stretches without samples.
        delivery_s: Samples arrive in packets of this length that share one time stamp; 0 = not.
        stamp_step_s: Time stamps are rounded down to this step; 0 = not.
        noise_m_s2: Noise of the accelerometer, per sample.
        noise_rad_s: Noise of the gyroscope, per sample.
        gyroscope: Whether there is one.
        gravity_included: False for "linear acceleration".
        units: "SI", or "g" for g and degrees per second.
    """

    placement: Placement = "lower back"
    tell_placement: bool = False
    rate_hz: float = 100.0
    rotation: NDArray[np.float64] | None = None
    jitter_s: float = 0.0
    lost_fraction: float = 0.0
    lost_burst_s: float = 0.05
    gaps_s: tuple[tuple[float, float], ...] = ()
    delivery_s: float = 0.0
    stamp_step_s: float = 0.0
    noise_m_s2: float = 0.05
    noise_rad_s: float = 0.005
    gyroscope: bool = True
    gravity_included: bool = True
    units: Literal["SI", "g"] = "SI"

    def __post_init__(self) -> None:
        require(5 <= self.rate_hz <= 1000, "The rate must lie between 5 and 1000 Hz.")
        require(0 <= self.lost_fraction < 0.9, "The lost fraction must lie between 0 and 0.9.")
        require(self.placement in SHAPES, f"Walking at the {self.placement} is not simulated.")


def random_rotation(seed: int) -> Floats:
    """Return a rotation matrix (3, 3) drawn evenly from all rotations."""
    q, r = np.linalg.qr(np.random.default_rng(seed).normal(size=(3, 3)))
    q = q * np.sign(np.diag(r))
    return np.asarray(q * np.linalg.det(q), dtype=np.float64)


def require(condition: bool, sentence: str) -> None:
    """Raise an OptionError with the sentence unless the condition holds."""
    if not condition:
        raise OptionError(sentence)


def sampling_times(duration_s: float, sensor: Sensor, rng: np.random.Generator) -> Floats:
    """Return when samples were taken: jitter, lost packets and gaps included."""
    count = int(duration_s * sensor.rate_hz)
    require(count >= 2, "The script is too short for a recording.")
    interval_s = 1 / sensor.rate_hz
    late = np.clip(rng.normal(0, sensor.jitter_s, count), -0.4 * interval_s, 0.4 * interval_s)
    time_s = (np.arange(count) + 0.5) * interval_s + late
    kept = np.ones(count, dtype=bool)
    if sensor.lost_fraction:
        length = max(sensor.lost_burst_s * sensor.rate_hz, 1.0)
        bursts = rng.poisson(count * -np.log1p(-sensor.lost_fraction) / length)
        starts = rng.integers(0, count, bursts)
        edges = np.zeros(count + 1)
        np.add.at(edges, starts, 1)
        ends = np.minimum(starts + rng.geometric(1 / length, bursts), count)
        np.add.at(edges, ends, -1)
        kept = np.cumsum(edges)[:-1] <= 0
    for start_s, end_s in sensor.gaps_s:
        kept &= (time_s < start_s) | (time_s >= end_s)
    kept[[0, -1]] = True
    return np.asarray(time_s[kept])


def record(
    time_s: Floats, force: Floats, rate: Floats, sensor: Sensor, rng: np.random.Generator
) -> Recording:
    """Add noise, units and the faults of time stamps."""
    force = force + rng.normal(0, sensor.noise_m_s2, force.shape)
    rate = rate + rng.normal(0, sensor.noise_rad_s, rate.shape)
    if sensor.delivery_s:
        time_s = np.ceil(time_s / sensor.delivery_s) * sensor.delivery_s
    if sensor.stamp_step_s:
        time_s = np.floor(time_s / sensor.stamp_step_s) * sensor.stamp_step_s
    in_g = sensor.units == "g"
    return Recording.from_arrays(
        time_s=time_s,
        acceleration_m_s2=force / (STANDARD_GRAVITY_M_S2 if in_g else 1.0),
        angular_velocity_rad_s=rate / (DEGREE_RAD if in_g else 1.0) if sensor.gyroscope else None,
        placement=sensor.placement if sensor.tell_placement else None,
        gravity_included=sensor.gravity_included,
    )
