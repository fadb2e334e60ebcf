"""Self-experiments: a question -> a randomised order; entries -> what is known so far."""

from evenstride.trials.analysis import TrialResult, TrialWalk, analyse, entry
from evenstride.trials.design import Assignment, Design, Factor, next_arm, plan_trial
from evenstride.trials.links import Link, candidates, find_links
from evenstride.trials.outcomes import value_of
from evenstride.trials.power import Need, Noise, needed_walks, noise_of
from evenstride.trials.trend import TrendReport, trend_report

__all__ = [
    "Assignment",
    "Design",
    "Factor",
    "Link",
    "Need",
    "Noise",
    "TrendReport",
    "TrialResult",
    "TrialWalk",
    "analyse",
    "candidates",
    "entry",
    "find_links",
    "needed_walks",
    "next_arm",
    "noise_of",
    "plan_trial",
    "trend_report",
    "value_of",
]
