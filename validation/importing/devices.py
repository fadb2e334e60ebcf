"""Raw files of research sensors: our values beside those of independent readers, and the cost.

    python -m validation.importing.devices    # two minutes, writes RESULTS-importing-devices.md

Axivity and GENEActiv files are read by scikit-digital-health, ActiGraph files by pygt3x (whose
licence keeps it out of the project); both live in environments of their own.
"""

from __future__ import annotations

import argparse
import json
import resource
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import actfast
import numpy as np

from evenstride.importers import Options, Source
from evenstride.importers.devices.native import DESK
from evenstride.importers.registry import recognise
from evenstride.model import Recording
from evenstride.model.units import DEGREE_RAD, STANDARD_GRAVITY_M_S2
from validation.peers.host import ONE_THREAD, PEERS, WORK, Peer, ensure

__all__ = ["main"]

HERE = Path(__file__).parents[1]
SHARED = HERE.parents[1] / "shared"
FILES = (
    *("samples/imu/axivity_ax3.cwa", "samples/imu/axivity_ax6.cwa", "samples/imu/geneactiv.bin"),
    *("samples/imu/actigraph.gt3x", "recordings/skdh_tests/io/data/ax3_sample.cwa"),
    *(f"recordings/skdh_tests/io/data/{name}" for name in ("ax6_sample.cwa", "gnactv_sample.bin")),
)
SKDH = next(peer for peer in PEERS if peer.name == "skdh")
GT3X = Peer("gt3x", "pygt3x", (("pygt3x==0.7.1",),))
WORKER = Path(__file__).with_name("devices_worker.py")
GOES, COPIES, COPY_S = 5, 150, 300


def main(arguments: Sequence[str] | None = None) -> None:
    """Compare, measure and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED)
    shared = parser.parse_args(arguments).shared
    with tempfile.TemporaryDirectory(dir=_work()) as folder:
        long = Path(folder, "long.cwa")
        long.write_bytes(lengthened((shared / FILES[4]).read_bytes(), COPIES))
        files = [shared / name for name in FILES] + [long]
        theirs = _peers(files, Path(folder))
        rows = [_compared(path, their) for path, their in zip(files, theirs, strict=True)]
        memory = _memory(long)
    lines = _page(rows, memory)
    (HERE / "RESULTS-importing-devices.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def lengthened(data: bytes, copies: int) -> bytes:
    """Return an Axivity file whose sectors follow each other ``copies`` times, 300 s apart."""
    out = [data[:1024]]
    sectors = np.frombuffer(data[1024:], np.uint8).reshape(-1, 512)
    for copy in range(copies):
        for sector in sectors:
            body = bytearray(sector.tobytes())
            (packed,) = struct.unpack_from("<I", body, 14)
            struct.pack_into("<I", body, 14, _later(packed, copy * COPY_S))
            (number,) = struct.unpack_from("<I", body, 10)
            struct.pack_into("<I", body, 10, number + copy * len(sectors))
            struct.pack_into("<H", body, 510, 0)
            total = int(np.frombuffer(bytes(body), "<u2").sum())
            struct.pack_into("<H", body, 510, -total & 0xFFFF)
            out.append(bytes(body))
    return b"".join(out)


def _later(packed: int, seconds: int) -> int:
    year, month, day, hour, minute, second = (
        (packed >> at) & mask
        for at, mask in ((26, 63), (22, 15), (17, 31), (12, 31), (6, 63), (0, 63))
    )
    moment = datetime(2000 + year, month, day, hour, minute, second, tzinfo=UTC)
    moment += timedelta(seconds=seconds)
    date = (moment.year - 2000) << 26 | moment.month << 22 | moment.day << 17
    return date | moment.hour << 12 | moment.minute << 6 | moment.second


def _work() -> Path:
    WORK.mkdir(parents=True, exist_ok=True)
    return WORK


def _peers(files: list[Path], folder: Path) -> list[dict[str, Any]]:
    found: dict[Path, dict[str, Any]] = {}
    for peer, endings in ((SKDH, (".cwa", ".bin")), (GT3X, (".gt3x",))):
        chosen = [path for path in files if path.suffix in endings]
        job, out = folder / f"{peer.name}.json", folder / f"{peer.name}.npz"
        job.write_text(json.dumps({"files": [str(path) for path in chosen], "goes": GOES}))
        command = [str(ensure(peer)), str(WORKER), str(job), str(out)]
        subprocess.run(command, check=True, env=ONE_THREAD | {"PATH": "/usr/bin:/bin"})
        with np.load(out) as answer:
            facts = json.loads(str(answer["facts"]))
            for number, path in enumerate(chosen):
                keys = [key for key in answer if key.startswith(f"{number}/")]
                arrays = {key.split("/")[1]: answer[key] for key in keys}
                found[path] = {"peer": peer.title, **facts[number], **arrays}
    return [found[path] for path in files]


def _ours(path: Path) -> tuple[dict[str, Any], float]:
    """Return our values and the CPU time, that of the helper included."""
    before = _cpu()
    source = Source.of(path)
    best = recognise(source)
    if best is None:
        raise RuntimeError(f"{path} is not recognised.")
    importer = best[0]
    plan = importer.plan(source, Options(zone="UTC"))
    recording = next(i for i in importer.read(source, plan) if isinstance(i, Recording))
    blocks = list(recording.open())
    DESK.close()
    spent = _cpu() - before
    turning = [b.angular_velocity_rad_s for b in blocks if b.angular_velocity_rad_s is not None]
    out = {
        "time_s": np.concatenate([block.time_s for block in blocks]),
        "acceleration_g": np.concatenate([b.acceleration_m_s2 for b in blocks])
        / STANDARD_GRAVITY_M_S2,
    }
    if turning:
        out["turning_deg_s"] = np.concatenate(turning) / DEGREE_RAD
    return out, spent


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def _compared(path: Path, their: dict[str, Any]) -> dict[str, Any]:
    _ours(path)
    goes = [_ours(path) for _ in range(GOES)]
    ours, cpu_s = goes[0][0], min(spent for _, spent in goes)
    begin = time.process_time()
    actfast.read(path)
    row = {
        "file": path.name,
        "peer": their["peer"],
        "error": their["error"],
        "ours": len(ours["time_s"]),
        "cpu_s": cpu_s,
        "their_cpu_s": their["cpu_s"],
        "actfast_cpu_s": time.process_time() - begin,
        "bytes": path.stat().st_size,
    }
    if their["error"]:
        return row
    row["theirs"] = len(their["time_s"])
    size = min(row["ours"], row["theirs"])
    for name in ("acceleration_g", "turning_deg_s"):
        if name in ours and name in their:
            row[name] = float(np.abs(ours[name][:size] - their[name][:size]).max())
    theirs = their["time_s"][:size] - their["time_s"][0]
    row["time_s"] = float(np.abs(ours["time_s"][:size] - theirs).max())
    return row


def _memory(path: Path) -> tuple[float, float]:
    """Return the megabytes at the peak of one pass, by us and by actfast at once."""
    ours = (
        "import evenstride as es, sys\n"
        "for block in es.read(sys.argv[1]).open(): pass\n"
        "from evenstride.importers.devices.native import DESK\n"
        "pids = ['self', DESK.helper.process.pid]\n"
    )
    whole = "import actfast, sys\nactfast.read(sys.argv[1])\npids = ['self']\n"
    # Not ru_maxrss, which a process inherits from the one that started it.
    report = (
        "for pid in pids:\n"
        "    lines = open(f'/proc/{pid}/status').read().splitlines()\n"
        "    print(next(line.split()[1] for line in lines if line.startswith('VmHWM')))\n"
    )
    found = []
    for code in (ours, whole):
        command = [sys.executable, "-c", code + report, str(path)]
        said = subprocess.run(command, check=True, capture_output=True).stdout.split()
        found.append(sum(map(int, said)) / 1024)
    return found[0], found[1]


def _page(rows: list[dict[str, Any]], memory: tuple[float, float]) -> list[str]:
    long = rows[-1]
    start_s = min(row["cpu_s"] for row in rows)
    work_s = long["cpu_s"] - start_s
    size = long["bytes"] / 1e6
    out = [
        "# Importing raw files of research sensors",
        "",
        "Written by `python -m validation.importing.devices`. Largest differences between our",
        "values and those of an independent reader; `long.cwa` is `ax3_sample.cwa` repeated",
        f"{COPIES} times.",
        "",
        "| file | reader | samples | theirs | acceleration, g | turning, °/s | time, s |",
        "|---" * 7 + "|",
    ]
    for row in rows:
        cells = [
            row["file"],
            f"{row['peer']}{': ' + row['error'] if row['error'] else ''}",
            f"{row['ours']:,}",
            f"{row['theirs']:,}" if "theirs" in row else "-",
            *(f"{row[k]:.1e}" if k in row else "-" for k in ("acceleration_g", "turning_deg_s")),
            f"{row['time_s']:.4f}" if "time_s" in row else "-",
        ]
        out.append("| " + " | ".join(cells) + " |")
    out += [
        "",
        "Times of Axivity: both readers count from the stamp of a sector at the stated rate, but",
        "place that stamp a little differently; which is nearer to the truth was not tested.",
        "",
        f"`long.cwa`: {long['ours']:,} samples, {size:.0f} MB. CPU time of a pass, both processes:",
        f"**{size / work_s:.0f} MB a second**, and {start_s:.2f} s once for the helper, which is",
        f"{work_s / long['their_cpu_s']:.1f} times {long['peer']} and",
        f"{work_s / long['actfast_cpu_s']:.1f} times actfast reading the file at once, which gives",
        "32-bit values in other units. At their peak, our two processes together held",
        f"**{memory[0]:.0f} MB**; actfast at once {memory[1]:.0f} MB, which grows with the file.",
    ]
    return out


if __name__ == "__main__":
    main()
