"""Say how much each translation says, and what is wrong with it.

``python -m tools.check_languages [CODE]`` prints a line per file, and every sentence that does not
fit or whose English has changed since it was translated; with a code it also prints what is
missing. The exit code is 1 if something does not fit. ``--seen CODE`` remembers the English of
today as what was translated: do that after looking at what is stale.
"""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from evenstride.checkup.knowledge.coverage import Coverage, coverage, digest
from evenstride.checkup.knowledge.language import Edition, editions, translated
from evenstride.checkup.knowledge.sentences import FILE

SEEN = Path(__file__).parent / "languages"
"""What each translation was made from; it is not shipped."""

SOURCE = Path(__file__).parents[1] / "src" / "evenstride"
_SENTENCE = re.compile(r"[A-Z“{].*[a-z]{2}.* .*[.?]", re.DOTALL)
_END = re.compile(r"(?<=[.!?]) ")


def written() -> set[str]:
    """Return every text in the code, with numbered gaps, and every sentence of longer ones."""
    trees = (ast.parse(path.read_text("utf-8")) for path in sorted(SOURCE.rglob("*.py")))
    whole = {text for tree in trees for text in _written(tree)}
    return whole | {numbered(one.strip()) for text in whole for one in _END.split(text)}


def numbered(text: str) -> str:
    """Return a sentence with its gaps counted from 1, in their order."""
    parts = re.split(r"\{\w*\}", text)
    return "".join(part + (f"{{{n}}}" if n < len(parts) else "") for n, part in enumerate(parts, 1))


def _written(tree: ast.AST) -> Iterator[str]:
    """Yield the texts of a module, without what explains the code."""
    explains = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            explains |= {id(part) for part in ast.walk(node)} - {id(node)}
            pieces = (one.value if isinstance(one, ast.Constant) else "{}" for one in node.values)
            yield numbered("".join(map(str, pieces)))
        elif id(node) not in explains and isinstance(value := getattr(node, "value", None), str):
            yield numbered(value)


def seen(code: str) -> dict[str, dict[str, str]]:
    """Return a mark of each English text as it was when it was translated, by file and place."""
    path = SEEN / f"{code}.json"
    found: dict[str, dict[str, str]] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return found


def marks(code: str) -> dict[str, dict[str, str]]:
    """Return a mark of each English text of today that is translated, by file and place."""
    return {
        one.name: {
            ".".join(place): digest(text)
            for place, text in one.texts.items()
            if place not in one.missing
        }
        for one in coverage(code)
    }


def stale(one: Coverage, before: dict[str, str]) -> Iterator[str]:
    """Yield the places whose English is another one than when it was translated."""
    for place, text in one.texts.items():
        name = ".".join(place)
        if place not in one.missing and before.get(name, "") != digest(text):
            yield name


def report(edition: Edition, *, whole: bool) -> int:
    """Print how a translation stands, and return how many of its sentences do not fit."""
    print(f"{edition.name} ({edition.code}), {edition.hash[:12]}")
    before, wrong = seen(edition.code), 0
    for one in coverage(edition.code):
        done = len(one.texts) - len(one.missing)
        print(f"  {done:5} of {len(one.texts):5}  {one.name}")
        for misfit in one.misfits:
            print(f"           does not fit: {'.'.join(misfit.place)}: {misfit.why}")
        for name in stale(one, before.get(one.name, {})):
            print(f"           English has changed: {name}")
        for place in one.missing if whole else ():
            print(f"           missing: {'.'.join(place)}: {one.texts[place]}")
        wrong += len(one.misfits)
    _tell_of_sentences(edition.code)
    return wrong


def _tell_of_sentences(code: str) -> None:
    """Print how many of the sentences in the code are translated."""
    known = set(map(numbered, (translated(code, FILE) or {}).get("sentences", ())))
    found = {one for one in written() if _SENTENCE.fullmatch(one) and len(_END.split(one)) == 1}
    print(f"  {len(found & known):5} of {len(found):5}  sentences in the code")


def remember(code: str) -> None:
    """Write the marks of the English of today."""
    text = json.dumps(marks(code), indent=1, sort_keys=True, ensure_ascii=False)
    (SEEN / f"{code}.json").write_text(f"{text}\n", "utf-8")


def main(arguments: list[str]) -> int:
    """Do what is asked, and return the exit code."""
    if arguments[:1] == ["--seen"]:
        remember(arguments[1])
        return 0
    chosen = [one for one in editions().values() if arguments in ([], [one.code])]
    return 1 if sum([report(one, whole=bool(arguments)) for one in chosen]) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
