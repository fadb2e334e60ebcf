"""The page of triage rules."""

from __future__ import annotations

from tools.check_knowledge.documents import Documents
from tools.knowledge_pages.links import linked, to_sources
from tools.knowledge_pages.markdown import for_professionals, head, joined, open_points, rows

from evenstride.checkup.knowledge import Knowledge, Rule

LEVELS = {
    "emergency_now": "Emergency, now",
    "urgent_same_day": "Urgent, the same day",
    "clinician_soon": "A doctor or physiotherapist, soon",
    "self_care": "Self-care",
}


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
    return joined([*parts, open_points(general)])


def rule_part(rule: Rule, known: Knowledge, raw: Documents) -> str:
    """Return the section of one rule."""
    points = [point["point"] for point in raw["triage"]["open"] if rule.id in point["rules"]]
    days = "today" if rule.within_days == 0 else f"within {rule.within_days} days"
    plan = "may run until the visit" if rule.walking_plan else "waits until the visit"
    facts = rows(
        [
            ("How soon", days),
            ("Walking plan", plan if rule.level == "clinician_soon" else "none"),
            ("Sources", to_sources(rule.sources, rule.mark)),
            ("Note", rule.note),
            *[("Open", point) for point in points],
        ]
    )
    clinical = for_professionals(rule.clinical)
    return joined([f"### {rule.id}", rule.why, linked(rule.when, known), clinical, facts])
