"""The development recordings: read where they lie, in SI units, placed by packet or time stamp.

Four sets are used. H: healthy walkers, lumbar sensor, 2 x 10 m. L: one older adult, lumbar sensor,
laboratory walks and simulated daily activities. P: phones with counted steps. T: phones in a
trouser pocket, sit - walk - turn - sit. Nothing is ever copied into the repository.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.io import loadmat

__all__ = [
    "DEFAULT_RECORDINGS",
    "DOUBTFUL_SIDES",
    "STANDARD_GRAVITY_M_S2",
    "Floats",
    "Origin",
    "Reference",
    "SetName",
    "Sides",
    "Signal",
    "StrideTable",
    "Walk",
    "checksums",
    "load_h",
    "load_h_foot",
    "load_l",
    "load_p",
    "load_t",
    "origins",
]

DEFAULT_RECORDINGS = Path(__file__).parents[2] / "shared" / "recordings"
STANDARD_GRAVITY_M_S2 = 9.80665

SetName = Literal["H", "L", "P", "T"]
Floats = NDArray[np.float64]
Sides = NDArray[np.int8]


@dataclass(frozen=True, slots=True, eq=False)
class Signal:
    """What the sensor measured.

    Attributes:
        time_s: (n,) seconds from the first sample, by the packet counter or time stamp.
        acceleration_m_s2: (n, 3) with gravity, on the sensor's own axes.
        angular_velocity_rad_s: (n, 3), or None without a gyroscope.
    """

    time_s: Floats
    acceleration_m_s2: Floats
    angular_velocity_rad_s: Floats | None


@dataclass(frozen=True, slots=True, eq=False)
class StrideTable:
    """Strides with a length; -1 left, 0 unknown, +1 right; NaN = absent."""

    start_s: Floats
    end_s: Floats
    side: Sides
    length_m: Floats
    speed_m_s: Floats

    @classmethod
    def empty(cls) -> StrideTable:
        """Return a table without rows."""
        none = np.zeros(0)
        return cls(none, none, np.zeros(0, np.int8), none, none)


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """What truly happened.

    Attributes:
        contact_s: Initial contacts in order.
        contact_side: -1 left, 0 unknown, +1 right.
        foot_off_s: Final contacts in order; empty where there are none.
        foot_off_side: -1 left, +1 right.
        scope_s: (k, 2) contacts are scored inside these: from the first to the last one labelled.
        turns_s: (k, 2) U-turns, left out of everything but the gait sequences.
        bends_s: (k, 2) every turn while walking: strides that touch one are not steady.
        strides: Strides with a reference length; empty where there is none.
        gait_s: (k, 2) unbroken stretches of walking.
        unsure_s: (k, 2) neither walking nor rest for certain: left out of the gait sequences.
    """

    contact_s: Floats
    contact_side: Sides
    foot_off_s: Floats
    foot_off_side: Sides
    scope_s: Floats
    turns_s: Floats
    bends_s: Floats
    strides: StrideTable
    gait_s: Floats
    unsure_s: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Walk:
    """One recording with its truth.

    Attributes:
        id: Unique within the set.
        person: Who walked.
        set: Which set it belongs to.
        signal: The sensor's data.
        placement: In the words of evenstride, or None.
        position: Where the sensor was, in the words of the set.
        height_m: Body height, or None.
        sensor_height_m: Height of the sensor above the floor, or None.
        reference: Events, or None where only steps were counted.
        second: A second reference that disagrees, or None.
        steps: Counted steps, or None.
    """

    id: str
    person: str
    set: SetName
    signal: Signal
    placement: str | None
    position: str
    height_m: float | None
    reference: Reference | None = None
    second: Reference | None = None
    steps: int | None = None
    sensor_height_m: float | None = None

    def with_signal(self, signal: Signal) -> Walk:
        """Return the same walk seen through another (rotated, thinned, broken) signal."""
        return replace(self, signal=signal)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a set comes from."""

    set: str
    folder: str
    source: str
    licence: str
    used_for: str


def origins() -> tuple[Origin, ...]:
    """Return origin and licence of every set that is used."""
    return (
        Origin(
            "H",
            "voisard_l5_healthy",
            "github.com/CyrilVoisard/ipol_dataset_1 at b9f4bbb3758135b877acf1676da3e5bae527314b",
            "AGPL-3.0",
            "contacts, sides, bouts; stride length from the foot sensors of subjects 1, 2, 5",
        ),
        Origin(
            "L",
            "mobgap_lowerback",
            "example data in the source distribution of mobgap 1.2.0 on PyPI",
            "Apache-2.0",
            "contacts, sides, bouts, stride length, speed (reference: insoles; second: cameras)",
        ),
        Origin(
            "P",
            "oxford_phone_steps",
            "github.com/Oxford-step-counter/DataSet at 922cc0d8511a7189f7a667d173c21e9472729603",
            "CC BY 4.0 (Salvi, Velardo, Brynes, Tarassenko)",
            "step counts",
        ),
        Origin(
            "T",
            "geotec_phone_tug",
            "github.com/GeoTecINIT/sp-sw-har-dataset at 1408d85a512a53861de7bc4729dee283fff2ea9d",
            "CC BY 4.0 (Matey-Sanz, Casteleyn, Granell)",
            "walking against sitting with a phone whose clock lies",
        ),
    )


def checksums(recordings: Path) -> dict[str, str]:
    """Return the SHA-256 of every file that is read, by its path below ``recordings``."""
    patterns = (
        "voisard_l5_healthy/*.json",
        "voisard_l5_healthy/*.txt.gz",
        "mobgap_lowerback/data/lab/HA/001/*.mat",
        "oxford_phone_steps/optimisation/stats.csv",
        "oxford_phone_steps/optimisation/*/accelerometer.csv.gz",
        "geotec_phone_tug/s*/*.csv.gz",
        "geotec_phone_tug/subjects_info.csv",
    )
    files = sorted(file for pattern in patterns for file in recordings.glob(pattern))
    return {
        file.relative_to(recordings).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in files
    }


# --- H: healthy walkers ----------------------------------------------------------------------

DOUBTFUL_SIDES: frozenset[str] = frozenset({"4-1", "4-2"})
"""Trials of H whose left and right labels seem to be swapped.

Two engines that share no code, one of which cannot be fooled by how the sensor is mounted, call
every single side of these two trials the other way round, and are right on the same person's
other four trials. Their sides are not judged; the report gives the score with them as well.
"""

_LONGEST_PAUSE_S = 2.0
_FEWEST_CONTACTS = 5


def load_h(
    recordings: Path = DEFAULT_RECORDINGS, people: Iterable[str] | None = None
) -> list[Walk]:
    """Return the 58 trials of 10 healthy people, or those of ``people``.

    A trial is: stand, walk 10 m, turn round, walk back, stand. Walking is a run of events (foot-off
    or contact) without a pause of more than two seconds and with at least five contacts; it
    includes the U-turn, because the person does not stop there. In some trials single labelled
    steps follow, up to many seconds after the walk: shifts of weight while standing. They count as
    contacts (that is the stricter choice), but are neither walking nor rest.
    """
    folder = recordings / "voisard_l5_healthy"
    wanted = None if people is None else set(people)
    walks = [_h_walk(path) for path in sorted(folder.glob("*.json"), key=_by_numbers)]
    return [walk for walk in walks if wanted is None or walk.person in wanted]


def load_h_foot(
    walk: Walk, foot: Literal["left", "right"], recordings: Path = DEFAULT_RECORDINGS
) -> Signal | None:
    """Return the foot sensor of a trial of H on the trial's own clock, or None if not worn."""
    path = recordings / "voisard_l5_healthy" / f"{walk.id}_{foot[0]}f.txt.gz"
    return _h_signal(path) if path.exists() else None


def _by_numbers(path: Path) -> tuple[int, ...]:
    return tuple(int(part) for part in path.stem.split("-"))


def _h_walking(event_s: Floats, contact_s: Floats) -> tuple[Floats, Floats]:
    """Return the stretches of walking and, half a second around each, the single steps."""
    breaks = np.flatnonzero(np.diff(event_s) > _LONGEST_PAUSE_S)
    starts, stops = np.append(0, breaks + 1), np.append(breaks, event_s.size - 1)
    runs = np.column_stack([event_s[starts], event_s[stops]])
    within = (contact_s[:, None] >= runs[:, 0]) & (contact_s[:, None] <= runs[:, 1])
    enough = within.sum(axis=0) >= _FEWEST_CONTACTS
    return runs[enough], runs[~enough] + np.array([-0.5, 0.5])


def _h_signal(path: Path) -> Signal:
    with gzip.open(path, "rt") as lines:
        table = np.loadtxt(lines, skiprows=2, dtype=np.float64)
    packet = table[:, 0] - table[0, 0]
    return Signal(packet / 100.0, table[:, 1:4].copy(), table[:, 4:7].copy())


def _h_walk(path: Path) -> Walk:
    meta: dict[str, Any] = json.loads(path.read_text())
    left = np.array(meta["LeftFootEvents"], dtype=np.float64) / 100.0
    right = np.array(meta["RightFootEvents"], dtype=np.float64) / 100.0
    contact = np.concatenate([left[:, 1], right[:, 1]])
    side = np.repeat(np.array([-1, 1], dtype=np.int8), [len(left), len(right)])
    order = np.argsort(contact, kind="stable")
    gait, shuffles = _h_walking(np.sort(np.concatenate([left.ravel(), right.ravel()])), contact)
    turn = np.array([meta["UTurnBoundaries"]], dtype=np.float64) / 100.0
    height = float(meta["Height"]) / 100.0
    off = np.concatenate([left[:, 0], right[:, 0]])
    off_order = np.argsort(off, kind="stable")
    reference = Reference(
        contact_s=contact[order],
        contact_side=side[order],
        foot_off_s=off[off_order],
        foot_off_side=side[off_order],
        scope_s=np.array([[contact.min(), contact.max()]]),
        turns_s=turn,
        bends_s=turn,
        strides=StrideTable.empty(),
        gait_s=gait,
        unsure_s=shuffles,
    )
    return Walk(
        id=path.stem,
        person=str(meta["Subject"]),
        set="H",
        signal=_h_signal(path.with_name(f"{path.stem}_lb.txt.gz")),
        placement="lower back",
        position="L5",
        height_m=height if np.isfinite(height) else None,
        reference=reference,
    )


# --- L: laboratory, one older adult ------------------------------------------------------------


def load_l(recordings: Path = DEFAULT_RECORDINGS) -> list[Walk]:
    """Return the three laboratory recordings; insoles are the reference, cameras the second.

    The signal is kept on the sensor's axes (X up, Y right, Z forward), turned into SI.
    """
    folder = recordings / "mobgap_lowerback" / "data" / "lab" / "HA" / "001"
    tests = loadmat(folder / "data.mat", simplify_cells=True)["data"]["TimeMeasure1"]
    info = loadmat(folder / "infoForAlgo.mat", simplify_cells=True)["infoForAlgo"]["TimeMeasure1"]
    return [
        _l_walk(f"{test}-{name}", trial, info)
        for test, trials in tests.items()
        for name, trial in trials.items()
    ]


def _l_walk(name: str, trial: dict[str, Any], info: dict[str, Any]) -> Walk:
    sensor = trial["SU"]["LowerBack"]
    acceleration = np.asarray(sensor["Acc"], np.float64) * STANDARD_GRAVITY_M_S2
    signal = Signal(
        np.arange(len(acceleration)) / float(sensor["Fs"]["Acc"]),
        acceleration,
        np.deg2rad(np.asarray(sensor["Gyr"], np.float64)),
    )
    insoles, cameras = trial["Standards"]["INDIP"], trial["Standards"]["Stereophoto"]
    return Walk(
        id=name,
        person="HA001",
        set="L",
        signal=signal,
        placement="lower back",
        position="lower back",
        height_m=float(info["Height"]) / 100.0,
        sensor_height_m=float(info["SensorHeight"]) / 100.0,
        reference=_l_reference(insoles, stride_unit_s=1.0 / float(insoles["Fs"])),
        second=_l_reference(cameras, stride_unit_s=1.0),
    )


def _l_reference(standard: dict[str, Any], *, stride_unit_s: float) -> Reference:
    """Read one reference system; the insoles give strides in samples, the cameras in seconds."""
    contacts: list[tuple[float, int]] = []
    bouts: list[tuple[float, float]] = []
    bends: list[tuple[float, float]] = []
    rows: list[tuple[float, float, float, float, float]] = []
    found = standard["MicroWB"]
    for bout in found if isinstance(found, list) else [found]:
        times = np.atleast_1d(bout["InitialContact_Event"]).astype(float).tolist()
        sides = [_side(name) for name in np.atleast_1d(bout["InitialContact_LeftRight"])]
        contacts += zip(times, sides, strict=True)
        bouts.append((float(bout["Start"]), float(bout["End"])))
        bends += zip(
            np.atleast_1d(bout["Turn_Start"]).astype(float).tolist(),
            np.atleast_1d(bout["Turn_End"]).astype(float).tolist(),
            strict=True,
        )
        ends = np.atleast_2d(bout["Stride_InitialContacts"]).astype(float) * stride_unit_s
        lengths = np.atleast_1d(bout["Stride_Length"]).astype(float)
        speeds = np.atleast_1d(bout["Stride_Speed"]).astype(float)
        side_of = {round(time, 2): side for time, side in zip(times, sides, strict=True)}
        for (start, end), length, speed in zip(ends, lengths, speeds, strict=True):
            rows.append((start, end, side_of.get(round(start, 2), 0), length, speed))
    unique = sorted({(time, side) for time, side in contacts if np.isfinite(time)})
    table = np.array(rows, dtype=np.float64).reshape(-1, 5)
    bout_s = np.array(sorted(bouts), dtype=np.float64).reshape(-1, 2)
    return Reference(
        contact_s=np.array([time for time, _ in unique]),
        contact_side=np.array([side for _, side in unique], dtype=np.int8),
        foot_off_s=np.zeros(0),
        foot_off_side=np.zeros(0, np.int8),
        scope_s=bout_s,
        turns_s=np.zeros((0, 2)),
        bends_s=np.array(sorted(bends), dtype=np.float64).reshape(-1, 2),
        strides=StrideTable(
            table[:, 0], table[:, 1], table[:, 2].astype(np.int8), table[:, 3], table[:, 4]
        ),
        gait_s=bout_s,
        unsure_s=np.zeros((0, 2)),
    )


def _side(name: object) -> int:
    return {"Left": -1, "Right": 1}.get(str(name), 0)


# --- P: phones with counted steps --------------------------------------------------------------

_P_PLACEMENT = {
    "inhand": "hand",
    "frontpocket": "front pocket",
    "backpocket": "back pocket",
    "neckpouch": "bag",
    "purse": "bag",
}


def load_p(recordings: Path = DEFAULT_RECORDINGS) -> list[Walk]:
    """Return the 19 phone walks whose steps were counted."""
    folder = recordings / "oxford_phone_steps" / "optimisation"
    walks = []
    with (folder / "stats.csv").open(newline="") as lines:
        for row in csv.DictReader(lines, skipinitialspace=True):
            cells = {key.strip(): value.strip() for key, value in row.items()}
            path = folder / cells["#dir"] / "accelerometer.csv.gz"
            if not path.exists():
                continue
            with gzip.open(path, "rt") as samples:
                table = np.loadtxt(samples, delimiter=",", dtype=np.float64)
            position = cells["position"]
            walks.append(
                Walk(
                    id=cells["#dir"],
                    person=cells["user"],
                    set="P",
                    signal=Signal((table[:, 0] - table[0, 0]) * 1e-9, table[:, 2:5].copy(), None),
                    placement=_P_PLACEMENT[position.lower()],
                    position=position.replace("pocket", "Pocket"),
                    height_m=None,
                    steps=int(cells["steps"]),
                )
            )
    return walks


# --- T: phones in the trouser pocket -----------------------------------------------------------


def load_t(recordings: Path = DEFAULT_RECORDINGS) -> list[Walk]:
    """Return the 60 sit - walk - turn - sit executions; only walking and turning are labelled.

    Standing up and sitting down are neither walking nor rest and are left out sample-wise.
    Time stamps are kept as the phone gave them, bursts included.
    """
    folder = recordings / "geotec_phone_tug"
    with (folder / "subjects_info.csv").open(newline="") as lines:
        heights = {row["subject_id"]: float(row["height"]) / 100 for row in csv.DictReader(lines)}
    return [_t_walk(path, heights) for path in sorted(folder.glob("s*/*_sp.csv.gz"))]


def _t_walk(path: Path, heights: dict[str, float]) -> Walk:
    with gzip.open(path, "rt", newline="") as lines:
        rows = list(csv.DictReader(lines))
    values = np.array(
        [
            [float(row[f"{axis}_{kind}"]) for kind in ("acc", "gyro") for axis in "xyz"]
            for row in rows
        ]
    )
    stamp = np.array([float(row["timestamp"]) for row in rows])
    time_s = (stamp - stamp[0]) / 1000.0
    label = np.array([row["label"] for row in rows])
    person = path.stem.split("_")[0]
    gait = _intervals(time_s, np.isin(label, ("WALKING", "TURNING")))
    turns = _intervals(time_s, label == "TURNING")
    reference = Reference(
        contact_s=np.zeros(0),
        contact_side=np.zeros(0, np.int8),
        foot_off_s=np.zeros(0),
        foot_off_side=np.zeros(0, np.int8),
        scope_s=gait,
        turns_s=turns,
        bends_s=turns,
        strides=StrideTable.empty(),
        gait_s=gait,
        unsure_s=_intervals(time_s, np.isin(label, ("STANDING_UP", "SITTING_DOWN"))),
    )
    return Walk(
        id=path.name.removesuffix("_sp.csv.gz"),
        person=person,
        set="T",
        signal=Signal(time_s, values[:, :3].copy(), values[:, 3:].copy()),
        placement="front pocket",
        position="trouser pocket",
        height_m=heights.get(person),
        reference=reference,
    )


def _intervals(time_s: Floats, inside: NDArray[np.bool_]) -> Floats:
    """Return the (k, 2) first and last times of each run of ``inside``."""
    edges = np.diff(np.concatenate([[False], inside, [False]]).astype(np.int8))
    starts, stops = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1) - 1
    return np.column_stack([time_s[starts], time_s[stops]])
