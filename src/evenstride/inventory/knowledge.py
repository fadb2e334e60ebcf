"""What the inventory knows, read once: factors, norms and repeat errors.

``factors.yaml``, ``norms.csv``, ``norms_models.csv`` and ``reliability.csv`` under
``evenstride/knowledge`` are what clinicians read and sign; nothing here adds to them.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, get_args

from evenstride.checkup.knowledge import Source, document, knowledge
from evenstride.inventory.nouns import Claim, Idea, Known
from evenstride.model.checkup import Mark
from evenstride.model.language import per_language

__all__ = [
    "FactorKnowledge",
    "FactorsKnowledge",
    "NormModel",
    "PaceNorm",
    "factors_knowledge",
    "rows",
]

_USUAL_SPM = 110.0
"""Where the repeat error of step time is turned into one of cadence: d(60/t) = 60/t**2 dt."""


@dataclass(frozen=True, slots=True)
class FactorKnowledge:
    """What is known of one factor; the file says what each text is."""

    id: str
    title: str
    lead: str
    note: str
    measures: Mapping[str, Mapping[str, str]]
    told: Mapping[str, Mapping[str, str]]
    texts: Mapping[str, Mapping[str, str]]
    known: tuple[Known, ...]
    article: tuple[Claim, ...]
    ideas: tuple[Idea, ...]


@dataclass(frozen=True, slots=True)
class PaceNorm:
    """Means of people outdoors at three paces; None for a pace that is not known."""

    slow: float | None
    usual: float
    fast: float
    mark: Mark


@dataclass(frozen=True, slots=True)
class NormModel:
    """A norm for a person of some age, height and body-mass index.

    Attributes:
        intercept: In the unit of the measure, as the others.
        per_year: Of age.
        per_bmi: Per kg/m2.
        per_cm: Of height.
        sd: Between people.
        mark: How sure we are of it.
    """

    intercept: float
    per_year: float
    per_bmi: float
    per_cm: float
    sd: float
    mark: Mark

    def of(self, age: float, height_m: float, mass_kg: float) -> float:
        """Return the mean of people like this."""
        bmi = mass_kg / height_m**2
        return (
            self.intercept + self.per_year * age + self.per_bmi * bmi + self.per_cm * 100 * height_m
        )


@dataclass(frozen=True)
class FactorsKnowledge:
    """Everything the inventory knows.

    Attributes:
        version: Of ``factors.yaml``.
        verdicts: Words for comparisons.
        titles: Words for names of measures.
        reasons: Words for what is absent.
        left_out: Words for what makes walks differ.
        norms: Words for where a value lies among other people.
        pain: Words for pain on walks of one kind.
        groups: Words for kinds of walks.
        factors: The six factors in their order.
        sources: Every source that they name.
        outdoors: Means outdoors, by metric as in ``norms.csv``.
        step_length: The norm model of step length.
        repeat_sd: Standard error of measurement from walk to walk, by measure, from
            ``reliability.csv``.
    """

    version: str
    verdicts: Mapping[str, str]
    titles: Mapping[str, str]
    reasons: Mapping[str, str]
    left_out: Mapping[str, str]
    norms: Mapping[str, str]
    pain: Mapping[str, str]
    groups: Mapping[str, Mapping[str, str]]
    factors: tuple[FactorKnowledge, ...]
    sources: Mapping[str, Source]
    outdoors: Mapping[str, PaceNorm]
    step_length: NormModel
    repeat_sd: Mapping[str, float]


def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a table of the knowledge, such as "norms"."""
    text = (files("evenstride") / "knowledge" / f"{name}.csv").read_text("utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@per_language
def factors_knowledge() -> FactorsKnowledge:
    """Return the knowledge of the factors that comes with this version of evenstride."""
    data = document("factors")
    articles = {entry["id"]: entry for entry in document("article")["entries"]}
    factors = tuple(_factor(one, articles) for one in data["factors"])
    own = {name: _source(name, one) for name, one in data["sources"].items()}
    named = {name for factor in factors for name in _named(factor)}
    return FactorsKnowledge(
        version=data["version"],
        verdicts=data["verdicts"],
        titles=data["titles"],
        reasons=data["reasons"],
        left_out=data["left_out"],
        norms=data["norms"],
        pain=data["pain"],
        groups=data["groups"],
        factors=factors,
        sources=own | {name: knowledge().sources[name] for name in sorted(named - set(own))},
        outdoors={metric: _outdoors(metric) for metric in ("gait_speed", "cadence")},
        step_length=_model(next(r for r in rows("norms_models") if r["outcome"] == "step_length")),
        repeat_sd=_repeat_sd(),
    )


def _factor(data: Mapping[str, Any], articles: Mapping[str, Any]) -> FactorKnowledge:
    return FactorKnowledge(
        id=data["id"],
        title=data["title"],
        lead=data["lead"],
        note=data["note"],
        measures=data["measures"],
        told=data["told"],
        texts={name: data[name] for name in ("sides", "week", "than", "load_says") if name in data},
        known=tuple(Known(**_listed(one)) for one in data["known"]),
        article=tuple(Claim(**_listed(articles[name])) for name in data["article"]),
        ideas=tuple(
            Idea(
                one["id"], one["says"], one.get("kind"), tuple(one.get("arms", ())), one.get("rule")
            )
            for one in data["tries"]
        ),
    )


def _named(factor: FactorKnowledge) -> set[str]:
    lists = [one.sources for one in factor.known] + [one.sources for one in factor.article]
    return {name for sources in lists for name in sources}


def _listed(data: Mapping[str, Any]) -> dict[str, Any]:
    return {**data, "sources": tuple(data["sources"])}


def _source(name: str, data: Mapping[str, Any]) -> Source:
    link = f"https://doi.org/{data['doi']}" if "doi" in data else ""
    return Source(name, data["what"], data["mark"], data.get("note", ""), link)


def _outdoors(metric: str) -> PaceNorm:
    pace = {row["condition"]: row for row in rows("norms") if row["metric"] == metric}
    slow = pace.get("outdoor slow")
    return PaceNorm(
        slow=float(slow["mean"]) if slow else None,
        usual=float(pace["outdoor usual"]["mean"]),
        fast=float(pace["outdoor fast"]["mean"]),
        mark=_mark(pace["outdoor usual"]),
    )


def _model(row: Mapping[str, str]) -> NormModel:
    return NormModel(
        float(row["intercept"]),
        float(row["beta_age_years"]),
        float(row["beta_bmi"]),
        float(row["beta_height_cm"]),
        float(row["normative_sd"]),
        _mark(row),
    )


def _mark(row: Mapping[str, str]) -> Mark:
    return next(mark for mark in get_args(Mark) if mark == row["mark"])


def _repeat_sd() -> dict[str, float]:
    sem = {row["metric"]: float(row["sem"].split()[0]) for row in rows("reliability")}
    return {
        "speed_m_s": sem["gait_speed"],
        "step_length_m": sem["step_length"],
        "cadence_spm": _USUAL_SPM**2 / 60 * sem["step_time"],
        "step_time_asymmetry_pct": sem["step_time_asymmetry"],
    }
