"""The pace of one planned walk, minute by minute, for a metronome."""

from __future__ import annotations

from evenstride.plan.nouns import Session

__all__ = ["track"]


def track(session: Session) -> tuple[tuple[float, int], ...]:
    """Return (minutes, steps per minute) of each stretch of a walk, in order.

    Faster stretches are spread evenly, with easy ones before, between and after them. Empty as long
    as the easy cadence is not known.
    """
    if session.cadence_spm is None:
        return ()
    easy, fast = session.cadence_spm, session.brisk_spm
    if not session.brisk_parts or fast is None:
        return ((float(session.minutes), easy),)
    quick = float(session.brisk_min)
    rest = (session.minutes - session.brisk_parts * quick) / (session.brisk_parts + 1)
    if rest <= 0:
        return ((float(session.minutes), easy),)
    pairs = [part for _ in range(session.brisk_parts) for part in ((rest, easy), (quick, fast))]
    return (*pairs, (rest, easy))
