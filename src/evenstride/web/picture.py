"""A text as a picture that the camera of a phone reads."""

from __future__ import annotations

from markupsafe import Markup

__all__ = ["picture_of"]


def picture_of(text: str, name: str) -> Markup:
    """Return a QR code as SVG, dark on light in every theme: not every camera reads it inverted.

    Args:
        text: What it says, such as an address.
        name: For those who do not see it.
    """
    import segno

    drawn = segno.make(text, error="m", micro=False).svg_inline(
        omitsize=True, border=4, svgclass="qr", lineclass=None, light="#fff", title=name
    )
    return Markup(drawn.replace("<svg ", '<svg role="img" ', 1))  # noqa: S704 - segno escapes it
