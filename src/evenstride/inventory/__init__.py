"""Outings, shoes and a person -> what can be said about six factors that a person can change.

``walks`` puts the diary in order; ``comparable`` finds earlier walks that can be put beside the
newest, ``change`` says if it differs by more than chance, ``norms`` where it lies among other
people (``measured`` joins them). ``footwear``, ``ground``, ``weeks`` and ``dose`` put down what was
told, ``pain`` the pain on walks of one kind. ``knowledge`` reads what is known and what could be
tried.
"""

from evenstride.inventory.build import inventory
from evenstride.inventory.nouns import (
    Claim,
    Comparison,
    Factor,
    Idea,
    Inventory,
    Known,
    LeftOut,
    Norm,
    Observed,
    PainGroup,
    Verdict,
)

__all__ = [
    "Claim",
    "Comparison",
    "Factor",
    "Idea",
    "Inventory",
    "Known",
    "LeftOut",
    "Norm",
    "Observed",
    "PainGroup",
    "Verdict",
    "inventory",
]
