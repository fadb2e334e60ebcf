"""The knowledge files as typed, frozen data.

The files under ``evenstride/knowledge`` are what clinicians read and sign; nothing here adds to
them. They are read once, when they are first needed. ``make knowledge`` checks them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from evenstride.checkup.logic import Condition, atoms, parse
from evenstride.model.checkup import Answer, Band, Basis, Level, Mark

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = [
    "AGES",
    "Cause",
    "Claim",
    "Engine",
    "Feature",
    "Finding",
    "HomeTest",
    "Knowledge",
    "LevelText",
    "Rule",
    "Screen",
    "Source",
    "Value",
    "assemble",
    "documents",
    "knowledge",
]

AGES: tuple[tuple[float, str], ...] = ((40, "18-39"), (60, "40-59"), (float("inf"), "60+"))
"""The bands of age of a prior: the first whose upper end is above the age."""

Kind = Literal["bool", "enum", "number"]


@dataclass(frozen=True, slots=True)
class Value:
    """One choice of a question: how it is offered, and how it reads as a statement."""

    offer: str
    says: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A question, and everything that can be said about its answer.

    Attributes:
        id: Its name in answers, rules and causes.
        tier: "1" safety, "2" and "3" patterns, "test" a home test, "m" measured, "never" not asked.
        kind: Yes or no, a choice, or a number.
        ask: The question.
        item: The same as a line of a short list; empty where it is never in one.
        example: Helps a person who is not sure; may be empty.
        why: Why it is asked; may be empty.
        clinical: The term of professionals.
        if_true: The answer yes as a statement.
        if_false: The answer no as a statement.
        says: A number as a statement, with ``{value}``.
        values: The choices, in the order in which they are offered.
        worry: Values from the least to the most worrying; empty if there is no such order.
        unknown: Values that say nothing.
        unit: Of a number.
        low: Smallest number that is taken.
        high: Largest number that is taken.
        applies_if: Asked only if this may be true; None means always.
        lasting: Hardly changes from one check-up to the next.
        asked_again: A "not sure" is asked once more with the example.
    """

    id: str
    tier: str
    kind: Kind
    ask: str
    item: str
    example: str
    why: str
    clinical: str
    if_true: str
    if_false: str
    says: str
    values: Mapping[str, Value]
    worry: tuple[str, ...]
    unknown: tuple[str, ...]
    unit: str
    low: float
    high: float
    applies_if: Condition | None
    lasting: bool
    asked_again: bool

    def statement(self, answer: Answer) -> str:
        """Return an answer as a sentence; empty for "not sure"."""
        if answer == "not_sure":
            return ""
        if self.kind == "bool":
            return self.if_true if answer else self.if_false
        if self.kind == "enum":
            return self.values[str(answer)].says
        return self.says.format(value=f"{answer:g}" if isinstance(answer, float) else answer)

    @property
    def least_worrying(self) -> Answer | None:
        """What "none of these" means for this question; None where it means nothing."""
        if self.kind == "bool":
            return False
        return "none" if "none" in self.values else None


@dataclass(frozen=True, slots=True)
class Rule:
    """A triage rule; see ``MatchedRule`` for the attributes it shares."""

    id: str
    level: Level
    within_days: int
    when: Condition
    why: str
    clinical: str
    sources: tuple[str, ...]
    mark: Mark
    walking_plan: bool
    note: str


@dataclass(frozen=True, slots=True)
class LevelText:
    """What a level is called, and what to do."""

    id: Level
    says: str
    does: str
    clinical: str


@dataclass(frozen=True, slots=True)
class Feature:
    """An answer that moves a cause.

    Attributes:
        when: What the answer must be.
        lr_pos: Likelihood ratio if it is so.
        lr_neg: Likelihood ratio if it is not so.
        group: Features of one group say partly the same.
        basis: Where the ratios come from.
        mark: How sure we are of them.
        source: Id of the source, or None.
        note: For professionals; may be empty.
    """

    when: Condition
    finding: str
    lr_pos: float
    lr_neg: float
    group: str
    basis: Basis
    mark: Mark
    source: str | None
    note: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence that is true, or often said and not true, with its sources."""

    says: str
    sources: tuple[str, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Cause:
    """A cause that answers may resemble.

    Attributes:
        id: Its name.
        name: For the person.
        clinical: For professionals.
        what: What it is and how it tends to feel.
        in_article: Whether the health article names it.
        residual: True for ordinary back pain: shown when no other cause has earned its place.
        prior: Share among people whose back hurts after walking, by age band.
        prior_basis: Where the priors come from.
        prior_mark: How sure we are of them.
        max_band: The highest band that questions can support.
        features: The answers that move it.
        true_part: What is true about it.
        not_true: What is often said about it and is not true, or not known.
        who: Whom to see.
        helps: What can help.
        outlook: How it tends to go on.
        caution: For professionals.
        prognosis: For professionals, with numbers.
        clinician_tests: For professionals.
        open: What needs a paper or a clinician.
    """

    id: str
    name: str
    clinical: str
    what: str
    in_article: bool
    residual: bool
    prior: Mapping[str, float]
    prior_basis: str
    prior_mark: Mark
    max_band: Band
    features: tuple[Feature, ...]
    true_part: tuple[Claim, ...]
    not_true: tuple[Claim, ...]
    who: str
    helps: str
    outlook: str
    caution: str
    prognosis: str
    clinician_tests: str
    open: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Engine:
    """How evidence adds up.

    Attributes:
        tau: The evidence sum is multiplied by this, because answers hang together.
        single_lr_cap: No single ratio counts for more, or for less than its inverse.
        bands: Borders between unlikely, possible, fits and fits well.
        age_when_unknown: The age band that stands in for an age that is not known.
        disabled: Findings that move nothing until they are validated.
    """

    tau: float
    single_lr_cap: float
    bands: tuple[float, float, float]
    age_when_unknown: str
    disabled: frozenset[str]


@dataclass(frozen=True, slots=True)
class Source:
    """A paper, a guideline, or our own judgement."""

    id: str
    what: str
    mark: Mark
    note: str
    link: str


@dataclass(frozen=True, slots=True)
class Screen:
    """Questions that stand together.

    Attributes:
        id: Its name.
        title: What is asked of all of them.
        lead: A sentence before them; may be empty.
        items: Ids of the questions.
        hide_if: Conditions under which a question is not shown and taken as "no".
    """

    id: str
    title: str
    lead: str
    items: tuple[str, ...]
    hide_if: Mapping[str, Condition]


@dataclass(frozen=True, slots=True)
class HomeTest:
    """A movement to try at home.

    Attributes:
        id: The finding that it answers.
        name: For the person.
        how: Steps.
        positive: What counts as a yes.
        stop: When to stop at once.
        not_if: Not offered if this is true or not known; None means no such limit.
        not_if_says: The limits that only the person can know.
    """

    id: str
    name: str
    how: tuple[str, ...]
    positive: str
    stop: str
    not_if: Condition | None
    not_if_says: str


@dataclass(frozen=True)
class Knowledge:
    """Everything the check-up knows.

    Attributes:
        version: Of the knowledge, by the rules of semantic versioning.
        date: Of that version.
        hash: SHA-256 of the files.
        reviewed_by: Clinicians who signed it off.
        findings: Questions by id.
        rules: Triage rules, the most urgent first.
        levels: Texts of the levels.
        safety_net: Signs that need emergency help whatever the answers were.
        recheck_days: When to repeat a check-up that found nothing urgent.
        causes: In the order of the file.
        engine: How evidence adds up.
        sources: By id.
        screens: The first tier as it is asked.
        home_tests: In the order in which they are offered.
        before_home_tests: What holds for all of them.
        first_tier: Every question that stands in an emergency or urgent rule.
        wording: The fixed sentences for the person, as the file groups them.
    """

    version: str
    date: str
    hash: str
    reviewed_by: tuple[str, ...]
    findings: Mapping[str, Finding]
    rules: tuple[Rule, ...]
    levels: Mapping[str, LevelText]
    safety_net: str
    recheck_days: int
    causes: tuple[Cause, ...]
    engine: Engine
    sources: Mapping[str, Source]
    screens: tuple[Screen, ...]
    home_tests: tuple[HomeTest, ...]
    before_home_tests: tuple[str, ...]
    first_tier: tuple[str, ...]
    wording: Mapping[str, Any]


Documents = Mapping[str, Any]


@cache
def knowledge() -> Knowledge:
    """Return the knowledge that comes with this version of evenstride."""
    return assemble(documents(), _fingerprint())


def documents() -> dict[str, Any]:
    """Return the content of every top-level knowledge file, by name, as plain values."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return {
        file.name.removesuffix(".yaml"): yaml.load(file.read_text("utf-8"), loader)  # noqa: S506
        for file in _folder().iterdir()
        if file.name.endswith(".yaml")
    }


def assemble(read: Documents, fingerprint: str) -> Knowledge:
    """Return typed knowledge from the content of the files.

    Args:
        read: As ``documents`` returns it.
        fingerprint: SHA-256 of the files.

    Raises:
        KeyError, ValueError: If the files do not follow their schemas.
    """
    findings = {name: _finding(name, data) for name, data in read["findings"]["findings"].items()}
    unknown = {name: finding.unknown for name, finding in findings.items()}
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
        wording=read["wording"],
    )


def _first_tier(rules: tuple[Rule, ...], findings: Mapping[str, Finding]) -> tuple[str, ...]:
    pressing = (rule for rule in rules if rule.level in ("emergency_now", "urgent_same_day"))
    used = {atom.finding for rule in pressing for atom in atoms(rule.when)}
    return tuple(name for name in findings if name in used)


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


def _finding(name: str, data: Mapping[str, Any]) -> Finding:
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
        unknown=tuple(data.get("unknown", ())),
        unit=data.get("unit", ""),
        low=data.get("min", 0),
        high=data.get("max", 0),
        applies_if=parse(data["applies_if"]) if "applies_if" in data else None,
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
