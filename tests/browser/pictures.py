"""The first page of a PDF as a picture: where each part stands, and how much of it is dark.

Letters of another shape or a line that breaks a word earlier move a part by little and change its
darkness by some; a part that is empty or missing loses nearly all of it.
"""

import re
import shutil
import subprocess
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_DOTS_PER_INCH = 72  # one dot is one point, as in the boxes of the words
_LINE = re.compile(r"<line ([^>]*)>(.*?)</line>", re.DOTALL)
_WORD = re.compile(r"<word [^>]*>(.*?)</word>", re.DOTALL)
_NUMBER = re.compile(r'(x|y)M(in|ax)="([\d.]+)"')
_FOOT = 0.93


@dataclass(frozen=True)
class Part:
    """What stands below a heading.

    Attributes:
        left: Where it begins, as a share of the width.
        top: Where it begins, as a share of the height.
        ink: How many dots are dark, in points squared; its heading is not counted.
    """

    left: float
    top: float
    ink: float


def parts(pdf: Path, columns: dict[str, str]) -> dict[str, Part]:
    """Return the parts of the first page below headings; a heading that is not there is left out.

    Args:
        pdf: The file.
        columns: For each heading, in which column its part is: "left", "right" or "both".
    """
    dots, lines = _dots(pdf), _lines(pdf)
    height, width = dots.shape
    sides = {"left": (0, width // 2), "right": (width // 2, width), "both": (0, width)}
    heads = {title: (*lines[title], *sides[columns[title]]) for title in columns if title in lines}
    found = {}
    for title, (left, top, bottom, begin, end) in heads.items():
        below = [
            other_top
            for _, other_top, _, other_begin, other_end in heads.values()
            if other_top > bottom and other_begin < end and other_end > begin
        ]
        last = int(min([*below, _FOOT * height])) - 1
        ink = float(dots[int(bottom) + 1 : last, begin:end].sum())
        found[title] = Part(left / width, top / height, ink)
    return found


def _dots(pdf: Path) -> NDArray[np.float64]:
    """Return the first page: how dark each dot is, from 0 to 1."""
    command = ["pdftoppm", "-gray", "-r", str(_DOTS_PER_INCH), "-l", "1", "-singlefile", str(pdf)]
    data = _run(command)
    kind, width, height, most = data.split(maxsplit=4)[:4]
    assert (b"P5", b"255") == (kind, most)
    dots = np.frombuffer(data[-int(width) * int(height) :], np.uint8)
    return 1 - dots.reshape(int(height), int(width)) / 255


def _lines(pdf: Path) -> dict[str, tuple[float, float, float]]:
    """Return where each line of the first page is: left, top and bottom, in points."""
    found = {}
    shown = _run(["pdftotext", "-bbox-layout", "-l", "1", str(pdf), "-"]).decode()
    for box, inner in _LINE.findall(shown):
        at = {axis + end: float(value) for axis, end, value in _NUMBER.findall(box)}
        found[unescape(" ".join(_WORD.findall(inner)))] = (at["xin"], at["yin"], at["yax"])
    return found


def _run(command: list[str]) -> bytes:
    assert shutil.which(command[0]), "Pictures of a PDF need poppler: apt install poppler-utils"
    return subprocess.run(command, capture_output=True, check=True).stdout
