"""What this copy of evenstride is: its version, its knowledge, and who made its parts."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["About", "about"]


@dataclass(frozen=True, slots=True)
class About:
    """What this copy of evenstride is.

    Attributes:
        version: Of the program.
        knowledge_version: Of what it knows of backs.
        knowledge_date: Of that version.
        knowledge_hash: SHA-256 of the files of that knowledge.
    """

    version: str
    knowledge_version: str
    knowledge_date: str
    knowledge_hash: str


def about() -> About:
    """Return what this copy of evenstride is."""
    from evenstride import __version__
    from evenstride.checkup.knowledge import knowledge

    known = knowledge()
    return About(__version__, known.version, str(known.date), known.hash)
