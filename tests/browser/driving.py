"""Let a phone of Chromium feel a walk: what its sensors would read, as fast as it is walked."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import numpy as np
from playwright.sync_api import CDPSession, Page

from evenstride.model import Recording
from evenstride.model.units import STANDARD_GRAVITY_M_S2

_SENSORS = ("accelerometer", "gyroscope", "linear-acceleration", "relative-orientation")
_EVERY_S = 1 / 60


@dataclass
class Phone:
    """The sensors of a page, driven from a recording.

    Attributes:
        page: It reads the sensors.
        time_s: Seconds of the samples.
        acceleration_m_s2: With the pull of the earth.
        angular_velocity_rad_s: Turning rate.
        fed_s: Up to which second of the recording the sensors have read.

    Its angles are those of the first second of the recording, in which it is still.
    """

    page: Page
    time_s: np.ndarray
    acceleration_m_s2: np.ndarray
    angular_velocity_rad_s: np.ndarray
    fed_s: float = 0.0
    _up: np.ndarray = field(init=False)
    _read_so_far: int = 0
    _cdp: CDPSession = field(init=False)

    def __post_init__(self) -> None:
        up = self.acceleration_m_s2[self.time_s < 1.0].mean(axis=0)
        self._up = up / np.linalg.norm(up)
        self._cdp = self.page.context.new_cdp_session(self.page)
        for sensor in _SENSORS:
            self._cdp.send(
                "Emulation.setSensorOverrideEnabled",
                {
                    "enabled": True,
                    "type": sensor,
                    "metadata": {"available": True, "maximumFrequency": 60},
                },
            )

    @classmethod
    def of(cls, page: Page, recording: Recording) -> Phone:
        """Return a phone that feels what was recorded."""
        blocks = list(recording.open())
        turning = [block.angular_velocity_rad_s for block in blocks]
        assert all(one is not None for one in turning)
        return cls(
            page,
            np.concatenate([block.time_s for block in blocks]),
            np.concatenate([block.acceleration_m_s2 for block in blocks]),
            np.concatenate(turning),
        )

    def feel(self, seconds: float) -> None:
        """Read the next seconds of the recording, in the time that they last."""
        begun, first_s = time.monotonic(), self.fed_s
        while (late_s := time.monotonic() - begun) < seconds:
            self._read(first_s + late_s)
            # The page handles its own events while we wait.
            self.page.wait_for_timeout(1)
            rest_s = _EVERY_S - (time.monotonic() - begun - late_s)
            if rest_s > 0:
                time.sleep(rest_s)
        self.fed_s = first_s + seconds

    def _read(self, at_s: float) -> None:
        place = min(int(np.searchsorted(self.time_s, at_s)), len(self.time_s) - 1)
        whole, turning = self.acceleration_m_s2[place], self.angular_velocity_rad_s[place]
        up = whole / np.linalg.norm(whole)
        self._send("accelerometer", whole)
        self._send("linear-acceleration", whole - up * STANDARD_GRAVITY_M_S2)
        self._send("gyroscope", turning)
        self._read_so_far += 1
        if self._read_so_far % 6 == 0:
            self._turn(self._up + np.array([0.01 * (self._read_so_far % 12), 0.0, 0.0]))

    def _send(self, sensor: str, xyz: np.ndarray) -> None:
        x, y, z = map(float, xyz)
        self._cdp.send(
            "Emulation.setSensorOverrideReadings",
            {"type": sensor, "reading": {"xyz": {"x": x, "y": y, "z": z}}},
        )

    def _turn(self, up: np.ndarray) -> None:
        """Let the phone's own angles say which of its axes points up."""
        up = up / np.linalg.norm(up)
        z = np.array([0.0, 0.0, 1.0])
        x, y, _ = map(float, np.cross(up, z))
        w = 1.0 + float(up @ z)
        size = float(np.sqrt(x * x + y * y + w * w))
        quaternion = {"x": x / size, "y": y / size, "z": 0.0, "w": w / size}
        self._cdp.send(
            "Emulation.setSensorOverrideReadings",
            {"type": "relative-orientation", "reading": {"quaternion": quaternion}},
        )
