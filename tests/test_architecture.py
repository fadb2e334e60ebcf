"""The import direction of the design holds: data flow one way, siblings do not know each other."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import evenstride

SOURCE = Path(evenstride.__file__).parent

SENSING = {"importers", "gait", "terrain", "checkup", "diary"}
NEXT_STEPS = {"plan", "trials"}
NOUNS = {"model", "errors"}
KNOWLEDGE = {"knowledge"}  # data without code

MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "model": {"errors"},
    **dict.fromkeys(SENSING, NOUNS | KNOWLEDGE),
    "inventory": NOUNS | KNOWLEDGE | SENSING,
    **{room: NOUNS | KNOWLEDGE | SENSING | {"inventory"} for room in NEXT_STEPS},
    "report": NOUNS | KNOWLEDGE | SENSING | NEXT_STEPS | {"inventory"},
    # The demo diary is made by a simulated person.
    "app": NOUNS
    | KNOWLEDGE
    | SENSING
    | NEXT_STEPS
    | {"inventory", "report", "demo_data", "testing"},
    # Thin skins: the nouns they pass on, and the use cases.
    **{skin: NOUNS | {"app"} for skin in ("cohort", "web")},
    "cli": NOUNS | {"app", "web"},  # one command starts the server
    "testing": NOUNS | {"importers", "gait"},
    "__main__": {"cli"},
}

HEAVY = {
    *("numpy", "scipy", "jinja2", "rich", "click", "pandas", "polars", "arro3", "yaml"),
    *("sqlcipher3", "cryptography", "osmium", "rasterio", "typst"),
    *("fastapi", "starlette", "pydantic", "uvicorn", "segno"),
}
HEAVY_AT_THE_TOP = {
    "": set[str](),
    "errors": set[str](),
    "model": {"numpy"},
    "importers": {"numpy"},
    "gait": {"numpy", "scipy"},
    "terrain": {"numpy"},
    "inventory": {"numpy"},
    "trials": {"numpy"},
    "report": {"numpy", "jinja2"},
    "app": {"numpy"},
    "cli": {"click"},
    "web": {"fastapi", "starlette", "pydantic", "jinja2", "uvicorn"},
    "testing": {"numpy", "scipy"},
}


def modules() -> list[Path]:
    """Return every module of the package."""
    return sorted(SOURCE.rglob("*.py"))


def room_of(path: Path) -> str:
    """Return the room a module belongs to; the front door is the empty name."""
    first = path.relative_to(SOURCE).parts[0].removesuffix(".py")
    return "" if first == "__init__" else first


def imports(tree: ast.AST) -> Iterator[str]:
    """Yield the full name of everything that is imported anywhere below a node."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide the direction"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def at_the_top(node: ast.AST) -> Iterator[str]:
    """Yield what runs at import time: neither inside a function nor for type checkers only."""
    for child in ast.iter_child_nodes(node):
        checking = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)
        if isinstance(child, ast.Import | ast.ImportFrom):
            yield from imports(child)
        elif not checking and not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from at_the_top(child)


@pytest.mark.parametrize(
    "path", [m for m in modules() if room_of(m)], ids=lambda p: str(p.relative_to(SOURCE))
)
def test_imports_run_one_way(path):
    """A room imports itself and what stands below it, never a sibling or what stands above.

    Only the front door may open onto every room, and it does so lazily.
    """
    room = room_of(path)
    tree = ast.parse(path.read_text(encoding="utf-8"))
    rooms = {name.split(".")[1] for name in imports(tree) if name.startswith("evenstride.")} - {
        room,
        "__version__",
    }

    assert room in MAY_IMPORT, f"{room} has no place in the design"
    assert set() == rooms - MAY_IMPORT[room]


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(SOURCE)))
def test_heavy_imports_stay_where_they_are_needed(path):
    """What is slow to import is imported at the top only in the rooms that cannot work without."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    heavy = {name.split(".")[0] for name in at_the_top(tree)} & HEAVY

    assert set() == heavy - HEAVY_AT_THE_TOP.get(room_of(path), set())


def test_the_checkup_stays_readable_by_a_clinician():
    """The check-up may import nothing but the nouns and its knowledge."""
    assert {"model", "errors", "knowledge"} == MAY_IMPORT["checkup"]


def test_there_is_no_catch_all():
    """No reader and no engine swallows every error."""
    broad = [
        f"{path.relative_to(SOURCE)}:{node.lineno}"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in ("Exception", "BaseException"))
    ]

    assert [] == broad
