"""evenstride as one of the engines under test."""

from __future__ import annotations

import numpy as np

import evenstride as es
from validation.datasets import StrideTable, Walk
from validation.scoring import Found

__all__ = ["found_in", "recording_of", "run", "run_or_say"]


def recording_of(walk: Walk, *, tell_placement: bool = True) -> es.Recording:
    """Return the walk as evenstride's own Recording."""
    return es.Recording.from_arrays(
        time_s=walk.signal.time_s,
        acceleration_m_s2=walk.signal.acceleration_m_s2,
        angular_velocity_rad_s=walk.signal.angular_velocity_rad_s,
        placement=walk.placement if tell_placement else None,  # type: ignore[arg-type]
    )


def found_in(gait: es.Gait) -> Found:
    """Return evenstride's result in the form that is scored."""
    steps = gait.measures.get("steps")
    return Found(
        contact_s=gait.contacts.time_s,
        contact_side=gait.contacts.side,
        bouts_s=np.column_stack([gait.bouts.start_s, gait.bouts.end_s]),
        strides=StrideTable(
            gait.strides.start_s,
            gait.strides.end_s,
            gait.strides.side,
            gait.strides.length_m,
            gait.strides.speed_m_s,
        ),
        steps=0.0 if steps is None or steps.value is None else steps.value,
        said=gait.recording.warnings + tuple(item.reason for item in gait.unused),
        unused_s=np.array([(u.start_s, u.end_s) for u in gait.unused]).reshape(-1, 2),
    )


def run(walk: Walk, *, tell_placement: bool = True) -> Found:
    """Analyse one walk, with the height where it is known."""
    recording = recording_of(walk, tell_placement=tell_placement)
    return found_in(es.analyze(recording, height_m=walk.height_m))


def run_or_say(walk: Walk, *, tell_placement: bool = True) -> Found:
    """Analyse one walk; a refusal counts as an empty result that says why."""
    try:
        return run(walk, tell_placement=tell_placement)
    except es.EvenstrideError as error:
        none = np.zeros(0)
        return Found(
            contact_s=none,
            contact_side=np.zeros(0, np.int8),
            bouts_s=np.zeros((0, 2)),
            strides=StrideTable.empty(),
            steps=0.0,
            said=(str(error),),
            unused_s=np.array([[walk.signal.time_s[0], walk.signal.time_s[-1]]]),
        )
