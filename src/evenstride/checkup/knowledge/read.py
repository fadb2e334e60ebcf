"""The knowledge files, read once, when they are first needed.

The files under ``evenstride/knowledge`` are what clinicians read and sign; nothing here adds to
them. ``make knowledge`` checks them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from evenstride.checkup.knowledge.language import laid_over, told_in, translated
from evenstride.checkup.knowledge.nouns import (
    Cause,
    Claim,
    Engine,
    Feature,
    Finding,
    HomeTest,
    Knowledge,
    LevelText,
    Rule,
    Screen,
    Source,
    Value,
)
from evenstride.checkup.logic import atoms, parse
from evenstride.model.checkup import TODAY
from evenstride.model.language import language, per_language

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["assemble", "document", "documents", "knowledge"]

Documents = Mapping[str, Any]

_READ = (
    *("knowledge", "findings", "interview", "triage", "causes"),
    *("home_tests", "sources", "wording"),
)


@per_language
def knowledge() -> Knowledge:
    """Return the knowledge that comes with this version, in the words of the moment."""
    return assemble({name: document(name) for name in _READ}, _fingerprint())


def documents(shelf: str = "") -> dict[str, Any]:
    """Return the content of every knowledge file, by name, as plain values.

    Args:
        shelf: A folder within the knowledge, such as "instruments".
    """
    names = sorted(file.name for file in (_folder() / shelf).iterdir())
    stems = [name.removesuffix(".yaml") for name in names if name.endswith(".yaml")]
    return {stem: document(f"{shelf}/{stem}" if shelf else stem) for stem in stems}


def document(name: str) -> Any:
    """Return the content of one knowledge file, such as "triage", as plain values.

    Its sentences are in the language of the moment; all that is no sentence is the same in each.
    """
    import yaml  # slow to import, and only needed here

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    english = yaml.load((_folder() / f"{name}.yaml").read_text("utf-8"), loader)  # noqa: S506 - safe
    other = translated(language(), name)
    return english if other is None else laid_over(name, english, other)


def assemble(read: Documents, fingerprint: str) -> Knowledge:
    """Return typed knowledge from the content of the files.

    Args:
        read: As ``documents`` returns it.
        fingerprint: SHA-256 of the files.

    Raises:
        KeyError, ValueError: If the files do not follow their schemas.
    """
    questions = read["findings"]["findings"]
    unknown = {name: tuple(data.get("unknown", ())) for name, data in questions.items()}
    findings = {name: _finding(name, data, unknown) for name, data in questions.items()}
    triage, causes, tests = read["triage"], read["causes"], read["home_tests"]
    rules = tuple(_rule(data, unknown) for data in triage["rules"])
    return Knowledge(
        version=read["knowledge"]["version"],
        date=read["knowledge"]["date"],
        hash=fingerprint,
        reviewed_by=tuple(read["knowledge"]["reviewed_by"]),
        findings=MappingProxyType(findings),
        rules=rules,
        levels={
            level["id"]: LevelText(level["id"], level["says"], level["does"], level["clinical"])
            for level in triage["levels"]
        },
        safety_net=triage["safety_net"],
        recheck_days=triage["default"]["recheck_days"],
        causes=tuple(_cause(data, unknown) for data in causes["causes"]),
        engine=_engine(causes["engine"]),
        sources={name: _source(name, data) for name, data in read["sources"]["sources"].items()},
        screens=tuple(_screen(data, unknown) for data in read["interview"]["screens"]),
        home_tests=tuple(_home_test(data, unknown) for data in tests["home_tests"]),
        before_home_tests=tuple(tests["before"]),
        first_tier=_first_tier(rules, findings),
        alone_an_emergency=_alone(rules, findings),
        wording=read["wording"],
        edition=told.line if (told := told_in(language())) else "",
    )


def _first_tier(rules: tuple[Rule, ...], findings: Mapping[str, Finding]) -> tuple[str, ...]:
    pressing = (rule for rule in rules if rule.level in TODAY)
    used = {atom.finding for rule in pressing for atom in atoms(rule.when)}
    return tuple(name for name in findings if name in used)


def _alone(rules: tuple[Rule, ...], findings: Mapping[str, Finding]) -> frozenset[str]:
    emergencies = [rule for rule in rules if rule.level == "emergency_now"]
    return frozenset(
        name
        for name, finding in findings.items()
        if (worst := finding.most_worrying) is not None
        and any(rule.when.judge({name: worst}) for rule in emergencies)
    )


def _folder() -> Traversable:
    return files("evenstride") / "knowledge"


def _fingerprint() -> str:
    """Hash names and content, with line ends made equal, so that every platform agrees."""
    digest = hashlib.sha256()
    shelves = (_folder(), _folder() / "instruments")
    for file in sorted((f for shelf in shelves for f in shelf.iterdir()), key=lambda f: f.name):
        if file.name.endswith(".yaml"):
            digest.update(file.name.encode() + b"\0" + file.read_text("utf-8").encode() + b"\0")
    return digest.hexdigest()


Unknown = Mapping[str, tuple[str, ...]]


def _finding(name: str, data: Mapping[str, Any], unknown: Unknown) -> Finding:
    return Finding(
        id=name,
        tier=str(data["tier"]),
        kind=data["type"],
        ask=data["ask"],
        item=data.get("item", ""),
        example=data.get("example", ""),
        why=data.get("why", ""),
        clinical=data["clinical"],
        if_true=data.get("if_true", ""),
        if_false=data.get("if_false", ""),
        says=data.get("says", ""),
        values={
            value: Value(texts["offer"], texts["says"])
            for value, texts in data.get("values", {}).items()
        },
        worry=tuple(data.get("worry", ())),
        unknown=unknown[name],
        unit=data.get("unit", ""),
        low=data.get("min", 0),
        high=data.get("max", 0),
        applies_if=parse(data["applies_if"], unknown) if "applies_if" in data else None,
        lasting=data.get("lasting", False),
        asked_again=data.get("not_sure") == "escalates",
    )


def _rule(data: Mapping[str, Any], unknown: Unknown) -> Rule:
    return Rule(
        id=data["id"],
        level=data["level"],
        within_days=data["within_days"],
        when=parse(data["when"], unknown),
        why=data["why"],
        clinical=data["clinical"],
        sources=tuple(data["sources"]),
        mark=data["mark"],
        walking_plan=data.get("walking_plan") == "runs",
        note=data.get("note", ""),
    )


def _engine(data: Mapping[str, Any]) -> Engine:
    low, middle, high = data["bands"]
    return Engine(
        tau=data["tau"],
        single_lr_cap=data["single_lr_cap"],
        bands=(low, middle, high),
        age_when_unknown=data["prior_when_age_unknown"],
        disabled=frozenset(data["disabled_findings"]),
    )


def _cause(data: Mapping[str, Any], unknown: Unknown) -> Cause:
    return Cause(
        id=data["id"],
        name=data["name"],
        clinical=data["clinical"],
        what=data["what"],
        in_article=data["in_article"],
        residual=data.get("residual", False),
        prior=data["prior"],
        prior_basis=data["prior_basis"],
        prior_mark=data["prior_mark"],
        max_band=data.get("max_band", "fits_well"),
        features=tuple(_feature(feature, unknown) for feature in data["features"]),
        true_part=_claims(data.get("true_part", ())),
        not_true=_claims(data.get("not_true", ())),
        who=data["who"],
        helps=data["help"],
        outlook=data["outlook"],
        caution=data.get("caution", ""),
        prognosis=data["prognosis"],
        clinician_tests=data.get("clinician_tests", ""),
        open=tuple(data.get("open", ())),
    )


def _claims(data: Any) -> tuple[Claim, ...]:
    return tuple(Claim(claim["says"], tuple(claim["sources"]), claim["mark"]) for claim in data)


def _feature(data: Mapping[str, Any], unknown: Unknown) -> Feature:
    return Feature(
        when=parse(data, unknown),
        finding=data["f"],
        lr_pos=data["lr_pos"],
        lr_neg=data["lr_neg"],
        group=data["group"],
        basis=data["basis"],
        mark=data["mark"],
        source=data.get("src"),
        note=data.get("note", ""),
    )


def _source(name: str, data: Mapping[str, Any]) -> Source:
    link = data.get("url", "")
    if "doi" in data:
        link = f"https://doi.org/{data['doi']}"
    elif "pmc" in data:
        link = f"https://pmc.ncbi.nlm.nih.gov/articles/{data['pmc']}/"
    return Source(name, data["what"], data["mark"], data.get("note", ""), link)


def _screen(data: Mapping[str, Any], unknown: Unknown) -> Screen:
    hidden = {name: parse(when, unknown) for name, when in data.get("hide_if", {}).items()}
    return Screen(data["id"], data["title"], data.get("lead", ""), tuple(data["items"]), hidden)


def _home_test(data: Mapping[str, Any], unknown: Unknown) -> HomeTest:
    return HomeTest(
        id=data["id"],
        name=data["name"],
        how=tuple(data["how"]),
        positive=data["positive"],
        stop=data["stop"],
        not_if=parse(data["not_if"], unknown) if "not_if" in data else None,
        not_if_says=data.get("not_if_says", ""),
    )
