"""The description of what the server answers (OpenAPI), as it really does.

Every refusal goes through ``failures.problem``: below /api/ it is ``{"problem", "hint"}``, and a
page elsewhere. So it is said once here, and not at every route.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

__all__ = ["describing"]

_JSON, _PAGE, _ANY = "application/json", "text/html", "*/*"
_REFUSED = {
    "400": "It cannot be read.",
    "401": "The device is not paired.",
    "403": "It does not come from a page of ours.",
    "404": "There is no such thing.",
    "405": "It cannot be done this way.",
    "408": "It took too long to arrive.",
    "409": "It cannot be done now.",
    "413": "It is too large.",
    "415": "It is of a kind that cannot be used.",
    "421": "The server does not go by that name.",
    "422": "It cannot be used as it is.",
    "429": "It was tried too often.",
    "431": "Its address or its headers are too long.",
}
_PROBLEM = {
    "type": "object",
    "title": "Problem",
    "required": ["problem", "hint"],
    "properties": {"problem": {"type": "string"}, "hint": {"type": "string"}},
}


def describing(app: FastAPI) -> Callable[[], dict[str, Any]]:
    """Return what describes an application; it is made when it is first asked for."""

    def describe() -> dict[str, Any]:
        if app.openapi_schema is None:
            made = get_openapi(title=app.title, version=app.version, routes=app.routes)
            for path, operation in _operations(made):
                _correct(operation["responses"], is_api=path.startswith("/api/"))
            made.setdefault("components", {}).setdefault("schemas", {})["Problem"] = _PROBLEM
            for unused in ("HTTPValidationError", "ValidationError"):
                made["components"]["schemas"].pop(unused, None)
            app.openapi_schema = made
        return app.openapi_schema

    return describe


def _operations(made: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in made["paths"].items():
        for operation in methods.values():
            yield path, operation


def _correct(responses: dict[str, Any], *, is_api: bool) -> None:
    """Say which refusals there are, and that what is no document is a page or a file."""
    if not is_api:
        for answer in responses.values():
            if answer.get("content") == {_JSON: {"schema": {}}}:
                answer["content"] = {_ANY: {}}
        responses.setdefault("303", {"description": "It was done; go on there."})
    responses.setdefault("204", {"description": "It was done, and there is nothing to say."})
    schema = {"$ref": "#/components/schemas/Problem"}
    content = {_JSON: {"schema": schema}} if is_api else {_PAGE: {}}
    for status, says in _REFUSED.items():
        ours = responses.get(status, {}).get("content", {}).get(_JSON, {}).get("schema", {})
        if status not in responses or "HTTPValidationError" in ours.get("$ref", ""):
            responses[status] = {"description": says, "content": content}
