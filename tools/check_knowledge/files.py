"""Files follow their schemas, and no key stands twice in one place."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterator, Mapping
from functools import cache
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from tools.check_knowledge.documents import Documents, Fault, folder

__all__ = ["duplicate_keys", "schemas"]


def schemas(documents: Documents) -> Iterator[Fault]:
    """Yield where a file departs from its schema, or has none."""
    for name, document in documents.items():
        shelf, _, _ = name.rpartition("/")
        validator = _schemas().get(shelf.removesuffix("s") or name)
        if validator is None:
            yield Fault(name, "(file)", "has no schema")
            continue
        for error in validator.iter_errors(document):
            place = ".".join(str(part) for part in error.absolute_path) or "(file)"
            yield Fault(name, place, error.message[:200])


def duplicate_keys(written: Mapping[str, str]) -> Iterator[Fault]:
    """Yield keys that stand twice in one mapping; YAML would silently take the last."""
    for name, text in written.items():
        loader = _Strict(text)
        try:
            loader.get_single_data()
        finally:
            loader.dispose()
        for key, line in loader.twice:
            yield Fault(name, f"line {line}", f"{key!r} stands twice")


@cache
def _schemas() -> dict[str, Draft202012Validator]:
    found = {}
    for file in (folder() / "schemas").iterdir():
        if file.name.endswith(".schema.json"):
            schema = json.loads(file.read_text("utf-8"))
            Draft202012Validator.check_schema(schema)
            found[file.name.removesuffix(".schema.json")] = Draft202012Validator(schema)
    return found


class _Strict(yaml.SafeLoader):
    """Notes every key that its mapping already has."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.twice: list[tuple[Any, int]] = []

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Hashable] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                self.twice.append((key, key_node.start_mark.line + 1))
            seen.add(key)
        return super().construct_mapping(node, deep)
