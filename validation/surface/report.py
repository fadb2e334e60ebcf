"""Measure surface and kind of way, and put it in words."""

from __future__ import annotations

import itertools
import platform
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import osmium
from numpy.typing import NDArray

from evenstride.terrain.surface import GroundMap, Underfoot, open_map
from evenstride.terrain.surface.extract import near_cells, read_ways
from validation.surface.others import Guessed, nearest, valhalla
from validation.surface.walks import ALIKE_M, SPACING_M, Town, Walk

__all__ = ["Study", "measure", "render"]

SEED = 20_261_128  # the constants were tuned on walks from other seeds
WALKS = 24
_BLURS = ((3.0, ALIKE_M), (6.0, ALIKE_M), (10.0, ALIKE_M), (6.0, 0.0), (6.0, 150.0))
_BINS = (0.0, 0.5, 0.8, 0.9, 0.95, 1.01)
_HIDDEN = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One way to match, on one kind of blur: shares of the length walked."""

    accuracy_m: float
    alike_m: float
    who: str
    right_way: float
    said: float
    right_said: float
    wrong: float
    ms_per_km: float


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """Everything measured."""

    length_km: float
    tagged: float
    with_word: float
    rows: list[Row]
    sure: list[tuple[float, float, float]]
    hidden: dict[str, float]
    read_s: float


def measure(path: Path) -> Study:
    """Simulate walks on a map and match them."""
    ground = open_map(path)
    box = osmium.io.Reader(str(path)).header().box()
    a, b = box.bottom_left, box.top_right
    north, east = np.meshgrid(np.linspace(a.lat, b.lat, 60), np.linspace(a.lon, b.lon, 60))
    start = time.perf_counter()
    town = Town(read_ways(ground.head, near_cells(north.ravel(), east.ravel())))
    read_s = time.perf_counter() - start
    rows, sure, walks = [], [], []
    for accuracy_m, alike_m in _BLURS:
        rng = np.random.default_rng(SEED)
        walks = [town.walk(rng, accuracy_m, alike_m) for _ in range(WALKS)]
        told, cpu_s = _ours(ground, walks)
        rows.append(_row("ours", town, walks, _guessed(told, cpu_s), [t.surface for t in told]))
        sure += [_sure(town, w, t) for w, t in zip(walks, told, strict=True)]
        for who, other in (("nearest", nearest(town, walks)), ("Valhalla", valhalla(path, walks))):
            if other is not None:
                rows.append(_row(who, town, walks, other, _words(town, other)))
        rows[-3:] = [_named(row, alike_m) for row in rows[-3:]]
    under = np.concatenate([walk.way for walk in walks])
    return Study(
        length_km=sum(walk.length_m for walk in walks) / 1000,
        tagged=float(np.mean(town.ways.surface_tag[under] != "")),
        with_word=float(np.mean(town.words[under] != "")),
        rows=rows,
        sure=_binned(np.concatenate(sure)),
        hidden=_hidden(path, town),
        read_s=read_s,
    )


def _named(row: Row, alike_m: float) -> Row:
    values = {name: getattr(row, name) for name in Row.__slots__}
    return Row(**{**values, "alike_m": alike_m})


def _ours(ground: GroundMap, walks: Sequence[Walk]) -> tuple[list[Underfoot], float]:
    start = time.process_time()
    told = [
        ground.underfoot(
            walk.latitude_deg, walk.longitude_deg, np.full(len(walk.way), walk.accuracy_m)
        )
        for walk in walks
    ]
    return told, time.process_time() - start


def _guessed(told: Sequence[Underfoot], cpu_s: float) -> Guessed:
    return Guessed([one.way_id for one in told], cpu_s)


def _words(town: Town, guessed: Guessed) -> list[NDArray[np.str_]]:
    word = dict(zip(town.ways.id.tolist(), town.words.tolist(), strict=True))
    return [np.array([word.get(i, "") for i in one.tolist()]) for one in guessed.ways]


def _row(
    who: str,
    town: Town,
    walks: Sequence[Walk],
    guessed: Guessed,
    words: Sequence[NDArray[np.str_]],
) -> Row:
    way = np.concatenate([walk.way for walk in walks])
    said, true = np.concatenate(words), town.words[way]
    has = said != ""
    return Row(
        accuracy_m=walks[0].accuracy_m,
        alike_m=ALIKE_M,
        who=who,
        right_way=float(np.mean(np.concatenate(guessed.ways) == town.ways.id[way])),
        said=float(np.mean(has)),
        right_said=float(np.mean(said[has] == true[has])),
        wrong=float(np.mean(has & (said != true))),
        ms_per_km=1e6 * guessed.cpu_s / sum(walk.length_m for walk in walks),
    )


def _sure(town: Town, walk: Walk, told: Underfoot) -> NDArray[np.float64]:
    return np.column_stack([told.sure, told.way_id == town.ways.id[walk.way]])


def _binned(sure: NDArray[np.float64]) -> list[tuple[float, float, float]]:
    rows = []
    for low, high in itertools.pairwise(_BINS):
        part = sure[(sure[:, 0] >= low) & (sure[:, 0] < high)]
        rows.append((float(part[:, 0].mean()), float(part[:, 1].mean()), len(part) / len(sure)))
    return rows


def _hidden(path: Path, town: Town) -> dict[str, float]:
    """Walk on ways that were taken off the map, and see what is said there."""
    rng = np.random.default_rng(SEED + 1)
    gone = rng.random(len(town.ways.id)) < _HIDDEN
    lost = set(town.ways.id[gone].tolist())
    poorer = path.with_name("poorer.osm.pbf")
    poorer.unlink(missing_ok=True)
    with osmium.SimpleWriter(str(poorer)) as writer:
        for one in osmium.FileProcessor(str(path), osmium.osm.NODE | osmium.osm.WAY):
            if not (one.is_way() and one.id in lost):
                writer.add(one)
    walks = [town.walk(rng, 6.0) for _ in range(WALKS)]
    told = _ours(open_map(poorer), walks)[0]
    on = np.concatenate([gone[walk.way] for walk in walks])
    words = np.concatenate([one.surface for one in told])[on]
    true = np.concatenate([town.words[walk.way] for walk in walks])[on]
    off = np.concatenate([one.off_map for one in told])
    return {
        "share": float(on.mean()),
        "silent": float(np.mean(words == "")),
        "other": float(np.mean((words != "") & (words != true))),
        "off": float(off[on].mean()),
        "falsely_off": float(off[~on].mean()),
    }


def render(study: Study) -> str:
    """Return the page."""
    blur = "\n".join(
        f"| {row.accuracy_m:.0f} | {row.alike_m:.0f} | {row.who} | {row.right_way:.1%} |"
        f" {row.said:.1%} | {row.right_said:.1%} | {row.wrong:.1%} | {row.ms_per_km:.0f} |"
        for row in study.rows
    )
    sure = "\n".join(f"| {a:.2f} | {b:.2f} | {c:.1%} |" for a, b, c in study.sure)
    hidden = study.hidden
    return f"""# Surface from a map

Written by `python -m validation.surface`; do not edit. The walks are simulated: {WALKS} walks,
{study.length_km:.0f} km in all for each row, along real ways of the centre of Helsinki (an extract
of OpenStreetMap, © OpenStreetMap contributors, ODbL), from random corner to random corner, one
position every {SPACING_M:.0f} m. That is a hard place: pavements, lanes and passages run side by
side a few metres apart. Of the length walked {study.tagged:.0%} carry a surface tag, and
{study.with_word:.0%} one that has a word here. Constants were tuned on walks from other seeds on
the same map, so no other town has been seen.
Python {platform.python_version()}, {platform.machine()}.

| blur (m) | alike over (m) | who | right way | surface said | right | wrong in all | ms/km |
|---|---|---|---|---|---|---|---|
{blur}

*Blur* is the radius of the circle that holds 68 % of the positions. *Alike over*: how far the
error goes on in the same direction; 0 means that every position errs on its own. *Right* is the
share of what was said, *wrong in all* that of the whole length. *ms/km* is computing time: ours
counts the reading of the map (once in {study.read_s:.2f} s); *Valhalla* (pyvalhalla 3.9.1 on
Python 3.12 with its own settings for walking, raw tag by way id) does not count the building of
its tiles. The others always say the surface of the way they chose; ours says nothing below a
probability of 0.8.

## Is it as sure as it says?

| says (probability of the way) | is right | of all positions |
|---|---|---|
{sure}

## Ways that are not on the map

{_HIDDEN:.0%} of the ways were taken off the map at random and walked on all the same, at a blur of
6 m ({hidden["share"]:.0%} of the length). There {hidden["silent"]:.0%} of the length got no
surface, {hidden["other"]:.0%} a wrong one from a way close by, and {hidden["off"]:.0%} was
recognised as on no way of the map. On ways that are on the map, {hidden["falsely_off"]:.1%} was
called off it.
"""
