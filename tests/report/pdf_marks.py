"""What the marks of a tagged PDF say, read with pypdf: its parts, and what has no mark."""

from collections.abc import Iterator

from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream

SHOWS = {
    b"Tj",
    b"TJ",
    b"'",
    b'"',
    b"f",
    b"f*",
    b"F",
    b"S",
    b"s",
    b"B",
    b"B*",
    b"b",
    b"b*",
    b"Do",
    b"sh",
}
"""What puts something on a page."""


def parts(reader: PdfReader) -> Iterator[dict]:
    """Yield every part of the tree of structure, in the order in which it is read."""
    yield from _below(reader.root_object["/StructTreeRoot"]["/K"])


def _below(node) -> Iterator[dict]:
    node = node.get_object()
    for one in node if isinstance(node, list) else [node]:
        found = one.get_object()
        if isinstance(found, dict) and "/S" in found:
            yield found
            if "/K" in found:
                yield from _below(found["/K"])


def unmarked(page: PageObject, reader: PdfReader) -> list[str]:
    """Return what is shown on a page outside of every mark; an artifact is marked as one."""
    depth, found = 0, []
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        if operator in (b"BDC", b"BMC"):
            depth += 1
        elif operator == b"EMC":
            depth -= 1
        elif operator in SHOWS and not depth:
            found.append(f"{operator.decode()} {operands}")
    return found


def marks(page: PageObject, reader: PdfReader) -> set[int]:
    """Return the numbers of what is marked on a page."""
    return {
        int(operands[1]["/MCID"])
        for operands, operator in ContentStream(page.get_contents(), reader).operations
        if operator == b"BDC" and isinstance(operands[1], dict) and "/MCID" in operands[1]
    }


def known_marks(page: PageObject, reader: PdfReader) -> set[int]:
    """Return the numbers on a page that the tree of structure knows a part for."""
    numbers = reader.root_object["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    known = dict(zip(numbers[::2], numbers[1::2], strict=True))
    row = known[page["/StructParents"]].get_object()
    return {number for number, part in enumerate(row) if part.get_object() is not None}
