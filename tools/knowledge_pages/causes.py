"""The page of causes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tools.check_knowledge.documents import Documents
from tools.knowledge_pages.links import linked, to_question, to_source, to_sources
from tools.knowledge_pages.markdown import (
    MARKS,
    head,
    joined,
    listed,
    open_points,
    rows,
    table,
    written,
)

from evenstride.checkup.knowledge import Cause, Claim, Engine, Feature, Knowledge


def causes_page(known: Knowledge, raw: Documents) -> str:
    """Return the page of causes."""
    data = raw["causes"]
    about = (
        "A pattern is what the answers resemble. It is not a diagnosis. Each cause is a question "
        "of its own, and many people fit more than one, or none."
    )
    marked = "; ".join(MARKS.values())
    parts = [head("Causes", about, known), numbers(known.engine), f"The marks. {marked}."]
    parts += [written(data["priors_note"]), f"Whom the priors are about: {data['population']}."]
    by_id = {cause["id"]: cause for cause in data["causes"]}
    parts += [cause_part(cause, by_id[cause.id], known) for cause in known.causes]
    return joined([*parts, open_points(data.get("open", ()))])


def numbers(engine: Engine) -> str:
    """Return how the answers are reckoned with, for professionals."""
    low, middle, high = engine.bands
    capped = f"{engine.single_lr_cap:g}"
    return (
        "For professionals: logit(p) = logit(prior of the age band) + tau × the sum over groups. In "
        "a group the log likelihood ratios count 1, 1/2, 1/3 and so on, the largest first. "
        f"Tau is {engine.tau:g}; no single ratio counts for more than {capped} or less than "
        f"1/{capped}. What is not known counts nothing. How common: unlikely below {low:g}, "
        f"possible below {middle:g}, fits below {high:g}, fits well above. How far these answers "
        "moved a cause is its lift, exp(tau × evidence sum), without the prior. Off until validated: "
        f"{', '.join(to_question(name) for name in sorted(engine.disabled))}."
    )


def cause_part(cause: Cause, data: Mapping[str, Any], known: Knowledge) -> str:
    """Return the section of one cause."""
    return joined(
        [
            f"## {cause.name}",
            cause.what,
            claims("What is true", cause.true_part),
            claims("What is not", cause.not_true),
            "**What to do**",
            what_to_do(cause, data),
            f"### For professionals: {cause.clinical}",
            cause_facts(cause, data),
            feature_table(cause, data, known) if cause.features else "No answer moves it.",
            rows(("Open", point) for point in cause.open),
        ]
    )


def claims(title: str, told: Iterable[Claim]) -> str:
    """Return what is true, or not, in what the article says; nothing if there is nothing."""
    says = listed(f"{claim.says} {to_sources(claim.sources, claim.mark)}" for claim in told)
    return f"**{title}**\n\n{says}" if says else ""


def what_to_do(cause: Cause, data: Mapping[str, Any]) -> str:
    """Return what can help a person, and how it tends to go on."""
    sources = to_sources(data.get("care_sources", ()), data.get("care_mark", "estimate"))
    return rows(
        [
            ("What can help", cause.helps),
            ("Whom to see", cause.who),
            ("How it tends to go on", cause.outlook),
            ("Sources of these", sources),
        ]
    )


def cause_facts(cause: Cause, data: Mapping[str, Any]) -> str:
    """Return what a professional should know about a cause besides its features."""
    shares = ", ".join(f"{share:g} ({band})" for band, share in cause.prior.items())
    highest = cause.max_band.replace("_", " ")
    return rows(
        [
            ("Name in documents", f"`{cause.id}`"),
            ("Prior by age", shares),
            ("Basis of the prior", f"{written(cause.prior_basis)} Mark: {cause.prior_mark}."),
            ("Highest band", highest if "max_band" in data else ""),
            ("Honest default", "Listed before every cause below “fits”." * cause.residual),
            ("In the article", "Yes." if cause.in_article else "No."),
            ("Caution", cause.caution),
            ("Prognosis", written(cause.prognosis)),
            ("Tests of clinicians", written(cause.clinician_tests)),
            ("Management", written(data.get("management", ""))),
        ]
    )


def feature_table(cause: Cause, data: Mapping[str, Any], known: Knowledge) -> str:
    """Return the answers that move a cause, with their likelihood ratios."""
    titles = ("answer", "LR+", "LR−", "group", "basis", "mark", "source", "note")
    both = zip(cause.features, data["features"], strict=True)
    return table(titles, (feature_line(feature, raw, known) for feature, raw in both))


def feature_line(feature: Feature, raw: Mapping[str, Any], known: Knowledge) -> list[str]:
    """Return the line of one answer."""
    interval = "–".join(f"{end:g}" for end in raw["ci"]) if "ci" in raw else ""
    accuracy = f"sens {raw['sens']:g}, spec {raw['spec']:g}" if "sens" in raw else ""
    return [
        linked(feature.when, known),
        f"{feature.lr_pos:g} ({interval})" if interval else f"{feature.lr_pos:g}",
        f"{feature.lr_neg:g}",
        feature.group,
        feature.basis,
        feature.mark,
        to_source(feature.source) if feature.source else "",
        "; ".join(part for part in (accuracy, feature.note) if part),
    ]
