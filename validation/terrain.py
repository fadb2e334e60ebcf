"""``python -m validation.terrain``: the ground against known truth, lakes, hikes and devices.

Writes ``validation/RESULTS-terrain.md``. What was simulated needs nothing; what was recorded is
looked for in the folder of recordings and left out, and said, where it is not there.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

import numpy as np

from evenstride.importers import scan
from evenstride.model import Measure, TerrainProfile, Track
from evenstride.terrain import hills_of, joined, terrain
from evenstride.testing.ground import GroundErrors, HillKind, SimulatedGround, simulate_ground
from validation import datasets

_PAGE = Path(__file__).parent / "RESULTS-terrain.md"
_SEEDS = range(2000, 2008)  # constants were chosen on others; see docs/methods/terrain.md
_HIKES = ("cerknicko-jezero", "cerknicko-without-times", "korita-zbevnica", "Mojstrovka")
_SAMPLINGS_S = (1.0, 15.0)
_HILLS: tuple[HillKind, ...] = ("flat", "rolling", "steep")
_LEAST_FIT_M = 500.0


@dataclass(frozen=True, slots=True)
class _Case:
    """One kind of device."""

    name: str
    source: str
    errors: GroundErrors


_CASES = (
    _Case("satellites", "gps", GroundErrors()),
    _Case("satellites, quick errors", "gps", GroundErrors(height_m=2.0, height_memory_s=40.0)),
    _Case("satellites, slow errors", "gps", GroundErrors(height_m=7.0, height_memory_s=250.0)),
    _Case("satellites, white noise", "gps", GroundErrors(height_m=0.1, height_white_m=3.0)),
    _Case("satellites, whole metres", "gps", GroundErrors(rounded_m=1.0)),
    _Case("barometer, 0.2 m steps", "barometer", GroundErrors(rounded_m=0.2)),
    _Case("unknown, whole metres", "device", GroundErrors(rounded_m=1.0, drift_m=3.0)),
    _Case("air pressure and satellites", "pressure", GroundErrors()),
)


def main() -> None:
    """Measure everything and write the page."""
    parser = argparse.ArgumentParser(prog="python -m validation.terrain", description=__doc__)
    parser.add_argument("--recordings", type=Path, default=datasets.DEFAULT_RECORDINGS)
    parser.add_argument("--samples", type=Path, default=datasets.DEFAULT_RECORDINGS / "../samples")
    options = parser.parse_args()
    hikes, fits = options.recordings / "gpx_hikes", [options.samples / "fit"]
    fits.append(options.recordings / "garmin_fit_samples")
    lines = [
        "# How well the ground is told",
        "",
        "Made by `python -m validation.terrain`. Intervals are 95 % intervals.",
        "",
        *_simulated(),
        *_recorded(hikes),
        *_halves(hikes),
        *_devices(fits),
        *_speed(),
    ]
    _PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _row(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _said(measure: Measure) -> str:
    if measure.value is None or measure.low is None or measure.high is None:
        return "absent"
    return f"{measure.value:.0f} ({measure.low:.0f} to {measure.high:.0f})"


def _holds(measure: Measure, truth: float) -> bool:
    low, high = measure.low, measure.high
    return low is not None and high is not None and low <= truth <= high


def _simulated() -> Iterator[str]:
    yield "## Simulated walks of 3 km with known truth"
    yield ""
    yield (
        f"{len(_SEEDS)} walks of each kind, with a pause and a jump, of seeds that no constant was "
        f"chosen on ({_SEEDS[0]} to {_SEEDS[-1]}, see docs/methods/terrain.md). The hills "
        "are sums of waves, another kind than the model assumes. *Slope*: share of the "
        "10 m pieces whose interval holds the true slope, over all walks. *Width*: median of the "
        "intervals of slope. *Climb*, *distance*: in how many walks the interval holds the truth."
    )
    yield ""
    yield _row("heights", "hills", "every", "slope", "width", "climb", "climb − truth", "distance")
    yield "|---|---|---|---|---|---|---|---|"
    pooled: dict[tuple[str, float], list[float]] = {}
    for case in _CASES:
        for hills in _HILLS:
            for sampling_s in _SAMPLINGS_S:
                row, covered = _one_kind(case, hills, sampling_s)
                pooled.setdefault((case.source, sampling_s), []).extend(covered)
                yield row
    yield ""
    yield "Slope by source and sampling, over all kinds of errors and hills:"
    yield ""
    yield _row("heights", "every", "slope")
    yield "|---|---|---|"
    for (source, sampling_s), covered in pooled.items():
        yield _row(source, f"{sampling_s:.0f} s", f"{mean(covered):.1%}")
    every = [one for covered in pooled.values() for one in covered]
    yield _row("**all**", "", f"**{mean(every):.1%}**")
    yield ""


def _one_kind(case: _Case, hills: HillKind, sampling_s: float) -> tuple[str, list[float]]:
    covered, widths, climbs, off, far = [], [], 0, [], 0
    for seed in _SEEDS:
        walk = simulate_ground(
            seed,
            length_m=3000.0,
            hills=hills,
            source=case.source,  # type: ignore[arg-type]
            sampling_s=sampling_s,
            errors=case.errors,
            pauses=1,
            jumps=1,
        )
        profile = terrain(walk.track)
        share, width = _slopes(walk, profile)
        covered.append(share)
        widths.append(width)
        climb = profile.measures["climb_m"]
        climbs += _holds(climb, walk.climb_m)
        off.append((climb.value or 0.0) - walk.climb_m)
        far += _holds(profile.measures["distance_m"], walk.distance_m)
    of = len(_SEEDS)
    return (
        _row(
            case.name,
            hills,
            f"{sampling_s:.0f} s",
            f"{mean(covered):.0%}",
            f"{median(widths):.1f} %",
            f"{climbs} of {of}",
            f"{mean(off):+.0f} m",
            f"{far} of {of}",
        ),
        covered,
    )


def _slopes(walk: SimulatedGround, profile: TerrainProfile) -> tuple[float, float]:
    pieces = profile.segments
    truth = walk.slope_pct(pieces.start_s, pieces.end_s)
    known = np.isfinite(truth)
    inside = (pieces.slope_low_pct <= truth) & (truth <= pieces.slope_high_pct)
    return float(inside[known].mean()), float(
        np.median(pieces.slope_high_pct - pieces.slope_low_pct)
    )


def _tracks(path: Path) -> list[Track]:
    return [item for item in scan(path) if isinstance(item, Track)]


def _outing(path: Path) -> Track:
    return max(joined(_tracks(path)), key=lambda one: int(np.isfinite(one.latitude_deg).sum()))


def _raw_climb_m(track: Track) -> float:
    rises = np.diff(track.elevation_m[np.isfinite(track.elevation_m)])
    return float(np.maximum(rises, 0.0).sum())


def _recorded(folder: Path) -> Iterator[str]:
    yield "## Recorded walks"
    yield ""
    if not folder.is_dir():
        yield "The recordings are not here.\n"
        return
    yield _row("walk", "raw climb", "climb", "descent", "distance", "hills")
    yield "|---|---|---|---|---|---|"
    for name in _HIKES:
        track = _outing(folder / f"{name}.gpx")
        profile = terrain(track)
        found = profile.measures
        yield _row(
            name,
            f"{_raw_climb_m(track):.0f} m",
            _said(found["climb_m"]),
            _said(found["descent_m"]),
            _said(found["distance_m"]),
            hills_of(profile),
        )
    yield ""


def _halves(folder: Path) -> Iterator[str]:
    """Take every other point: both halves saw the same ground."""
    yield "## Odd against even points"
    yield ""
    if not folder.is_dir():
        yield "The recordings are not here.\n"
        return
    yield _row("walk", "climb, even points", "climb, odd points", "agree")
    yield "|---|---|---|---|"
    for name in _HIKES:
        track = _outing(folder / f"{name}.gpx")
        found = [terrain(track.select(slice(part, None, 2))).measures["climb_m"] for part in (0, 1)]
        agree = _overlap(*found)
        yield _row(name, _said(found[0]), _said(found[1]), "yes" if agree else "no")
    yield ""


def _overlap(one: Measure, two: Measure) -> bool:
    ends = (one.low, one.high, two.low, two.high)
    if any(end is None for end in ends):
        return False
    low, high, other_low, other_high = (float(end or 0.0) for end in ends)
    return low <= other_high and other_low <= high


def _devices(folders: Iterable[Path]) -> Iterator[str]:
    yield "## FIT files against what the device summed up itself"
    yield ""
    yield "A rough reference: devices count climb by rules of their own."
    yield ""
    yield _row("file", "device", "ours", "raw", "distance by device", "ours")
    yield "|---|---|---|---|---|---|"
    for path in sorted(one for folder in folders for one in folder.rglob("*.fit")):
        for track in _readable(path):
            told = track.activity.ascent_m if track.activity else None
            far = track.activity.distance_m if track.activity else None
            if told is None or not far or far < _LEAST_FIT_M:
                continue
            found = terrain(track).measures
            if found["climb_m"].value is None:
                continue
            yield _row(
                path.name,
                f"{told:.0f} m",
                _said(found["climb_m"]),
                f"{_raw_climb_m(track):.0f} m",
                f"{far:.0f} m",
                _said(found["distance_m"]),
            )
    yield ""


def _readable(path: Path) -> list[Track]:
    from evenstride.errors import EvenstrideError

    try:
        return _tracks(path)
    except EvenstrideError:
        return []


def _speed() -> Iterator[str]:
    yield "## Cost"
    yield ""
    track = simulate_ground(7, length_m=4680.0, source="gps").track
    terrain(track)
    spent = []
    for _ in range(5):
        start = time.process_time()
        terrain(track)
        spent.append(time.process_time() - start)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield (
        f"An hour at one point a second ({len(track):,} points): {median(spent):.2f} s of "
        f"processor time (median of five; all of this page peaked at {memory:.0f} MB)."
    )


if __name__ == "__main__":
    main()
