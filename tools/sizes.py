"""Report how long modules and functions are, against the aims of the project.

The aims are no limits: where one long, clear table reads better than five fragments, keep it.
Run by ``make sizes``; needs nothing but Python.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from pathlib import Path

AIMS = {"module": (160, 500, 800), "function": (None, 45, 120)}  # median, 90th percentile, most
ROOT = Path(__file__).resolve().parent.parent


def functions(path: Path) -> Iterable[tuple[int, str]]:
    """Yield (length in lines, name) of every function in a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield (node.end_lineno or node.lineno) - node.lineno + 1, f"{path.stem}.{node.name}"


def line(kind: str, sizes: list[tuple[int, str]]) -> str:
    """Return one line: median, 90th percentile and longest against the aims."""
    lengths = sorted(length for length, _ in sizes)
    found = (
        lengths[len(lengths) // 2],
        lengths[min(int(0.9 * len(lengths)), len(lengths) - 1)],
        lengths[-1],
    )
    parts = [
        f"{name} {value}" + (f" (aim {aim}){' OVER' if value > aim else ''}" if aim else "")
        for name, value, aim in zip(("median", "p90", "longest"), found, AIMS[kind], strict=True)
    ]
    longest = max(sizes)[1]
    return f"{len(sizes)} {kind}s: {', '.join(parts)}, the longest is {longest}"


def main() -> None:
    """Print the report."""
    paths = sorted((ROOT / "src").rglob("*.py"))
    texts = {path: path.read_text(encoding="utf-8").count("\n") for path in paths}
    modules = [
        (count, str(path.relative_to(ROOT / "src"))) for path, count in texts.items() if count
    ]
    print(line("module", modules))
    print(line("function", [item for path in paths for item in functions(path)]))
    tests = sum(
        path.read_text(encoding="utf-8").count("\n") for path in (ROOT / "tests").rglob("*.py")
    )
    source = sum(texts.values())
    print(f"{tests} lines of tests for {source} lines of source: {tests / source:.2f} (aim 1.0)")


if __name__ == "__main__":
    main()
