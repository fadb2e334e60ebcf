"""Print what is checked, and every fault as one line; the exit code is 1 if there is one."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from statistics import fmean

from tools.check_knowledge import Fault, faults
from tools.check_knowledge.documents import Documents, features, questionnaires, read, texts
from tools.check_knowledge.files import duplicate_keys
from tools.check_knowledge.reading import grade
from tools.check_knowledge.wording import person_texts


def counts(documents: Documents) -> str:
    """Return how much there is."""
    grades = [grade(text) for _, _, text in person_texts(documents)]
    numbers = {
        "questions": documents["findings"]["findings"],
        "screens": documents["interview"]["screens"],
        "rules": documents["triage"]["rules"],
        "causes": documents["causes"]["causes"],
        "features": list(features(documents)),
        "home tests": documents["home_tests"]["home_tests"],
        "points of the article": documents["article"]["entries"],
        "sources": documents["sources"]["sources"],
        "questionnaires": questionnaires(documents),
        "texts for people": grades,
    }
    told = ", ".join(f"{len(found)} {what}" for what, found in numbers.items())
    return f"{told} (grade {fmean(grades):.1f} on average)"


def report(documents: Documents, written: Mapping[str, str]) -> int:
    """Print what is checked and what is wrong; return the exit code.

    Args:
        documents: The files as plain values.
        written: The text of the files: keys that stand twice cannot be seen in plain values.
    """
    found: dict[str, list[Fault]] = {"no key stands twice": list(duplicate_keys(written))}
    found |= faults(documents)
    for name, wrong in found.items():
        print(f"{'ok' if not wrong else len(wrong):>4}  {name}")
        for fault in wrong:
            print(f"      {fault}")
    print(counts(documents))
    return 1 if any(found.values()) else 0


if __name__ == "__main__":
    sys.exit(report(read(), texts()))
