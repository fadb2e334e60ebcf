"""Made-up files in the formats that people have: a sensor that sways, no one's data."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from evenstride.importers.own_motion import MotionFacts, motion_pieces
from evenstride.model import Start

G = 9.80665
T0 = 1_700_000_000.0  # 2023-11-14 22:13:20 UTC


class Walk:
    """Stamps and values of a swaying sensor; rows in ``missing`` were never written."""

    def __init__(
        self, seconds: float, missing: tuple[float, float] | None = None, rate_hz: float = 100.0
    ) -> None:
        count = np.arange(round(seconds * rate_hz) + 1)
        if missing is not None:
            t = count / rate_hz
            count = count[(t <= missing[0]) | (t >= missing[1])]
        self.count = count
        self.t = count / rate_hz
        sway = np.sin(2 * np.pi * 1.8 * self.t[:, None] + np.array([0.0, 1.0, 2.0]))
        self.linear = sway * np.array([1.0, 2.0, 1.5])
        self.gravity = np.tile(np.array([0.5, 9.6, 1.9]) / 9.799 * G, (self.t.size, 1))
        self.turn = sway[:, ::-1] * 0.8

    @property
    def total(self) -> NDArray[np.float64]:
        """Acceleration with gravity, m/s2."""
        return self.linear + self.gravity


def rows(*columns: NDArray, fmt: str | list[str] = "%.6f", sep: str = ",") -> str:
    """Return columns as lines of text."""
    out = io.StringIO()
    np.savetxt(out, np.column_stack(columns), fmt=fmt, delimiter=sep)
    return out.getvalue()


def zipped(files: dict[str, str | bytes]) -> bytes:
    """Return a zip with these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def clock_text(t: NDArray, sign: str = ".", fraction: int = 3) -> list[str]:
    """Return clock texts such as 2023-11-14 22:13:20.010."""
    out = []
    for at in T0 + t:
        moment = datetime.fromtimestamp(round(at, 6), UTC)
        text = f"{moment.microsecond:06d}"[:fraction]
        out.append(f"{moment:%Y-%m-%d %H:%M:%S}{sign}{text}")
    return out


def texted(texts: list[str], table: str, sep: str = ",", *, last: bool = False) -> str:
    """Return a table with a column of text put first (or last)."""
    lines = table.splitlines()
    pairs = zip(texts, lines, strict=True)
    return "".join(f"{b}{sep}{a}\n" if last else f"{a}{sep}{b}\n" for a, b in pairs)


def mobilised(walk: Walk) -> bytes:
    """Mobilise-D style CSV."""
    table = rows(walk.count, walk.total / G, np.rad2deg(walk.turn), fmt=["%d"] + ["%.8f"] * 6)
    return ("samples,acc_x,acc_y,acc_z,gyr_x,gyr_y,gyr_z\n" + table).encode()


def geneactiv(walk: Walk) -> bytes:
    """GENEActiv CSV: 100 lines of facts, a colon before the milliseconds."""
    facts = ["Device Type,GENEActiv           ", "Device Model,1.1", "Subject Notes," + "\0" * 60]
    facts += [""] * 7 + ["Measurement Frequency,100.0 Hz", "Start Time,2023-11-14 22:13:20:000"]
    facts += [""] * (100 - len(facts))
    extra = np.zeros((walk.t.size, 2)), np.full(walk.t.size, 31.6)
    table = texted(clock_text(walk.t, ":"), rows(walk.total / G, *extra, fmt="%.4f"))
    return ("\r\n".join(facts) + "\r\n" + table.replace("\n", "\r\n")).encode()


def xsens_mtw(walk: Walk) -> bytes:
    """Xsens MTw text whose 16-bit packet counter wraps early."""
    counter = (walk.count + 65_000) % 65_536
    head = (
        "Acquisition frequency: 100 Hz\nPacketCounter\tAcc_X\tAcc_Y\tAcc_Z\tGyr_X\tGyr_Y\tGyr_Z\n"
    )
    return (head + rows(counter, walk.total, walk.turn, sep="\t")).encode()


def movella_dot(walk: Walk) -> bytes:
    """Movella DOT CSV without gravity; the microseconds wrap in the first second."""
    micro = (walk.count * 10_000 + 2**32 - 500_000) % 2**32
    head = "sep=,\nDeviceTag:,DOT-1\nOutputRate:,100Hz\nMeasurement Mode:,Rate quantities\n\n"
    head += "PacketCounter,SampleTimeFine,Euler_X,Euler_Y,Euler_Z,FreeAcc_X,FreeAcc_Y,FreeAcc_Z,"
    head += "Gyr_X,Gyr_Y,Gyr_Z,Status\n"
    fmt = ["%d", "%d"] + ["%.6f"] * 9 + ["%d"]
    still = np.zeros((walk.t.size, 3))
    table = rows(walk.count, micro, still, walk.linear, np.rad2deg(walk.turn), still[:, 0], fmt=fmt)
    return (head + table).encode()


def sensor_logger_table(t: NDArray, xyz: NDArray) -> str:
    """One sensor's table of Sensor Logger."""
    ns = [f"{1_700_000_000_000_000_000 + round(at * 1e9)}" for at in t]
    return "time,seconds_elapsed,z,y,x\n" + texted(ns, rows(t, xyz[:, ::-1]))


METADATA = (
    "version,device name,recording epoch time,recording time,recording timezone,platform,"
    "appVersion,device id,sensors,sampleRateMs,standardisation\n"
    "3,Phone,1700000000000,2023-11-14_22-13-20,Europe/Vienna,{platform},1.47,id,"
    "Accelerometer|Gravity|Gyroscope,10{standard}"
)


def sensor_logger(
    walk: Walk, platform: str = "ios", standard: str = "", *, total: bool = False
) -> dict[str, str]:
    """Sensor Logger files; the gyroscope has stamps of its own."""
    sign = -1.0 if platform == "ios" and standard != ",true" else 1.0
    shifted = walk.t + 0.003
    place = "time,seconds_elapsed,bearingAccuracy,speedAccuracy,verticalAccuracy,"
    place += "horizontalAccuracy,speed,bearing,altitude,longitude,latitude\n"
    place += "1700000000000000000,0.0,1,1,3,4.5,1.2,90,310.5,16.37,48.2\n"
    place += "1700000001000000000,1.0,1,1,3,4.5,-1,90,310.7,16.3701,48.2001\n"
    files = {
        "Metadata.csv": METADATA.format(platform=platform, standard=standard),
        "Accelerometer.csv": sensor_logger_table(walk.t, sign * walk.linear),
        "Gyroscope.csv": sensor_logger_table(shifted, walk.turn),
        "Location.csv": place,
        "Annotation.csv": "",
        "Gravity.csv": sensor_logger_table(walk.t, sign * walk.gravity),
    }
    if total:
        del files["Gravity.csv"]
        files["TotalAcceleration.csv"] = sensor_logger_table(walk.t, walk.total)
    return files


def phyphox(walk: Walk, sep: str = ",", decimal: str = ".") -> dict[str, str]:
    """Phyphox files in one of its dialects, numbers like 8.126000001E-3."""

    def file(names: list[str], *columns: NDArray) -> str:
        head = sep.join(f'"{name}"' for name in names) + "\n"
        return head + rows(*columns, fmt="%.9E", sep="\x1f").replace(".", decimal).replace(
            "\x1f", sep
        )

    acceleration = [f"Acceleration {axis} (m/s^2)" for axis in "xyz"]
    gyroscope = [f"Gyroscope {axis} (rad/s)" for axis in "xyz"]
    time = '"event","experiment time","system time","system time text"\n'
    time += f'"START",0.000000000E0,{T0},"2023-11-14 22:13:20"\n'
    time += f'"PAUSE",{walk.t[-1]},{T0 + walk.t[-1]},"2023-11-14 22:14:20"\n'
    return {
        "Accelerometer.csv": file(["Time (s)", *acceleration], walk.t, walk.total),
        "Gyroscope.csv": file(["Time (s)", *gyroscope], walk.t + 0.004, walk.turn),
        "meta/time.csv": time,
        "meta/device.csv": '"property","value"\n"deviceModel","Made up"\n',
    }


def own_motion(walk: Walk) -> bytes:
    """What evenstride's own page records; it knows where the phone was carried."""
    start = Start(round(T0) * 10**9, None, "Europe/Vienna", "recorded")
    facts = MotionFacts(start, "lower back", sign="angles", browser="Browser, made up")
    return b"".join(motion_pieces(facts, walk.t, walk.total, walk.turn))


def sensorlog_new(walk: Walk) -> bytes:
    """SensorLog with its newer names: Apple's sign, g, one row per logging time."""
    names = ["loggingTime(txt)", "motionTimestamp_sinceReboot(s)"]
    for what, unit in (
        ("motionUserAcceleration", "G"),
        ("motionGravity", "G"),
        ("motionRotationRate", "rad/s"),
    ):
        names += [f"{what}{axis}({unit})" for axis in "XYZ"]
    table = rows(walk.t + 5000, -walk.linear / G, -walk.gravity / G, walk.turn, fmt="%.7f")
    texts = [text + " +0100" for text in clock_text(walk.t)]
    return (",".join(names) + "\n" + texted(texts, table)).encode()


def sensorlog_old(walk: Walk) -> bytes:
    """SensorLog with its older names."""
    names = ["timestamp", "timeIntervalSince1970"]
    for what in ("attitude", "gravity", "rotationRate", "userAcceleration"):
        axes = ("roll", "pitch", "yaw") if what == "attitude" else "xyz"
        names += [f"{what}.{axis}" for axis in axes]
    still = np.zeros((walk.t.size, 3))
    table = rows(T0 + walk.t, still, -walk.gravity / G, walk.turn, -walk.linear / G, fmt="%.7f")
    texts = [text + " +0000" for text in clock_text(walk.t)]
    return (",".join(names) + "\n" + texted(texts, table)).encode()


def physics_toolbox_g(walk: Walk) -> bytes:
    """Physics Toolbox, g-force mode."""
    size = np.linalg.norm(walk.total, axis=1) / G
    return ("time,gFx,gFy,gFz,TgF\n" + rows(walk.t, walk.total / G, size)).encode()


def physics_toolbox_linear(walk: Walk) -> bytes:
    """Physics Toolbox, linear mode, with semicolons, clock text and decimal commas."""
    head = "time;ax (m/s^2);ay (m/s^2);az (m/s^2);aT (m/s^2)\n"
    size = np.linalg.norm(walk.linear, axis=1)
    table = rows(walk.linear, size, fmt="%.4f", sep=";").replace(".", ",")
    return (head + texted(clock_text(walk.t, fraction=4), table, ";")).encode()


def androsensor(walk: Walk) -> bytes:
    """AndroSensor: semicolons, NaN, satellites as "17 / 19", Latin-1."""
    names = [f"{what} {axis} ({unit})" for what, unit in
             (("ACCELEROMETER", "m/s²"), ("GRAVITY", "m/s²"), ("GYROSCOPE", "rad/s"))
             for axis in "XYZ"]  # fmt: skip
    names += ["ATMOSPHERIC PRESSURE (hPa)", "Satellites in range", "Time since start in ms "]
    names += ["YYYY-MO-DD HH-MI-SS_SSS"]
    table = rows(walk.total, walk.gravity, walk.turn, fmt="%.4f", sep=";").splitlines()
    texts = clock_text(walk.t, ":")
    lines = [
        f"{row};NaN;17 / 19;{round(1000 * t)};{text}"
        for row, t, text in zip(table, walk.t, texts, strict=True)
    ]
    return ("\n".join([";".join(names), *lines]) + "\n").encode("latin-1")


def general(walk: Walk) -> bytes:
    """A table of no known app."""
    head = "timestamp,x_acc,y_acc,z_acc,x_gyro,y_gyro,z_gyro,label\n"
    ms = 1_700_000_000_000 + np.round(walk.t * 1000)
    table = rows(ms, walk.total, walk.turn, fmt=["%d"] + ["%.5f"] * 6)
    return (head + texted(["WALKING"] * walk.t.size, table, last=True)).encode()


def headerless(walk: Walk) -> bytes:
    """Nanoseconds since boot, sensor id, x, y, z; no header, gzipped."""
    ns = 111_642_863_984_128 + np.round(walk.t * 1e9)
    table = rows(ns, np.full(walk.t.size, 3), walk.total, fmt=["%d", "%d"] + ["%.6f"] * 3)
    return gzip.compress(table.encode(), mtime=0)


Sample = Callable[[Walk], bytes]
