"""The page of sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from tools.check_knowledge.documents import Documents, sourced
from tools.knowledge_pages.links import to_cause, to_entry, to_question, to_rule
from tools.knowledge_pages.markdown import MARKS, head, joined, open_points, rows, written

from evenstride.checkup.knowledge import Knowledge, Source


def sources_page(known: Knowledge, raw: Documents) -> str:
    """Return the page of sources."""
    about = f"What rules, causes, home tests and pages rest on. {'; '.join(MARKS.values())}."
    users = users_of_sources(known, raw)
    parts = [head("Sources", about, known)]
    parts += [source_part(source, users[source.id]) for source in known.sources.values()]
    return joined([*parts, open_points(raw["sources"].get("open", ()))])


def source_part(source: Source, users: Iterable[str]) -> str:
    """Return the section of one source."""
    facts = rows(
        [
            ("Mark", MARKS[source.mark]),
            ("Note", written(source.note)),
            ("Used by", ", ".join(dict.fromkeys(users))),
        ]
    )
    link = f"<{source.link}>" if source.link else ""
    return joined([f"## {source.id}", written(source.what), link, facts])


def users_of_sources(known: Knowledge, raw: Documents) -> defaultdict[str, list[str]]:
    """Return, for each source, links to what names it."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    causes = {cause.id: to_cause(cause) for cause in known.causes}
    entries = {entry["id"]: to_entry(entry) for entry in raw["article"]["entries"]}
    links: dict[str, Callable[[str], str]] = {
        "triage": to_rule,
        "causes": causes.__getitem__,
        "home_tests": to_question,
        "article": entries.__getitem__,
    }
    for file, place, names, _mark in sourced(raw):
        user = links[file](place.split(".")[0])
        for name in names:
            found[name].append(user)
    return found
