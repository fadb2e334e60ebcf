"""evenstride's own speed and memory, in a fresh process: ``python -m validation.bench_ours``.

Reads one job (.npz) and writes one answer (.json), like the workers of the peers do.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from validation.datasets import Signal
from validation.day import repeated
from validation.peers.worker import memory_mb, peak_mb


def main() -> None:
    """Time one recording, or stream a recording of many hours and watch the memory."""
    job_path, out_path, repeats, stream_hours = sys.argv[1:5]
    start = time.perf_counter()
    import evenstride as es

    analyze, from_arrays = es.analyze, es.Recording.from_arrays
    import_s = time.perf_counter() - start
    from evenstride.model import RawBlock, Recording

    with np.load(job_path) as job:
        signal = Signal(job["time_s"], job["acceleration"], job["angular_velocity"])
    few = slice(0, 3000)
    angular = signal.angular_velocity_rad_s
    if angular is None:
        raise ValueError("the speed is measured with a gyroscope")
    short = from_arrays(
        time_s=signal.time_s[few],
        acceleration_m_s2=signal.acceleration_m_s2[few],
        angular_velocity_rad_s=angular[few],
        placement="lower back",
    )
    analyze(short, height_m=1.75)

    def blocks() -> Iterator[RawBlock]:
        for part in repeated(signal, int(stream_hours)):
            yield RawBlock(part.time_s, part.acceleration_m_s2, part.angular_velocity_rad_s)

    if int(stream_hours):
        recording = Recording(format="stream", open=blocks, placement="lower back")
    else:
        recording = from_arrays(
            time_s=signal.time_s,
            acceleration_m_s2=signal.acceleration_m_s2,
            angular_velocity_rad_s=angular,
            placement="lower back",
        )
    before = memory_mb()
    spent = []
    for _ in range(int(repeats)):
        start = time.process_time()
        gait = analyze(recording, height_m=1.75)
        spent.append(time.process_time() - start)
    Path(out_path).write_text(
        json.dumps(
            {
                "cpu_s": spent,
                "before_mb": before,
                "peak_mb": peak_mb(),
                "import_s": import_s,
                "contacts": len(gait.contacts),
                "bouts": len(gait.bouts),
            }
        )
    )


if __name__ == "__main__":
    main()
