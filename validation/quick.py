"""evenstride alone, in less than a minute: ``python -m validation.quick [--holdout] [--robust]``.

For tuning. The hold-out people are only looked at when asked for by name.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from scipy.spatial.transform import Rotation

from validation import datasets, ours
from validation.foot_reference import with_course_strides, with_foot_strides
from validation.scoring import (
    TURN_MARGIN_S,
    WIDE_S,
    Found,
    inside,
    match,
    score_contacts,
    score_lengths,
    timing_change,
    uncovered_s,
)
from validation.signals import lose_bursts, resample, rotate
from validation.split import people_of
from validation.summary import Summary, step_counts, summarise


def main() -> None:
    """Print one line per target."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--recordings", type=Path, default=datasets.DEFAULT_RECORDINGS)
    parser.add_argument("--holdout", action="store_true", help="the hold-out people of H")
    parser.add_argument("--robust", action="store_true", help="rotation, 25 Hz, 10 %% loss")
    parser.add_argument("--each", action="store_true", help="one line per walk")
    parser.add_argument("--misses", action="store_true", help="every missed and false contact")
    options = parser.parse_args()
    part = people_of("hold-out" if options.holdout else "tuning")
    sets = {
        "H": [],
        "L": datasets.load_l(options.recordings),
    }
    everyone = [
        with_foot_strides(walk, options.recordings) for walk in datasets.load_h(options.recordings)
    ]
    sets["H"] = [walk for walk in everyone if walk.person in part]
    for name, walks in sets.items():
        start = time.process_time()
        found = {walk.id: ours.run(walk) for walk in walks}
        spent = time.process_time() - start
        _print_summary(name, summarise(walks, found))
        if name == "H":
            course = with_course_strides(walks, everyone)
            pairs = [(w.reference, found[w.id]) for w in course if w.reference is not None]
            by_course = score_lengths(pairs)
            print(
                f"  by the course       {100 * by_course.length_mae_m:.1f} cm, bias "
                f"{100 * by_course.bias_m:+.1f} cm, {by_course.speed_mae_m_s:.3f} m/s, coverage "
                f"{by_course.coverage:.2f} of {by_course.strides} (all people of this part)"
            )
        if name == "L":
            _print_summary("L, cameras", summarise(walks, found, second=True))
        left = [uncovered_s(found[w.id], float(w.signal.time_s[-1])) for w in walks]
        print(f"  silent: {sum(left):.1f} s neither walking nor with a reason; CPU {spent:.2f} s")
        if options.each:
            for walk in walks:
                one = summarise([walk], {walk.id: found[walk.id]})
                print(
                    f"    {walk.id:16s} F1 {one.contacts_f1:.3f} (P {one.precision:.3f} "
                    f"R {one.recall:.3f}) jitter {1e3 * one.jitter_s:.0f} ms "
                    f"offset {1e3 * one.offset_s:+.0f} ms "
                    f"sides {one.sides_right:.2f} bouts F1 {one.gait.f1:.3f} "
                    f"spec {one.gait.specificity:.3f} "
                    f"length {100 * one.lengths.length_mae_m:.1f} cm "
                    f"speed {one.lengths.speed_mae_m_s:.3f}"
                )
        if options.misses:
            _print_misses(walks, found)
        if options.robust:
            _print_robustness(walks, found)
    phones = datasets.load_p(options.recordings)
    told = step_counts(phones, {walk.id: ours.run(walk) for walk in phones})
    untold = step_counts(phones, {walk.id: ours.run(walk, tell_placement=False) for walk in phones})
    for name, score in {"P, placement told": told, "P, not told": untold}.items():
        print(f"{name}: MAPE {score.mape:.2f} % (<= 2), worst {score.worst:.1f} % (<= 5)")
        if options.each:
            for walk_id, error in score.by_walk.items():
                print(f"    {walk_id:36s} {error:+.1f} %")


def _print_summary(name: str, score: Summary) -> None:
    lengths = score.lengths
    on_h = name.startswith("H")
    print(f"{name}: {score.walks} walks")
    print(
        f"  contacts F1 250 ms  {score.contacts_f1:.3f} (>= {'.975' if on_h else '.82'}), "
        f"precision {score.precision:.3f}, recall {score.recall:.3f}; "
        f"without single steps while standing {score.walking_f1:.3f}"
    )
    print(
        f"  F1 100 ms           {score.narrow_f1:.3f} (>= {'.96' if on_h else '.68'}), "
        f"offset {1e3 * score.offset_s:+.0f} ms, jitter {1e3 * score.jitter_s:.1f} ms (<= 12)"
    )
    print(
        f"  stride time MAE     {1e3 * score.stride_time.mae_s:.1f} ms (<= 11), "
        f"coverage {score.stride_time.coverage:.3f} (>= .95)"
    )
    print(
        f"  cadence MAE         {score.cadence_mae_spm:.2f} steps/min (<= 1 on H), "
        f"{score.cadence_mae_percent:.1f} % (<= 5 on L), coverage {score.cadence_coverage:.2f}"
    )
    print(
        f"  gait sequences F1   {score.gait.f1:.3f} (>= {'.975' if on_h else '.76'}), "
        f"specificity {score.gait.specificity:.3f} (>= .95)"
    )
    print(
        f"  left/right          {score.sides_right:.3f} (>= {'.985' if on_h else '.97'}), "
        f"told {score.sides_told:.2f}"
    )
    print(
        f"  stride length       {100 * lengths.length_mae_m:.1f} cm (<= {6 if on_h else 10}), "
        f"per stride {100 * lengths.stride_mae_m:.1f} cm, bias {100 * lengths.bias_m:+.1f} cm, "
        f"coverage {lengths.coverage:.2f} of {lengths.strides} (>= .80)"
    )
    print(f"  walking speed       {lengths.speed_mae_m_s:.3f} m/s (<= {'.06' if on_h else '.10'})")


def _print_misses(walks: Sequence[datasets.Walk], found: Mapping[str, Found]) -> None:
    """Say where contacts were missed or invented, relative to the walking and the U-turns."""
    for walk in walks:
        reference = walk.reference
        if reference is None:
            continue
        mine = found[walk.id].contact_s
        mine = mine[inside(mine, reference.scope_s, WIDE_S)]
        in_reference, in_found = match(reference.contact_s, mine, WIDE_S)
        lone = {
            "missed": np.delete(reference.contact_s, in_reference),
            "false": np.delete(mine, in_found),
        }
        for kind, times in lone.items():
            for time_s in times[~inside(times, reference.turns_s, TURN_MARGIN_S)].tolist():
                print(f"    {walk.id:16s} {kind:6s} {time_s:7.2f} s  {_place(reference, time_s)}")


def _place(reference: datasets.Reference, time_s: float) -> str:
    if not inside(np.array([time_s]), reference.gait_s)[0]:
        return "while standing"
    places = [f"{time_s - start:.1f} s after the start" for start, _ in reference.gait_s]
    places += [f"{end - time_s:.1f} s before the end" for _, end in reference.gait_s]
    places += [f"{start - time_s:.1f} s before a U-turn" for start, _ in reference.turns_s]
    places += [f"{time_s - end:.1f} s after a U-turn" for _, end in reference.turns_s]
    near = [place for place in places if 0.0 <= float(place.split()[0]) < 2.0]
    return ", ".join(near) or "in the middle"


def _print_robustness(walks: list[datasets.Walk], found: dict[str, Found]) -> None:
    rng = np.random.default_rng(20261122)
    reference = [(w.reference, found[w.id]) for w in walks if w.reference is not None]
    before = score_contacts(reference).f1
    rotations = Rotation.random(len(walks), rng)
    turned = [
        ours.run(w.with_signal(rotate(w.signal, r))) for w, r in zip(walks, rotations, strict=True)
    ]
    change = max(timing_change(found[w.id], t) for w, t in zip(walks, turned, strict=True))
    print(f"  rotation            largest change of a contact {change:.2e} s (<= 1e-6)")
    changed = {
        "25 Hz": [w.with_signal(resample(w.signal, 25.0)) for w in walks],
        "50 Hz": [w.with_signal(resample(w.signal, 50.0)) for w in walks],
        "10 % loss": [w.with_signal(lose_bursts(w.signal, 0.10, rng)) for w in walks],
    }
    for name, others in changed.items():
        pairs = [(w.reference, ours.run(w)) for w in others if w.reference is not None]
        after = score_contacts(pairs).f1
        print(f"  {name:19s} F1 {after:.3f}, lost {100 * (before - after):.2f} points (<= 1)")


if __name__ == "__main__":
    main()
