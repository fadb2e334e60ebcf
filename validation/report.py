"""Writes RESULTS.md from the results of a run. No number here is typed by hand."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from validation.datasets import origins
from validation.split import HOLD_OUT_H, TUNING_H
from validation.targets import ACCURACY_TARGETS, Target

__all__ = ["machine", "render"]

_PEER_COLUMNS = ("mobgap", "mobgap, impaired", "mobgap, best parts", "skdh", "forest")
_TITLES = {
    "mobgap": "mobgap healthy",
    "mobgap, impaired": "mobgap impaired",
    "mobgap, best parts": "mobgap best parts",
    "mobgap, as it lay": "mobgap, phone as it lay",
    "skdh": "skdh",
    "skdh, as it lay": "skdh, phone as it lay",
    "forest": "forest.oak",
}
_ABSENT = "–"


def machine() -> dict[str, str]:
    """Return what the run was made on."""
    model = platform.processor()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [line for line in info.read_text().splitlines() if line.startswith("model name")]
        model = names[0].split(":", 1)[1].strip() if names else model
    return {"system": platform.platform(), "processor": model, "python": platform.python_version()}


def render(results: Mapping[str, Any]) -> str:
    """Return the whole report as Markdown."""
    parts = [_head(results)]
    for name, write in _SECTIONS.items():
        if name in results:
            parts.append(write(results[name]["result"]))
    parts += [_method(), _sources(results)]
    return "\n".join(parts).rstrip() + "\n"


def _head(results: Mapping[str, Any]) -> str:
    about = results["about"]
    lines = [
        "# What evenstride reaches, measured",
        "",
        "Written by `python -m validation`; do not edit.",
        (
            f"evenstride {about['evenstride']} (commit {about['commit']}), Python "
            f"{about['machine']['python']}, NumPy {about['numpy']}, SciPy {about['scipy']}, "
            f"{about['machine']['system']}, {about['machine']['processor']}."
        ),
        "",
        "| section | measured | peers |",
        "|---|---|---|",
    ]
    for name in _SECTIONS:
        if name in results:
            peers = {True: "in the same run", False: "not run"}[results[name]["peers"]]
            if results[name]["peers"] and results[name]["reused"]:
                peers = "answers of an earlier run to exactly the same jobs"
            lines.append(f"| {name} | {results[name]['date']} | {peers} |")
    if "accuracy" in results:
        marks = list(_all_marks(results))
        reached = sum(marks)
        lines += ["", f"**{reached} of {len(marks)} targets are reached** (marked below)."]
    return "\n".join([*lines, ""])


def _all_marks(results: Mapping[str, Any]) -> Iterable[bool]:
    ours = results["accuracy"]["result"]["engines"]["evenstride"]
    for target in ACCURACY_TARGETS:
        for name, group in (("H", "H hold-out"), ("L", "L")):
            mark = target.reached(_judged(target, ours, group), name)
            if mark is not None:
                yield mark
    for name, judge in _OTHER_MARKS.items():
        if name in results:
            yield from (mark for _, _, mark in judge(results[name]["result"]))


# --- accuracy ----------------------------------------------------------------------------------


def _judged(target: Target, engine: Mapping[str, Any], group: str) -> Mapping[str, Any]:
    """Return the scores a target is judged on: lengths on hold-out people by the course."""
    scores = engine[group]
    if target.path[0] == "lengths" and group == "H hold-out":
        return (
            {**scores, "lengths": engine["H hold-out, by the course"]}
            if ("H hold-out, by the course" in engine)
            else scores
        )
    return scores  # type: ignore[no-any-return]


def _accuracy(result: Mapping[str, Any]) -> str:
    engines = result["engines"]
    peers = [name for name in _PEER_COLUMNS if name in engines]
    ours = engines["evenstride"]
    lines = ["## Lumbar sensor, H: ten healthy people, 2 x 10 m", ""]
    lines += _table(
        ["", "target", "tuning people", "hold-out people", "reached", *(_TITLES[p] for p in peers)],
        (
            [
                _named(target),
                _limit(target, "H"),
                _cell(target, ours["H tuning"]),
                _cell(target, _judged(target, ours, "H hold-out")),
                _mark(target.reached(_judged(target, ours, "H hold-out"), "H")),
                *(_cell(target, _judged(target, engines[p], "H hold-out")) for p in peers),
            ]
            for target in ACCURACY_TARGETS
            if target.h is not None
        ),
    )
    lines += [
        "",
        (
            f"Tuning people: {', '.join(TUNING_H)}; hold-out people: {', '.join(HOLD_OUT_H)}; the "
            "peers are shown on the same hold-out people. In brackets: coverage. Stride length and "
            "speed of the tuning people are judged by foot sensors (people "
            f"{', '.join(result['foot_reference']['people'])}), those of the hold-out people by "
            "the length of the course (see below). Mean absolute errors are over legs (one way "
            "without the U-turn)."
        ),
        "",
        *_further(result, "H hold-out", peers),
    ]
    lines += ["", "### Each person of H", ""]
    lines += _table(
        ["person", "part", "F1 250 ms", "F1 100 ms", "jitter", "gait F1", "left/right"],
        (
            [
                row["person"],
                "hold-out" if row["held_out"] else "tuning",
                _number(row["contacts_f1"], 3),
                _number(row["narrow_f1"], 3),
                f"{_number(1e3 * row['jitter_s'], 1)} ms",
                _number(row["gait"]["f1"], 3),
                _number(row["sides_right"], 3),
            ]
            for row in result["people"]
        ),
    )
    lines += ["", "## Lumbar sensor, L: one older person, laboratory and daily activities", ""]
    lines += _table(
        ["", "target", "evenstride", "reached", "against cameras", *(_TITLES[p] for p in peers)],
        (
            [
                _named(target),
                _limit(target, "L"),
                _cell(target, ours["L"]),
                _mark(target.reached(ours["L"], "L")),
                _cell(target, ours["L, cameras"]),
                *(_cell(target, engines[p]["L"]) for p in peers),
            ]
            for target in ACCURACY_TARGETS
            if target.l is not None
        ),
    )
    lines += [
        "",
        (
            "**This is no hold-out**: it is one person, whose recordings were there during tuning. "
            "The reference is the pressure insoles; the cameras cover a part of the time and "
            "disagree with the insoles by up to a quarter of a metre per second."
        ),
        "",
        *_further(result, "L", peers),
    ]
    foot, pocket = result["foot_reference"], result["trouser_pocket"]
    lines += [
        "",
        "### How good is the stride length reference on H?",
        "",
        (
            f"{foot['strides']} steady strides of people {', '.join(foot['people'])} in "
            f"{foot['trials']} trials. Their feet went {foot['way_mean_m']:.2f} ± "
            f"{foot['way_sd_m']:.2f} m (mean ± SD over {foot['trials_whole']} trials without lost "
            "strides) from standing to the middle of the U-turn, on a course of 10 m."
        ),
        "",
        "### Phone in the trouser pocket, T: walking against sitting",
        "",
        (
            f"{pocket['walks']} executions of about 5 s of walking: sample-wise F1 "
            f"{pocket['f1']:.3f}, specificity {pocket['specificity']:.3f} (no target)."
        ),
        "",
    ]
    return "\n".join(lines)


def _further(result: Mapping[str, Any], group: str, peers: Sequence[str]) -> list[str]:
    """Return the numbers without a target that a reader needs to judge the ones with."""
    engines = result["engines"]
    rows: list[tuple[str, tuple[str, ...], float, int, str]] = [
        ("precision", ("precision",), 1, 3, ""),
        ("recall", ("recall",), 1, 3, ""),
        ("F1 250 ms, without single steps while standing", ("walking_f1",), 1, 3, ""),
        ("F1 250 ms, ceiling (see below)", ("ceiling_f1",), 1, 3, ""),
        ("left and right, with the doubtful trials", ("sides_right_strict",), 1, 3, ""),
        ("constant offset taken out", ("offset_s",), 1e3, 0, " ms"),
        ("single strides, MAE of length", ("lengths", "stride_mae_m"), 100, 1, " cm"),
        ("single strides, bias of length", ("lengths", "bias_m"), 100, 1, " cm"),
    ]
    columns = ["evenstride", *peers]
    table = []
    for title, path, scale, digits, unit in rows:
        target = Target(title, path, unit, scale, digits, "at least", None, None)
        cells = []
        for name in columns:
            value = target.value(_judged(target, engines[name], group))
            cells.append(_ABSENT if value is None else f"{value:.{digits}f}{unit}")
        table.append([title, *cells])
    return _table(["further", "evenstride", *(_TITLES[p] for p in peers)], table)


# --- robustness --------------------------------------------------------------------------------


def _robustness_marks(result: Mapping[str, Any]) -> list[tuple[str, str, bool]]:
    ours = result["engines"]["evenstride"]
    change = result["rotation_change_s"]
    marks = [("any rotation, contact times", f"{change:.1e} s", change <= 1e-6)]
    for condition in ("25 Hz", "10 % lost"):
        for group in ("H hold-out", "L"):
            lost = 100 * (ours["as mounted"][group] - ours[condition][group])
            marks.append((f"{condition}, {group}: F1 lost", f"{lost:.1f} points", lost <= 1.0))
    return marks


def _robustness(result: Mapping[str, Any]) -> str:
    engines = result["engines"]
    lines = ["## Turned, slow and lossy sensors: contact F1 within 250 ms", ""]
    for group in ("H hold-out", "L"):
        lines += _table(
            [group, *(_TITLES.get(name, name) for name in engines)],
            (
                [condition, *(_number(engines[name][condition][group], 3) for name in engines)]
                for condition in engines["evenstride"]
            ),
        )
        lines.append("")
    lines += _table(
        ["target", "measured", "reached"],
        ([title, value, _mark(mark)] for title, value, mark in _robustness_marks(result)),
    )
    lines += [
        "",
        (
            f"One random rotation for each of {result['rotation_walks']} recordings; peers are not "
            "told the axes then. 25 and 50 Hz are low-passed and decimated; peers get them filled "
            "up to 100 Hz. Loss is in bursts of 0.05 to 0.25 s; peers get the gaps interpolated."
        ),
        "",
    ]
    return "\n".join(lines)


# --- phones ------------------------------------------------------------------------------------


def _phones_marks(result: Mapping[str, Any]) -> list[tuple[str, str, bool]]:
    score = result["engines"]["evenstride"]
    return [
        ("mean error, at most 2 %", f"{score['mape']:.2f} %", score["mape"] <= 2.0),
        ("worst recording, at most 5 %", f"{score['worst']:.1f} %", score["worst"] <= 5.0),
    ]


def _phones(result: Mapping[str, Any]) -> str:
    engines = result["engines"]
    titles = [_TITLES.get(name, name) for name in engines]
    lines = ["## Steps counted from phones (P): absolute error in percent", ""]
    lines += _table(
        ["target", "measured", "reached"],
        ([title, value, _mark(mark)] for title, value, mark in _phones_marks(result)),
    )
    lines.append("")
    rows = [["**all, mean**", *(f"{e['mape']:.2f}" for e in engines.values())]]
    rows.append(["all, worst", *(f"{e['worst']:.1f}" for e in engines.values())])
    for kind in ("position", "person"):
        rows += [
            [f"{kind} {name}", *(f"{engine[kind][name]:.2f}" for engine in engines.values())]
            for name in engines["evenstride"][kind]
        ]
    lines += _table(["", *titles], rows)
    lines += ["", "Signed error of each walk:", ""]
    lines += _table(
        ["walk", "steps", *titles],
        (
            [
                walk["id"],
                str(walk["steps"]),
                *(f"{engine['by_walk'][walk['id']]:+.1f}" for engine in engines.values()),
            ]
            for walk in result["walks"]
        ),
    )
    lines += [
        "",
        (
            "evenstride is judged without being told where the phone was. The lines of the persons "
            "show each of the three as the one left out. Peers get the phone turned upright by us, "
            "which they could not do themselves; “as it lay” is without that help."
        ),
        "",
    ]
    return "\n".join(lines)


# --- silence -----------------------------------------------------------------------------------


def _silence_marks(result: Mapping[str, Any]) -> list[tuple[str, str, bool]]:
    silent = sum(row["silent"] for row in result["rows"] if row["engine"] == "evenstride")
    left = sum(result["unaccounted_s"].values())
    return [
        ("defects that harm in silence", str(silent), silent == 0),
        ("time neither walking nor unused with a reason", f"{left:.1f} s", left < 1.0),
    ]


def _silence(result: Mapping[str, Any]) -> str:
    engines = list(dict.fromkeys(row["engine"] for row in result["rows"]))
    defects = list(dict.fromkeys(row["defect"] for row in result["rows"]))
    cells = {(row["defect"], row["engine"]): row for row in result["rows"]}
    lines = ["## Broken input: harmed / of these in silence", ""]
    lines += _table(
        ["target", "measured", "reached"],
        ([title, value, _mark(mark)] for title, value, mark in _silence_marks(result)),
    )
    lines.append("")
    rows = []
    for defect in defects:
        found = [cells.get((defect, engine)) for engine in engines]
        rows.append(
            [defect, *(_ABSENT if c is None else f"{c['harmed']} / {c['silent']}" for c in found)]
        )
    lines += _table(["defect", *(_TITLES.get(name, name) for name in engines)], rows)
    walks = result["rows"][0]["walks"]
    lines += [
        "",
        (
            f"Of {walks} recordings each. Harmed: the contact F1 fell by more than 5 points. In "
            "silence: no error, no warning and no reason beyond those given for the intact one."
        ),
        "",
    ]
    return "\n".join(lines)


# --- speed and memory --------------------------------------------------------------------------

_SPEED_LIMITS = {"day mix, 1 h": 0.2, "all walking, 1 h": 0.5, "30 s": 0.030}


def _speed_marks(result: Mapping[str, Any]) -> list[tuple[str, str, bool]]:
    ours = result["engines"]["evenstride"]
    return [
        (f"{name}, at most {limit} s", f"{ours[name]['cpu_s']:.3f} s", ours[name]["cpu_s"] <= limit)
        for name, limit in _SPEED_LIMITS.items()
    ]


def _speed(result: Mapping[str, Any]) -> str:
    engines = result["engines"]
    lines = ["## Speed: CPU seconds, one thread, after one warm-up call, arrays in memory", ""]
    lines += _table(
        ["", "target", *(_TITLES.get(name, name) for name in engines), "reached"],
        (
            [
                name,
                str(limit),
                *(_spent(engine[name]) for engine in engines.values()),
                _mark(engines["evenstride"][name]["cpu_s"] <= limit),
            ]
            for name, limit in _SPEED_LIMITS.items()
        ),
    )
    imports = ", ".join(
        f"{_TITLES.get(name, name)} {value:.2f}" for name, value in result["import_s"].items()
    )
    rivals = {name: engine for name, engine in engines.items() if name != "evenstride"}
    factors = [
        f"{name}: {min(e[name]['cpu_s'] for e in rivals.values()) / ours['cpu_s']:.1f}"
        for name, ours in engines["evenstride"].items()
        if rivals
    ]
    faster = f"Times faster than the fastest peer: {', '.join(factors)}." if factors else ""
    walked = engines["evenstride"]["day mix, 1 h"]
    return "\n".join(
        [
            *lines,
            "",
            (
                f"Import, seconds: {imports}. {faster} In the day mix evenstride finds "
                f"{walked['bouts']} stretches of walking and {walked['contacts']} contacts. "
                "Seconds depend on the machine and on what else it does; the factors hardly do."
            ),
            "",
        ]
    )


def _spent(one: Mapping[str, Any]) -> str:
    if one.get("error"):
        return f"failed ({one['error'][:40]})"
    return f"{one['cpu_s']:.3f}"


def _memory_marks(result: Mapping[str, Any]) -> list[tuple[str, str, bool]]:
    ours = {k: v for k, v in result["engines"]["evenstride"].items() if "CPU" not in k}
    return [
        (f"{name}, below 150 MB", f"{value:.0f} MB", value < 150) for name, value in ours.items()
    ]


def _memory(result: Mapping[str, Any]) -> str:
    engines = result["engines"]
    rows = list(engines["evenstride"])
    lines = ["## Memory: peak in MB above the import and the arrays handed in", ""]
    lines += _table(
        ["target below 150 MB", *(_TITLES.get(name, name) for name in engines), "reached"],
        (
            [
                name,
                *(_size(engine.get(name)) for engine in engines.values()),
                _mark(engines["evenstride"][name] < 150) if "CPU" not in name else "",
            ]
            for name in rows
        ),
    )
    return "\n".join([*lines, ""])


def _size(value: object) -> str:
    return f"{value:.0f}" if isinstance(value, float) else str(value or _ABSENT)[:60]


# --- method and sources ------------------------------------------------------------------------


def _method() -> str:
    return """## How it is scored

- Contacts are matched one to one, closest first, from the first to the last labelled contact
  ± tolerance. U-turns ± 0.3 s are left out. On H every label counts, also the single steps that
  some people made while standing after the walk, which an engine that reports walking cannot
  know; without them the score is given as a further line, and so is the ceiling: the score of an
  engine that finds every contact of the walking and nothing else.
- The constant for the 100 ms score is found on the tuning people (H) or on the set (L), for each
  engine. Jitter is the median absolute deviation of the time errors.
- Stride time: from contact to the next of the same foot; covered when both ends were matched
  with exactly one contact found between them.
- Cadence: over each leg without its first and last step, contacts less one over the time between
  the first and the last of them.
- Gait sequences: sample by sample at 100 Hz over the whole recording. On H walking is a run of
  events (foot-off, contact) without a pause over 2 s and with at least five contacts, U-turn
  included; other steps ± 0.5 s are left out. Standing before and after is rest.
- Left and right: share right of the sides told; at least 80 % must be told. The sides of trials
  4-1 and 4-2 are not judged: two engines without common code, one of them blind to how the sensor
  is mounted, call every side there the other way round and every side of the person's other four
  trials as labelled, so the labels are probably swapped. The score with them is given as well.
- Stride length and speed: on steady strides (not the first or last of a leg, no turn), mean per
  leg; at least 80 % must be covered.
- Peers get even 100 Hz data by packet time, axes as they want them, height and sensor height, and
  the constant that suits them best. "Best parts" takes, with the truth in hand, the best of nine
  pairs of mobgap's sequence and contact detectors. forest.oak has no contacts: its cadence is
  laid out evenly.
"""


def _sources(results: Mapping[str, Any]) -> str:
    lines = ["## Recordings", ""]
    lines += _table(
        ["set", "folder", "origin", "licence", "used for"],
        ([o.set, o.folder, o.source, o.licence, o.used_for] for o in origins()),
    )
    lines += [
        "",
        (
            f"{results['about']['files']} files; their SHA-256 sums are in "
            "[CHECKSUMS](CHECKSUMS). Nothing of them is in this repository."
        ),
    ]
    return "\n".join(lines)


# --- cells -------------------------------------------------------------------------------------


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    return lines + [f"| {' | '.join(row)} |" for row in rows]


def _named(target: Target) -> str:
    return f"{target.title} ({target.unit})" if target.unit else target.title


def _limit(target: Target, name: str) -> str:
    limit = target.limit(name)
    sign = "≥" if target.sense == "at least" else "≤"
    return _ABSENT if limit is None else f"{sign} {limit:g}"


def _cell(target: Target, scores: Mapping[str, Any]) -> str:
    value, covered = target.value(scores), target.coverage(scores)
    if value is None:
        return _ABSENT
    shown = f"{value:.{target.digits}f}"
    return shown if covered is None else f"{shown} ({covered:.2f})"


def _number(value: float | None, digits: int) -> str:
    return _ABSENT if value is None or value != value else f"{value:.{digits}f}"


def _mark(reached: bool | None) -> str:
    return {True: "yes", False: "**no**", None: ""}[reached]


_SECTIONS = {
    "accuracy": _accuracy,
    "robustness": _robustness,
    "phones": _phones,
    "silence": _silence,
    "speed": _speed,
    "memory": _memory,
}

_OTHER_MARKS = {
    "robustness": _robustness_marks,
    "phones": _phones_marks,
    "silence": _silence_marks,
    "speed": _speed_marks,
    "memory": _memory_marks,
}
