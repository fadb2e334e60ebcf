"""Every measure in one table: its words, unit, definition, source and grade rules.

``docs/measures.md`` is generated from here, and a test compares the two.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

__all__ = ["CATALOGUE", "DRIFTING", "GROUPS", "Group", "MeasureInfo"]

Group = Literal["amount", "pace", "evenness", "smoothness", "impact", "trunk"]

GROUPS: Mapping[Group, str] = MappingProxyType(
    {
        "amount": "How much you walked",
        "pace": "Pace and stride",
        "evenness": "Evenness",
        "smoothness": "Smoothness",
        "impact": "Impact",
        "trunk": "Trunk and pelvis",
    }
)
"""The groups in the order in which they are shown, with their titles."""


@dataclass(frozen=True, slots=True)
class MeasureInfo:
    """What a measure is.

    Attributes:
        title: Its name in plain words.
        unit: Unit in plain text, "1" for a bare ratio.
        group: Where it is shown.
        what: One plain sentence: what it tells.
        definition: How it is computed, for professionals.
        grades: When it is firm, only for the person's own trend, or not usable.
        source: The paper it follows, with DOI, or why it is ours.
        decimals: Digits after the point in SI units that are worth showing.
    """

    title: str
    unit: str
    group: Group
    what: str
    definition: str
    grades: str
    source: str
    decimals: int


_TREND = "own_trend at any placement; absent below 40 Hz"
_TREND_FINE = _TREND + " and where values are rounded to 0.1 m/s²"
_ZIJLSTRA = "Zijlstra & Hof 2003, 10.1016/S0966-6362(02)00190-X"
_MOE = "Moe-Nilssen & Helbostad 2004, 10.1016/S0021-9290(03)00233-1"

CATALOGUE: Mapping[str, MeasureInfo] = MappingProxyType(
    {
        "steps": MeasureInfo(
            "Steps", "steps", "amount", "How many steps were found.",
            "Number of initial contacts in all bouts.",
            "firm; own_trend where more than 5 % of the samples are missing, most steps were "
            "doubtful or irregular, or the sensor was in a hand or bag or on a wrist",
            "Counting by the phase of the step rhythm, our own; see methods/contacts.md.", 0,
        ),
        "walking_time_s": MeasureInfo(
            "Time walking", "s", "amount", "How long you walked, without the pauses.",
            "Sum of the bouts, first to last contact.",
            "as for steps",
            "Bout as in Mico-Amigo 2023, 10.1186/s12984-023-01198-5; minimum five steps.", 0,
        ),
        "cadence_spm": MeasureInfo(
            "Cadence", "steps/min", "pace", "How quickly your steps follow each other.",
            "Number of inner steps over the sum of their times. An inner step is neither the "
            "first nor the last of a bout, both its contacts are likely, its time is within 30 % "
            "of the median of the nine around it, and no turn lies within one step of it.",
            "firm; own_trend below 20 steps, and as for steps",
            _ZIJLSTRA + " (step times from trunk contacts).", 1,
        ),
        "speed_m_s": MeasureInfo(
            "Walking speed", "m/s", "pace", "How fast you walked when walking steadily.",
            "Length of all steady strides over their time. The length follows from height, step "
            "rate and vertical movement; where the distance is told, or a GPS track covers 100 m "
            "or more, all strides are scaled by one factor to fit it.",
            "firm with a known distance or a good GPS track; own_trend with a rough track, from "
            "height (off by up to 13 % at the back or waist, 40 % elsewhere), or where much of the "
            "walk is missing; absent without any, below 40 Hz, or outside 0.15-3 m/s",
            _ZIJLSTRA + ", with one factor fitted by us on the tuning people; context Kirk 2024, "
            "10.1038/s41598-024-51766-5.", 2,
        ),
        "step_length_m": MeasureInfo(
            "Step length", "m", "pace", "How far each step takes you.",
            "Half the mean length of steady strides; see speed.",
            "as for speed",
            "As for speed.", 2,
        ),
        "walk_ratio_mm_per_spm": MeasureInfo(
            "Walk ratio", "mm/(steps/min)", "pace",
            "Step length for each step per minute: long slow steps give a high number.",
            "Mean step length divided by mean cadence, both of the steady strides.",
            "as for speed",
            "Sekiya & Nagasaki 1998, 10.1016/S0966-6362(98)00009-5", 2,
        ),
        "step_regularity": MeasureInfo(
            "Likeness of neighbouring steps", "1", "evenness",
            "1 means that each step moves you just like the one before it.",
            "Vertical acceleration of each inner step, from contact to contact at 50 points, "
            "times that of the next step, summed over points and steps, over the mean of the two "
            "steps' own sums of squares.",
            _TREND, _MOE + "; we stretch steps to equal length instead of taking one time lag", 2,
        ),
        "stride_regularity": MeasureInfo(
            "Likeness of neighbouring strides", "1", "evenness",
            "1 means that every pair of steps moves you just like the pair before.",
            "As for neighbouring steps, with the step after the next, over inner strides.",
            _TREND, _MOE + "; as for steps", 2,
        ),
        "step_symmetry": MeasureInfo(
            "Evenness of the two sides", "1", "evenness",
            "1 means that both sides move you alike. It needs no left and right.",
            "Step regularity divided by stride regularity, both over the same inner strides; shown "
            "as 1 at the most.",
            "own_trend from 20 strides, not_usable below; absent below 40 Hz and from a pocket, "
            "hand, bag, wrist or foot, where the sensor itself is on one side",
            _MOE, 2,
        ),
        "step_time_asymmetry_pct": MeasureInfo(
            "Difference in step time between the sides", "%", "evenness",
            "How much longer one side's step takes than the other's.",
            "Absolute difference between the mean time of steps that begin with the left and with "
            "the right foot, over their mean; inner steps. Below 3 % or 20 ms it cannot be told "
            "from no difference.",
            "own_trend from 200 steps (about 100 a side), not_usable below; absent where it is "
            "not sure which foot is which or not told where the sensor was, and below 40 Hz",
            "Noise floor measured by us: the reference events of healthy 2 x 10 m walks "
            "show 3.5 % (median).", 1,
        ),
        "step_time_cv_pct": MeasureInfo(
            "Variation of step time", "%", "evenness",
            "How much your steps differ in time. Everybody's do a little.",
            "Standard deviation of inner step times within each foot, pooled, over the mean.",
            "own_trend from 400 steps, not_usable below; absent below 40 Hz",
            "Hausdorff 2005, 10.1186/1743-0003-2-19. Includes timing error of about 10 ms.", 1,
        ),
        "stride_time_cv_pct": MeasureInfo(
            "Variation of stride time", "%", "evenness",
            "How much your strides differ in time. Everybody's do a little.",
            "Standard deviation of inner stride times over the mean. Inner strides are straight "
            "and even, and neither the first nor the last of a bout.",
            "own_trend from 200 strides, not_usable below; absent below 40 Hz",
            "Hausdorff 2005, 10.1186/1743-0003-2-19. Includes timing error of about 10 ms.", 1,
        ),
        "ground_roughness": MeasureInfo(
            "Roughness of the ground (estimate)", "1", "evenness",
            "How much the steps of the same foot differ at one pace. Rough ground raises it; so do "
            "tired legs, a load or a loose sensor.",
            "Vertical acceleration of each inner step, at 50 points, less that of the next step of "
            "the same foot: square root of half the sum of squares over the mean of the two "
            "steps' own. Only steps whose times are within 4 % of each other, in strides within "
            "10 % of the median stride time.",
            "own_trend from 100 strides at one pace, with the same sensor, placement and pace; "
            "not_usable below; absent below 40 Hz, where values are rounded to 0.1 m/s², and from "
            "a hand, bag, wrist or foot",
            "Our own. That rough ground makes steps more variable: Menz 2003, "
            "10.1016/S0966-6362(02)00159-5; Kowalsky 2021, 10.1371/journal.pone.0228682. Not "
            "tested on known ground.", 2,
        ),
        "harmonic_ratio_vertical": MeasureInfo(
            "Rhythm of the up-and-down movement", "1", "smoothness",
            "Higher means that the up-and-down movement repeats from step to step.",
            "Sum of the amplitudes of the even over that of the odd harmonics (first 20) of each "
            "inner stride; mean.",
            _TREND_FINE, "Menz 2003, 10.1016/S0966-6362(02)00159-5", 1,
        ),
        "harmonic_ratio_forward": MeasureInfo(
            "Rhythm of the forward movement", "1", "smoothness",
            "Higher means that the forward movement repeats from step to step.",
            "As for vertical, along the forward axis.",
            _TREND_FINE + ", or where the forward axis is not sure",
            "Menz 2003, 10.1016/S0966-6362(02)00159-5", 1,
        ),
        "harmonic_ratio_sideways": MeasureInfo(
            "Rhythm of the side-to-side movement", "1", "smoothness",
            "Higher means that the side-to-side movement repeats from stride to stride.",
            "Odd over even harmonics, along the sideways axis, otherwise as for vertical.",
            _TREND_FINE + ", or where the forward axis is not sure",
            "Menz 2003, 10.1016/S0966-6362(02)00159-5", 1,
        ),
        "smoothness_sparc": MeasureInfo(
            "Smoothness", "1", "smoothness",
            "Nearer to zero is smoother.",
            "Spectral arc length (0-10 Hz, amplitudes down to 5 % of the largest) of the length "
            "of the acceleration without gravity, in windows of 5.12 s that begin at every "
            "twelfth contact and lie within one bout; mean.",
            _TREND_FINE,
            "Balasubramanian 2015, 10.1186/s12984-015-0090-9. We take acceleration, not speed, "
            "so values cannot be compared with the paper's.", 2,
        ),
        "smoothness_log_jerk": MeasureInfo(
            "Smoothness by jerk", "1", "smoothness",
            "Nearer to zero is smoother.",
            "Minus the logarithm of the dimensionless jerk (stride time over squared peak, times "
            "the integral of the squared rate of change of acceleration) of each inner stride; "
            "mean.",
            _TREND_FINE,
            "Melendez-Calderon 2021, 10.3389/fbioe.2020.558771", 2,
        ),
        "impact_peak_m_s2": MeasureInfo(
            "Impact of the steps", "m/s²", "impact",
            "The jolt that reaches the sensor just after a foot lands. It does not tell which "
            "part of the foot lands first.",
            "Highest vertical acceleration, without gravity, in the 100 ms after contact; mean of "
            "inner steps.",
            "own_trend at 100 Hz (95 measured) or more and a firm mount (told as lower back or "
            "waist, and not seen to swing like a thigh); otherwise absent",
            "Kavanagh & Menz 2008, 10.1016/j.gaitpost.2007.10.010 (review)", 1,
        ),
        "vertical_range_m_s2": MeasureInfo(
            "Up-and-down range", "m/s²", "impact",
            "From the lowest to the highest up-and-down acceleration within a step.",
            "Highest less lowest vertical acceleration of each inner step; mean.",
            _TREND_FINE, "Kavanagh & Menz 2008, 10.1016/j.gaitpost.2007.10.010 (review)", 1,
        ),
        "pitch_deg": MeasureInfo(
            "Lean forward", "°", "trunk",
            "How much further forward you lean than when you stand. No number is right or wrong.",
            "Angle between up at each contact (acceleration smoothed over 0.6 s) and up in your "
            "own standing reference, about the sideways axis; mean over inner strides; positive "
            "= forward.",
            "own_trend with a standing reference, gravity in the values and in agreement between "
            "positions, a sure forward direction, 40 Hz, and a sensor told to be at the lower back "
            "or waist, in standing as in walking; otherwise absent",
            "A sensor at the back rests 1-36 degrees from upright, so only the change from "
            "standing is told (our measurement on 58 trials).", 1,
        ),
        "roll_deg": MeasureInfo(
            "Lean to the side", "°", "trunk",
            "How much further to the right you lean than when you stand.",
            "As for lean forward, about the forward axis; positive = right.",
            "as for lean forward", "As for lean forward.", 1,
        ),
        "sway_vertical_m_s2": MeasureInfo(
            "Up-and-down movement", "m/s²", "trunk",
            "How strongly the sensor moves up and down.",
            "Root mean square of vertical acceleration about its mean over each inner stride; "
            "mean.",
            _TREND_FINE, "Menz 2003, 10.1016/S0966-6362(02)00159-5", 2,
        ),
        "sway_forward_m_s2": MeasureInfo(
            "Forward-and-back movement", "m/s²", "trunk",
            "How strongly the sensor moves forward and back.",
            "As for vertical, along the forward axis.",
            _TREND_FINE + ", or where the forward axis is not sure",
            "Menz 2003, 10.1016/S0966-6362(02)00159-5", 2,
        ),
        "sway_sideways_m_s2": MeasureInfo(
            "Side-to-side movement", "m/s²", "trunk",
            "How strongly the sensor moves from side to side.",
            "As for vertical, along the sideways axis.",
            _TREND_FINE + ", or where the forward axis is not sure",
            "Menz 2003, 10.1016/S0966-6362(02)00159-5", 2,
        ),
    }
)  # fmt: skip
"""Measures by name, in the order in which they are shown."""

DRIFTING: tuple[str, ...] = tuple(
    name for name in CATALOGUE if name not in ("steps", "walking_time_s")
)
"""Measures whose change from the first to the last third is given as ``NAME_drift``."""
