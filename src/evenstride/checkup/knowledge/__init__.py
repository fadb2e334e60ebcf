"""What the check-up knows: the nouns, and how they are read from the knowledge files."""

from evenstride.checkup.knowledge.nouns import (
    AGES,
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
from evenstride.checkup.knowledge.read import assemble, document, documents, knowledge

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
    "document",
    "documents",
    "knowledge",
]
