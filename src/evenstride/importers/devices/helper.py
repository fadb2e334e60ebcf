"""The helper process that runs the native reader; started as a script, never imported.

For each line on its standard input it reads the file named by its only argument and answers with
(number of samples, has a turning rate) and the arrays, as bytes. It stands alone on purpose: it
starts quickly, and when the native code gives up the program that asked lives on.
"""

from __future__ import annotations

import struct
import sys

import actfast
import numpy as np

_MOST_MEMORY = 4 << 30


def _limit_memory() -> None:
    """Keep damaged sizes from filling the computer; Windows knows no such limit."""
    if sys.platform != "win32":
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        if hard == resource.RLIM_INFINITY or hard > _MOST_MEMORY:
            resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, hard))


def _answer(path: str) -> bytes:
    """Read the file; a file without motion, or one that is refused, has no samples."""
    try:
        tables = actfast.read(path, lenient=True)["timeseries"].values()
    except (ValueError, OSError):
        return struct.pack("<q?", -1, False)
    table = next((table for table in tables if "acceleration" in table), None)
    if table is None or table["acceleration"].ndim != 2:
        return struct.pack("<q?", 0, False)
    turning = table.get("gyroscope")
    head = struct.pack("<q?", len(table["datetime"]), turning is not None)
    times = table["datetime"].astype(np.int64).tobytes()
    values = table["acceleration"].astype(np.float32).tobytes()
    turns = b"" if turning is None else turning.astype(np.float32).tobytes()
    return head + times + values + turns


def main() -> None:
    """Answer until standard input ends."""
    _limit_memory()
    for _ in sys.stdin.buffer:
        sys.stdout.buffer.write(_answer(sys.argv[1]))
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
