"""Self-experiments: a question -> a randomised order; entries -> what is known so far."""

from evenstride.trials.analysis import analyse
from evenstride.trials.design import Assignment, Design, Factor, next_arm, plan_trial
from evenstride.trials.documents import (
    design_document,
    design_of,
    links_document,
    log_document,
    log_of,
    need_document,
    result_document,
    trend_document,
)
from evenstride.trials.entries import LoggedWalk, entry, walks_of
from evenstride.trials.links import MORE_OF, Link, candidates, find_links
from evenstride.trials.nouns import Answer, Effect, TrialPoint, TrialResult, TrialWalk
from evenstride.trials.outcomes import value_of
from evenstride.trials.power import Need, Noise, needed_walks, noise_of
from evenstride.trials.trend import TrendReport, trend_report

__all__ = [
    "MORE_OF",
    "Answer",
    "Assignment",
    "Design",
    "Effect",
    "Factor",
    "Link",
    "LoggedWalk",
    "Need",
    "Noise",
    "TrendReport",
    "TrialPoint",
    "TrialResult",
    "TrialWalk",
    "analyse",
    "candidates",
    "design_document",
    "design_of",
    "entry",
    "find_links",
    "links_document",
    "log_document",
    "log_of",
    "need_document",
    "needed_walks",
    "next_arm",
    "noise_of",
    "plan_trial",
    "result_document",
    "trend_document",
    "trend_report",
    "value_of",
    "walks_of",
]
