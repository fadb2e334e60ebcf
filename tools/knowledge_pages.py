"""Write docs/checkup/*.md from the knowledge files. Run by ``make docs``.

Each page gives the words for the person first and what a professional needs after them. Every
rule, question, cause and source has a heading of its own, and the pages link to each other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tools.check_knowledge.documents import Documents, read, sourced

from evenstride.checkup.knowledge import (
    Cause,
    Feature,
    Finding,
    HomeTest,
    Knowledge,
    Rule,
    knowledge,
)
from evenstride.checkup.logic import Atom, Condition, atoms
from evenstride.checkup.words import in_words

__all__ = ["FOLDER", "pages", "slug"]

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "checkup"

MADE = (
    "This page is made from the knowledge files of version {version} by `make docs`; a test keeps "
    "the two alike. {reviewed} How the check-up works: [the check-up](index.md)."
)
LEVELS = {
    "emergency_now": "Emergency, now",
    "urgent_same_day": "Urgent, the same day",
    "clinician_soon": "A doctor or physiotherapist, soon",
    "self_care": "Self-care",
}
TIERS = {
    "1": "Safety questions",
    "2": "Questions about the pattern",
    "3": "Further questions about the pattern",
    "test": "Home tests",
    "m": "Measured from a walk",
    "never": "Not asked",
}
TIERS_SAY = {
    "1": "Each stands in an emergency or urgent rule. All of them are asked, before any advice.",
    "2": "Asked only while they can change what the person is told.",
    "3": "Asked only while they can change what the person is told.",
    "test": "Small movements that a person may try; never at urgent or emergency level.",
    "m": "Nobody is asked. They move nothing until they are validated.",
    "never": "Kept so that nobody adds them again.",
}
MARKS = {
    "verified": "verified: seen in the source",
    "recalled": "recalled: from memory, to be checked",
    "estimate": "estimate: our own judgement",
}
CERTAINTY = {
    "high": "high",
    "moderate": "moderate",
    "low": "low",
    "very_low": "very low",
    "not_graded": "not graded",
}


def pages(known: Knowledge, raw: Documents) -> dict[str, str]:
    """Return the text of every page by its name.

    Args:
        known: The knowledge as the program has it.
        raw: The same as it is written, with what only professionals read.
    """
    made = {
        "rules": rules_page(known, raw),
        "questions": questions_page(known, raw),
        "causes": causes_page(known, raw),
        "sources": sources_page(known, raw),
        "article": article_page(known, raw),
        "questionnaires": questionnaires_page(known, raw),
    }
    return {name: re.sub(r"\n{3,}", "\n\n", text).strip() + "\n" for name, text in made.items()}


def slug(heading: str) -> str:
    """Return the anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


# ------------------------------------------------------------------------------------- links


def to_rule(name: str) -> str:
    """Return a link to a rule."""
    return f"[{name}](rules.md#{slug(name)})"


def to_question(name: str) -> str:
    """Return a link to a question."""
    return f"[{name}](questions.md#{slug(name)})"


def to_cause(cause: Cause) -> str:
    """Return a link to a cause."""
    return f"[{cause.name}](causes.md#{slug(cause.name)})"


def to_source(name: str) -> str:
    """Return a link to a source."""
    return f"[{name}](sources.md#{slug(name)})"


def to_sources(names: Iterable[str], mark: str) -> str:
    """Return links to sources, and how sure we are of what they are to show."""
    return f"{', '.join(to_source(name) for name in names)} ({mark})"


def linked(condition: Condition, known: Knowledge) -> str:
    """Return a condition in words, with a link to each question."""

    def with_link(atom: Atom, words: str) -> str:
        return f"{words} ({to_question(atom.finding)})"

    return in_words(condition, known, with_link)


# -------------------------------------------------------------------------------------- parts


def head(title: str, about: str, known: Knowledge) -> str:
    """Return the top of a page."""
    names = ", ".join(known.reviewed_by)
    reviewed = f"Reviewed by {names}." if names else "Reviewed by: nobody yet."
    made = MADE.format(version=known.version, reviewed=reviewed)
    return f"# {title}\n\n{made}\n\n{about}"


def rows(pairs: Iterable[tuple[str, str]]) -> str:
    """Return a list of labelled facts; empty ones are left out."""
    return "\n".join(f"- **{label}.** {text}" for label, text in pairs if text)


def listed(points: Iterable[str]) -> str:
    """Return a list."""
    return "\n".join(f"- {point}" for point in points)


def for_professionals(text: str) -> str:
    """Return what parts the words for the person from the rest."""
    return f"**For professionals.** {written(text)}"


def open_points(points: Iterable[str], level: str = "##") -> str:
    """Return what a clinician or a paper has to settle; nothing if there is nothing."""
    text = listed(points)
    return f"{level} Open points\n\n{text}" if text else ""


def table(titles: Iterable[str], lines: Iterable[Iterable[str]]) -> str:
    """Return a table."""
    titles = list(titles)
    body = [[cell.replace("|", "\\|").replace("\n", " ") for cell in line] for line in lines]
    return "\n".join(
        f"| {' | '.join(line)} |".replace("|  |", "| |")
        for line in [titles, ["---"] * len(titles), *body]
    )


def written(text: Any) -> str:
    """Return a note as a sentence."""
    return f"{text[0].upper()}{text[1:].removesuffix('.')}." if text else ""


# -------------------------------------------------------------------------------------- rules


def rules_page(known: Knowledge, raw: Documents) -> str:
    """Return the page of triage rules."""
    about = (
        "Every rule is tried. The highest level of all matched rules wins, the shortest time "
        "counts, and every matched rule is shown. No rule has a “not”, so a further worrying "
        "answer can never lower the level."
    )
    parts = [head("Rules of triage", about, known), "## Whatever the answers are", known.safety_net]
    for level, texts in known.levels.items():
        parts += [f"## {LEVELS[level]}", f"{texts.says} {texts.does}", f"*{texts.clinical}*"]
        parts += [rule_part(rule, known, raw) for rule in known.rules if rule.level == level]
    general = [point["point"] for point in raw["triage"]["open"] if not point["rules"]]
    return "\n\n".join([*parts, open_points(general)])


def rule_part(rule: Rule, known: Knowledge, raw: Mapping[str, Any]) -> str:
    """Return the section of one rule."""
    days = "today" if rule.within_days == 0 else f"within {rule.within_days} days"
    plan = "may run until the visit" if rule.walking_plan else "waits until the visit"
    facts = rows(
        [
            ("How soon", days),
            ("Walking plan", plan if rule.level == "clinician_soon" else "none"),
            ("Sources", to_sources(rule.sources, rule.mark)),
            ("Note", rule.note),
            *[
                ("Open", point["point"])
                for point in raw["triage"]["open"]
                if rule.id in point["rules"]
            ],
        ]
    )
    clinical = for_professionals(rule.clinical)
    return "\n\n".join([f"### {rule.id}", rule.why, linked(rule.when, known), clinical, facts])


# ---------------------------------------------------------------------------------- questions


def questions_page(known: Knowledge, raw: Documents) -> str:
    """Return the page of questions and home tests."""
    about = (
        "Each question with its answers, why it is asked, and the rules and causes that use it. "
        "“Not sure” can be answered to every question."
    )
    parts = [head("Questions", about, known)]
    users = used_by(known)
    screens = {name: screen.title for screen in known.screens for name in screen.items}
    tests = {test.id: test for test in known.home_tests}
    for tier, title in TIERS.items():
        members = [finding for finding in known.findings.values() if finding.tier == tier]
        if members:
            parts += [f"## {title}", TIERS_SAY[tier]]
        if tier == "test" and members:
            parts.append(listed(known.before_home_tests))
        for finding in members:
            parts.append(question_part(finding, screens.get(finding.id, ""), users, known))
            if finding.id in tests:
                parts.append(test_part(tests[finding.id], known, raw))
    points = [*raw["findings"].get("open", ()), *raw["interview"].get("open", ())]
    return "\n\n".join([*parts, open_points([*points, *raw["home_tests"].get("open", ())])])


def used_by(known: Knowledge) -> dict[str, dict[str, list[str]]]:
    """Return, for each question, links to the rules, causes and home tests that use it."""
    found: dict[str, dict[str, list[str]]] = defaultdict(
        lambda: {"rules": [], "causes": [], "tests": []}
    )
    for rule in known.rules:
        for name in dict.fromkeys(atom.finding for atom in atoms(rule.when)):
            found[name]["rules"].append(to_rule(rule.id))
    for cause in known.causes:
        for name in dict.fromkeys(feature.finding for feature in cause.features):
            found[name]["causes"].append(to_cause(cause))
    for test in known.home_tests:
        forbid = atoms(test.not_if) if test.not_if is not None else ()
        for name in dict.fromkeys(atom.finding for atom in forbid):
            found[name]["tests"].append(to_question(test.id))
    return found


def question_part(
    finding: Finding,
    screen: str,
    users: Mapping[str, Mapping[str, list[str]]],
    known: Knowledge,
) -> str:
    """Return the section of one question."""
    mine = users.get(finding.id, {"rules": [], "causes": [], "tests": []})
    facts = rows(
        [
            ("In the list", f"“{finding.item}”" if finding.item else ""),
            ("Stands under", f"“{screen}”" if screen else ""),
            ("Example", finding.example),
            ("Why we ask", finding.why),
            ("Answers", choices(finding)),
            ("If not sure", "asked once more, with the example" if finding.asked_again else ""),
            ("For professionals", written(finding.clinical)),
            ("Hardly changes", "kept for the next check-up" if finding.lasting else ""),
            ("Rules", ", ".join(mine["rules"])),
            ("Causes", ", ".join(mine["causes"])),
            ("Home tests that it may forbid", ", ".join(mine["tests"])),
        ]
    )
    asked = "\n\n".join(left_out(finding, known))
    return "\n\n".join(part for part in (f"### {finding.id}", finding.ask, facts, asked) if part)


def left_out(finding: Finding, known: Knowledge) -> Iterator[str]:
    """Yield when a question is not asked."""
    if finding.applies_if is not None:
        yield f"Asked only if this may be so:\n\n{linked(finding.applies_if, known)}"
    for screen in known.screens:
        if finding.id in screen.hide_if:
            hidden = linked(screen.hide_if[finding.id], known)
            yield f"Not asked, and taken as no, if this is so:\n\n{hidden}"


def choices(finding: Finding) -> str:
    """Return the answers of a question in words."""
    if finding.kind == "bool":
        return f"yes: “{finding.if_true}” No: “{finding.if_false}”"
    if finding.kind == "number":
        return f"a number from {finding.low:g} to {finding.high:g} ({finding.unit})"
    offers = [
        f"“{value.offer}” ({name}{', says nothing' if name in finding.unknown else ''})"
        for name, value in finding.values.items()
    ]
    return ", ".join(offers)


def test_part(test: HomeTest, known: Knowledge, raw: Mapping[str, Any]) -> str:
    """Return what is told about a home test."""
    data = next(data for data in raw["home_tests"]["home_tests"] if data["id"] == test.id)
    steps = "\n".join(f"{number}. {step}" for number, step in enumerate(test.how, start=1))
    facts = rows(
        [
            ("Counts as a yes", test.positive),
            ("Stop", test.stop),
            ("Who leaves it out", test.not_if_says),
            ("For professionals", written(data.get("clinical"))),
            ("Sources", to_sources(data.get("sources", ()), data.get("mark", "estimate"))),
            ("Note", data.get("note", "")),
        ]
    )
    not_if = ""
    if test.not_if is not None:
        not_if = f"Not offered if this is so, or not known:\n\n{linked(test.not_if, known)}"
    return "\n\n".join(part for part in (f"**{test.name}**", steps, facts, not_if) if part)


# ------------------------------------------------------------------------------------- causes


def causes_page(known: Knowledge, raw: Documents) -> str:
    """Return the page of causes."""
    data, engine = raw["causes"], known.engine
    about = (
        "A pattern is what the answers resemble. It is not a diagnosis. Each cause is a question "
        "of its own, and many people fit more than one, or none."
    )
    low, middle, high = engine.bands
    capped = f"{engine.single_lr_cap:g}"
    numbers = (
        "For professionals: logit(p) = logit(prior of the age band) + tau × the sum over groups. In "
        "a group the log likelihood ratios count 1, 1/2, 1/3 and so on, the largest first. "
        f"Tau is {engine.tau:g}; no single ratio counts for more than {capped} or less than "
        f"1/{capped}. What is not known counts nothing. How common: unlikely below {low:g}, "
        f"possible below {middle:g}, fits below {high:g}, fits well above. How far these answers "
        "moved a cause is its lift, exp(tau × evidence sum), without the prior. Off until validated: "
        f"{', '.join(to_question(name) for name in sorted(engine.disabled))}."
    )
    marked = "; ".join(MARKS.values())
    parts = [head("Causes", about, known), numbers, f"The marks. {marked}."]
    parts += [written(data["priors_note"]), f"Whom the priors are about: {data['population']}."]
    by_id = {cause["id"]: cause for cause in data["causes"]}
    parts += [cause_part(cause, by_id[cause.id], known) for cause in known.causes]
    return "\n\n".join([*parts, open_points(data.get("open", ()))])


def cause_part(cause: Cause, data: Mapping[str, Any], known: Knowledge) -> str:
    """Return the section of one cause."""
    claims = [
        (title, [f"{claim.says} {to_sources(claim.sources, claim.mark)}" for claim in told])
        for title, told in (("What is true", cause.true_part), ("What is not", cause.not_true))
    ]
    care = to_sources(data.get("care_sources", ()), data.get("care_mark", "estimate"))
    parts = [
        f"## {cause.name}",
        cause.what,
        *[f"**{title}**\n\n{listed(says)}" for title, says in claims if says],
        "**What to do**",
        rows(
            [
                ("What can help", cause.helps),
                ("Whom to see", cause.who),
                ("How it tends to go on", cause.outlook),
                ("Sources of these", care),
            ]
        ),
        f"### For professionals: {cause.clinical}",
        cause_facts(cause, data),
        feature_table(cause, data, known) if cause.features else "No answer moves it.",
        rows(("Open", point) for point in cause.open),
    ]
    return "\n\n".join(part for part in parts if part)


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


# ------------------------------------------------------------------------------------ sources


def sources_page(known: Knowledge, raw: Documents) -> str:
    """Return the page of sources."""
    about = f"What rules, causes, home tests and pages rest on. {'; '.join(MARKS.values())}."
    users = users_of_sources(known, raw)
    parts = [head("Sources", about, known)]
    for source in known.sources.values():
        facts = rows(
            [
                ("Mark", MARKS[source.mark]),
                ("Note", written(source.note)),
                ("Used by", ", ".join(dict.fromkeys(users[source.id]))),
            ]
        )
        link = f"<{source.link}>" if source.link else ""
        told = [f"## {source.id}", written(source.what), link, facts]
        parts.append("\n\n".join(part for part in told if part))
    return "\n\n".join([*parts, open_points(raw["sources"].get("open", ()))])


def users_of_sources(known: Knowledge, raw: Documents) -> defaultdict[str, list[str]]:
    """Return, for each source, links to what names it."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    causes = {cause.id: to_cause(cause) for cause in known.causes}
    entries = {
        entry["id"]: f"[{entry['topic']}](article.md#{slug(entry['topic'])})"
        for entry in raw["article"]["entries"]
    }
    for file, place, names, _mark in sourced(raw):
        first = place.split(".")[0]
        user = {
            "triage": to_rule,
            "causes": causes.__getitem__,
            "home_tests": to_question,
            "article": entries.__getitem__,
        }[file](first)
        for name in names:
            found[name].append(user)
    return found


# ------------------------------------------------------------------------------------ article


def article_page(known: Knowledge, raw: Mapping[str, Any]) -> str:
    """Return what the article says, and what is known."""
    data = raw["article"]
    return "\n\n".join(
        [
            head(data["title"], data["intro"], known),
            *[article_part(entry) for entry in data["entries"]],
            open_points(data.get("open", ())),
        ]
    )


def article_part(entry: Mapping[str, Any]) -> str:
    """Return the section of one point of the article."""
    facts = rows(
        [
            ("The article", entry["article"]),
            ("What is known", entry["known"]),
            ("How sure", f"Certainty: {CERTAINTY[entry['certainty']]}."),
            ("What we do", entry["we_say"]),
            ("Sources", to_sources(entry["sources"], entry["mark"])),
        ]
    )
    return f"## {entry['topic']}\n\n{facts}"


# ----------------------------------------------------------------------------- questionnaires


def questionnaires_page(known: Knowledge, raw: Documents) -> str:
    """Return the page of questionnaires."""
    about = (
        "Totals can be compared over time. Item texts are shipped only where they are ours; of the "
        "others, answers or totals from elsewhere can be taken up."
    )
    shelf = "instruments/"
    found = [data for name, data in raw.items() if name.startswith(shelf)]
    return "\n\n".join([head("Questionnaires", about, known), *map(questionnaire_part, found)])


def questionnaire_part(data: Mapping[str, Any]) -> str:
    """Return the section of one questionnaire."""
    source, licence = data["source"], data["licence"]
    link = f" <https://doi.org/{source['doi']}>" if source["doi"] else ""
    facts = rows(
        [
            ("Name in documents", f"`{data['id']}`"),
            ("Range", span_in_words(data["range"])),
            ("Scoring", scoring_in_words(data["scoring"])),
            ("Missing answers", missing_in_words(data["missing"])),
            ("Change that matters", change_in_words(data["change"])),
            (
                "Licence",
                f"{written(licence['text'])} Holder: {licence['holder']}. Mark: {licence['mark']}.",
            ),
            (
                "Texts",
                "shipped, in our words" if licence["redistributable"] == "ours" else "not shipped",
            ),
            ("Source", f"{written(source['text'])}{link} Mark: {source['mark']}."),
            *[("Open", point) for point in data["open"]],
        ]
    )
    items = listed(items_in_words(data["items"]))
    clinical = for_professionals(data["clinical"])
    told = [f"## {data['name']}", data["measures"], items, clinical, facts]
    return "\n\n".join(part for part in told if part)


def items_in_words(items: Any) -> Iterator[str]:
    """Yield the questions that are ours to show."""
    for item in items if isinstance(items, list) else []:
        if "ask" in item:
            ends = [item.get("low_says"), item.get("high_says")]
            offers = [choice["offer"] for choice in item.get("choices", {}).values()]
            says = ", ".join(f"“{says}”" for says in [*ends, *offers] if says)
            yield f"{item['ask']} {says}".strip()


def span_in_words(span: Any) -> str:
    """Return the range of a total."""
    if span is None:
        return "no total"
    low, high = ("not known" if span[end] is None else f"{span[end]:g}" for end in ("low", "high"))
    return f"{low} to {high}; {span['better']} is better. Mark: {span['mark']}."


def scoring_in_words(scoring: Mapping[str, Any]) -> str:
    """Return how a total comes about."""
    note = written(scoring.get("note", ""))
    return f"{scoring['rule'].replace('_', ' ')}. {note} Mark: {scoring['mark']}.".replace(
        "  ", " "
    )


def missing_in_words(missing: Mapping[str, Any]) -> str:
    """Return what happens to missing answers."""
    then = {"refuse": "no total", "mean_of_answered": "the mean of the others stands in"}
    most = missing["most"]
    allowed = "none may be missing" if most == 0 else f"{most} at most, {then[missing['then']]}"
    return f"{allowed}. Mark: {missing['mark']}."


def change_in_words(change: Any) -> str:
    """Return the change that people notice."""
    if change is None:
        return "not known, or does not apply"
    points, share = change["absolute"], change["relative"]
    top = change.get("absolute_up_to")
    sizes = [
        f"{points:g}{f' to {top:g}' if top else ''} points" if points else "",
        f"{share:.0%} of the first total" if share else "",
    ]
    link = f" <https://doi.org/{change['doi']}>" if change["doi"] else ""
    size = " or ".join(size for size in sizes if size)
    told = (f"{size}.", f"{written(change['source'])}{link}", written(change["note"]))
    return f"{' '.join(part for part in told if part)} Mark: {change['mark']}."


def main() -> None:
    """Write every page."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages(knowledge(), read()).items():
        (FOLDER / f"{name}.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
