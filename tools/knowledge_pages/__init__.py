"""Makes docs/checkup/*.md from the knowledge files. ``python -m tools.knowledge_pages`` writes them.

Each page gives the words for the person first and what a professional needs after them. Every
rule, question, cause and source has a heading of its own, and the pages link to each other.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tools.check_knowledge.documents import Documents
from tools.knowledge_pages.article import article_page
from tools.knowledge_pages.causes import causes_page
from tools.knowledge_pages.markdown import slug
from tools.knowledge_pages.questionnaires import questionnaires_page
from tools.knowledge_pages.questions import questions_page
from tools.knowledge_pages.rules import rules_page
from tools.knowledge_pages.sources import sources_page

from evenstride.checkup.knowledge import Knowledge

__all__ = ["FOLDER", "PAGES", "pages", "slug"]

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "checkup"

PAGES: dict[str, Callable[[Knowledge, Documents], str]] = {
    "rules": rules_page,
    "questions": questions_page,
    "causes": causes_page,
    "sources": sources_page,
    "article": article_page,
    "questionnaires": questionnaires_page,
}
"""What makes each page."""


def pages(known: Knowledge, raw: Documents) -> dict[str, str]:
    """Return the text of every page by its name.

    Args:
        known: The knowledge as the program has it.
        raw: The same as it is written, with what only professionals read.
    """
    return {name: page(known, raw) + "\n" for name, page in PAGES.items()}
