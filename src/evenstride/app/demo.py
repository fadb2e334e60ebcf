"""The shipped recordings of real walks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.resources import as_file, files

from evenstride.app.analyse import Analysed, Request, analyse_file

__all__ = ["DEMOS", "Demo", "demo"]


@dataclass(frozen=True, slots=True)
class Demo:
    """A shipped recording.

    Attributes:
        file: Its name in ``demo_data``.
        about: What it is, in plain words.
        request: What is known about it.
    """

    file: str
    about: str
    request: Request


_AT_THE_BACK = Request(placement="lower back")

DEMOS = {
    "walk": Demo(
        "lower_back_walk.csv.gz",
        "nearly three minutes of a real walk, sensor at the lower back",
        _AT_THE_BACK,
    ),
    "daily-life": Demo(
        "daily_life_trial.csv.gz",
        "two minutes of everyday movement, 1.59 m tall, sensor at the lower back",
        replace(_AT_THE_BACK, height_m=1.59),
    ),
}


def demo(name: str = "walk", progress: Callable[[float], None] | None = None) -> Analysed:
    """Measure a shipped recording.

    Args:
        name: One of ``DEMOS``.
        progress: Told now and then how many seconds of the recording are done.
    """
    shipped = DEMOS[name]
    with as_file(files("evenstride") / "demo_data" / shipped.file) as path:
        return analyse_file(path, shipped.request, progress)
