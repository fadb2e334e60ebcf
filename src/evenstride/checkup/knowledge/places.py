"""Which texts of the knowledge files a person reads; a translation may say these and no others."""

from __future__ import annotations

__all__ = ["FOR_A_PERSON", "Place", "fits", "is_for_a_person"]

Place = tuple[str, ...]
"""The keys that lead to a text; members of lists go by their id, else by their number."""

FOR_A_PERSON: dict[str, tuple[str, ...]] = {
    "findings": (
        "findings.*.ask",
        "findings.*.item",
        "findings.*.example",
        "findings.*.why",
        "findings.*.if_true",
        "findings.*.if_false",
        "findings.*.says",
        "findings.*.values.*.offer",
        "findings.*.values.*.says",
    ),
    "interview": (
        "screens.*.title",
        "screens.*.lead",
    ),
    "triage": (
        "levels.*.says",
        "levels.*.does",
        "safety_net",
        "rules.*.why",
    ),
    "causes": (
        "causes.*.name",
        "causes.*.what",
        "causes.*.true_part.*.says",
        "causes.*.not_true.*.says",
        "causes.*.who",
        "causes.*.help",
        "causes.*.outlook",
    ),
    "home_tests": (
        "before.*",
        "home_tests.*.name",
        "home_tests.*.how.*",
        "home_tests.*.positive",
        "home_tests.*.stop",
        "home_tests.*.not_if_says",
    ),
    "article": (
        "title",
        "intro",
        "entries.*.topic",
        "entries.*.article",
        "entries.*.known",
        "entries.*.we_say",
    ),
    "wording": (
        "*.*",
        "*.*.*",
        "*.*.*.*",
    ),
    "walking_plan": (
        "variants.*.title",
        "variants.*.says",
        "lights.*.*",
        "reasons.*",
        "refusals.*",
        "rules.*.says",
        "terrain.*",
        "pace.*",
        "would_change.*",
        "calendar.*",
    ),
    "exercises": (
        "grades.*.says",
        "comfort.says",
        "before.*",
        "before.stop_if.*",
        "limits.*.ask",
        "limits.*.leave_out_if",
        "limits.*.says",
        "cleared.ask",
        "red_walk",
        "because_of",
        "exercises.*.name",
        "exercises.*.purpose",
        "exercises.*.steps.*",
        "exercises.*.easier.says",
        "exercises.*.harder.says",
        "routines.*.name",
        "cues.*",
        "cues.side.*",
        "levels.*",
        "rules.*.says",
        "refusals.*",
    ),
    "emergency": ("examples",),
    "factors": (
        "verdicts.*",
        "titles.*",
        "reasons.*",
        "left_out.*",
        "norms.*",
        "pain.*",
        "groups.*.*",
        "factors.*.title",
        "factors.*.lead",
        "factors.*.note",
        "factors.*.measures.*.more",
        "factors.*.measures.*.less",
        "factors.*.measures.*.give",
        "factors.*.told.*.title",
        "factors.*.told.*.says",
        "factors.*.told.*.give",
        "factors.*.sides.*",
        "factors.*.week.*",
        "factors.*.than.*",
        "factors.*.load_says.*",
        "factors.*.known.*.says",
        "factors.*.tries.*.says",
        "factors.*.tries.*.arms.*",
    ),
    "screens/*": ("**",),
    "figures": ("figures.*.shows",),
    "instruments/*": (
        "name",
        "measures",
        "items.*.ask",
        "items.*.low_says",
        "items.*.high_says",
        "items.*.choices.*.offer",
        "bands.*.says",
    ),
}
"""By file; one star stands for one key or one member of a list, two for any number of them."""


def is_for_a_person(file: str, place: Place, text: str) -> bool:
    """Tell whether a person reads a text.

    Args:
        file: Its name without ".yaml", such as "triage" or "screens/today".
        place: Where it stands in the file.
        text: What it says.
    """
    shelf, slash, _ = file.partition("/")
    patterns = FOR_A_PERSON.get(f"{shelf}/*" if slash else file, ())
    if text.startswith("/"):
        return False  # the address of a link
    return any(fits(pattern, place) for pattern in patterns)


def fits(pattern: str, place: Place) -> bool:
    """Tell whether a pattern of the table names a place."""
    if pattern == "**":
        return True
    parts = pattern.split(".")
    return len(parts) == len(place) and all(
        wanted in ("*", found) for wanted, found in zip(parts, place, strict=True)
    )
