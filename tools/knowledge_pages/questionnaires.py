"""The page of questionnaires."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tools.check_knowledge.documents import Documents, questionnaires
from tools.knowledge_pages.markdown import for_professionals, head, joined, listed, rows, written

from evenstride.checkup.knowledge import Knowledge


def questionnaires_page(known: Knowledge, raw: Documents) -> str:
    """Return the page of questionnaires."""
    about = (
        "Totals can be compared over time. Item texts are shipped only where they are ours; of the "
        "others, answers or totals from elsewhere can be taken up."
    )
    parts = map(questionnaire_part, questionnaires(raw).values())
    return joined([head("Questionnaires", about, known), *parts])


def questionnaire_part(data: Mapping[str, Any]) -> str:
    """Return the section of one questionnaire."""
    items = listed(items_in_words(data["items"]))
    clinical = for_professionals(data["clinical"])
    return joined([f"## {data['name']}", data["measures"], items, clinical, facts(data)])


def facts(data: Mapping[str, Any]) -> str:
    """Return what a professional should know about a questionnaire."""
    source, licence = data["source"], data["licence"]
    ours = licence["redistributable"] == "ours"
    holder = f"Holder: {licence['holder']}. Mark: {licence['mark']}."
    return rows(
        [
            ("Name in documents", f"`{data['id']}`"),
            ("Range", span_in_words(data["range"])),
            ("Scoring", scoring_in_words(data["scoring"])),
            ("Missing answers", missing_in_words(data["missing"])),
            ("Change that matters", change_in_words(data["change"])),
            ("Licence", f"{written(licence['text'])} {holder}"),
            ("Texts", "shipped, in our words" if ours else "not shipped"),
            ("Source", f"{cited(source['text'], source['doi'])} Mark: {source['mark']}."),
            *[("Open", point) for point in data["open"]],
        ]
    )


def cited(text: str, doi: str | None) -> str:
    """Return a source as a sentence, with a link if there is one."""
    return f"{written(text)} <https://doi.org/{doi}>" if doi else written(text)


def items_in_words(items: Any) -> Iterator[str]:
    """Yield the questions that are ours to show."""
    for item in items if isinstance(items, list) else []:
        if "ask" in item:
            ends = [item.get("low_says"), item.get("high_says")]
            offers = [choice["offer"] for choice in item.get("choices", {}).values()]
            says = ", ".join(f"“{says}”" for says in [*ends, *offers] if says)
            yield f"{item['ask']} {says}".strip()


def span_in_words(span: Mapping[str, Any] | None) -> str:
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


def change_in_words(change: Mapping[str, Any] | None) -> str:
    """Return the change that people notice."""
    if change is None:
        return "not known, or does not apply"
    points, share = change["absolute"], change["relative"]
    top = change.get("absolute_up_to")
    sizes = [
        f"{points:g}{f' to {top:g}' if top else ''} points" if points else "",
        f"{share:.0%} of the first total" if share else "",
    ]
    size = " or ".join(size for size in sizes if size)
    told = (f"{size}.", cited(change["source"], change["doi"]), written(change["note"]))
    return f"{' '.join(part for part in told if part)} Mark: {change['mark']}."
