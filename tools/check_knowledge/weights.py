"""Likelihood ratios and priors make sense and say where they come from."""

from __future__ import annotations

from collections.abc import Iterator

from tools.check_knowledge.documents import Documents, Fault, features

from evenstride.checkup.knowledge import AGES

__all__ = ["accuracy", "article", "basis", "directions", "engine", "priors"]

ROUNDING = 0.25  # printed ratios come from counts, sensitivity and specificity are rounded


def directions(documents: Documents) -> Iterator[Fault]:
    """Yield ratios that are not above 0, or that speak for a cause whatever the answer is."""
    for place, feature in features(documents):
        positive, negative = feature["lr_pos"], feature["lr_neg"]
        if positive <= 0 or negative <= 0:
            yield Fault("causes", place, "a likelihood ratio is above 0")
        elif (positive - 1) * (negative - 1) > 0:
            yield Fault("causes", place, f"{positive} and {negative} point the same way")


def accuracy(documents: Documents) -> Iterator[Fault]:
    """Yield ratios that are far from what sensitivity and specificity give."""
    for place, feature in features(documents):
        if ("sens" in feature) != ("spec" in feature):
            yield Fault("causes", place, "sensitivity and specificity stand together")
        elif "sens" in feature:
            sens, spec = feature["sens"], feature["spec"]
            if not (0 < sens < 1 and 0 < spec < 1):
                yield Fault("causes", place, "sensitivity and specificity lie between 0 and 1")
                continue
            expected = {"lr_pos": sens / (1 - spec), "lr_neg": (1 - sens) / spec}
            for key, value in expected.items():
                if abs(feature[key] / value - 1) > ROUNDING:
                    yield Fault("causes", place, f"{key} {feature[key]}, expected {value:.2f}")


def basis(documents: Documents) -> Iterator[Fault]:
    """Yield ratios without the source or the mark that their basis asks for."""
    known = documents["sources"]["sources"]
    for place, feature in features(documents):
        where, source = feature["basis"], feature.get("src")
        if where in ("published", "rescaled") and source is None:
            yield Fault("causes", place, f"{where}, but names no source")
        if where == "rescaled" and not feature.get("note"):
            yield Fault("causes", place, "rescaled, but no note says from what")
        if where == "expert" and feature["mark"] != "estimate":
            yield Fault("causes", place, f"our own judgement is an estimate, not {feature['mark']}")
        if feature["mark"] == "verified" and known.get(source, {}).get("mark") != "verified":
            yield Fault("causes", place, "verified, but its source is not")
        if "ci" in feature and not feature["ci"][0] <= feature["lr_pos"] <= feature["ci"][1]:
            yield Fault("causes", place, f"{feature['lr_pos']} lies outside {feature['ci']}")


def priors(documents: Documents) -> Iterator[Fault]:
    """Yield priors that are no shares, or stand for other bands of age than the program has."""
    for cause in documents["causes"]["causes"]:
        bands = [name for _, name in AGES]
        if list(cause["prior"]) != bands:
            yield Fault("causes", f"{cause['id']}.prior", f"the bands of age are {bands}")
        for band, share in cause["prior"].items():
            if not 0 < share < 1:
                yield Fault("causes", f"{cause['id']}.prior.{band}", f"{share} is no share")


def engine(documents: Documents) -> Iterator[Fault]:
    """Yield numbers of the engine that cannot be right."""
    found = documents["causes"]["engine"]
    if not 0 < found["tau"] <= 1:
        yield Fault("causes", "engine.tau", "lies above 0 and is 1 at most")
    if found["single_lr_cap"] <= 1:
        yield Fault("causes", "engine.single_lr_cap", "lies above 1")
    borders = [0, *found["bands"], 1]
    if len(borders) != 5 or borders != sorted(set(borders)):
        yield Fault("causes", "engine.bands", "three borders rise from 0 to 1")
    if found["prior_when_age_unknown"] not in [name for _, name in AGES]:
        yield Fault("causes", "engine.prior_when_age_unknown", "is no band of age")
    residual = [cause["id"] for cause in documents["causes"]["causes"] if cause.get("residual")]
    if len(residual) != 1:
        yield Fault("causes", "residual", f"one cause is the honest default, not {residual}")


def article(documents: Documents) -> Iterator[Fault]:
    """Yield causes of the article that do not say what is true and what is not."""
    for cause in documents["causes"]["causes"]:
        for part in ("true_part", "not_true"):
            if cause["in_article"] and not cause.get(part):
                yield Fault("causes", f"{cause['id']}.{part}", "is missing, and the article has it")
