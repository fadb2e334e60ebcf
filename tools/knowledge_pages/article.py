"""The page of what the article says, and of what is known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tools.check_knowledge.documents import Documents
from tools.knowledge_pages.links import to_sources
from tools.knowledge_pages.markdown import head, joined, open_points, rows

from evenstride.checkup.knowledge import Knowledge

CERTAINTY = {
    "high": "high",
    "moderate": "moderate",
    "low": "low",
    "very_low": "very low",
    "not_graded": "not graded",
}


def article_page(known: Knowledge, raw: Documents) -> str:
    """Return what the article says, and what is known."""
    data = raw["article"]
    return joined(
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
