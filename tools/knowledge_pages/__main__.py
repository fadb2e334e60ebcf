"""Write every page. Run by ``make docs``."""

from __future__ import annotations

from tools.check_knowledge.documents import read
from tools.knowledge_pages import FOLDER, pages

from evenstride.checkup.knowledge import knowledge


def main() -> None:
    """Write every page."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages(knowledge(), read()).items():
        (FOLDER / f"{name}.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
