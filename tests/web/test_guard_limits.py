"""No request brings more than it may, nor takes for ever."""

import asyncio

import pytest

from evenstride.web.guard.limits import TooLarge, TooSlow, counted, most_bytes


def received(messages, most, **more):
    """Return what comes through, in one piece."""

    async def receive():
        if not messages:
            await asyncio.sleep(3600)
        return messages.pop(0)

    async def read():
        guarded = counted(receive, most, **more)
        body, going = b"", True
        while going:
            message = await guarded()
            body += message.get("body", b"")
            going = message.get("more_body", False)
        return body

    return asyncio.run(read())


def pieces(*bodies):
    """Return a body in pieces, of which nobody said how long it is."""
    said = [{"type": "http.request", "body": body, "more_body": True} for body in bodies]
    return [*said, {"type": "http.request", "body": b"", "more_body": False}]


def test_a_body_in_pieces_is_counted():
    """What is just small enough passes; a byte more does not, though no length was announced."""
    assert b"abcd" == received(pieces(b"ab", b"cd"), 4)
    with pytest.raises(TooLarge):
        received(pieces(b"ab", b"cde"), 4)


def test_what_goes_to_the_disk_is_not_counted_here():
    """An import may be of any length."""
    assert 3_000_000 == len(received(pieces(b"x" * 3_000_000), None))


def test_a_body_that_never_ends_is_not_waited_for():
    """A whole body has its time, and so has each piece of one that goes to the disk."""
    begun = {"type": "http.request", "body": b"a", "more_body": True}
    with pytest.raises(TooSlow):
        received([begun], 10, whole_s=0.05)
    for long in (None, 1 << 30):
        with pytest.raises(TooSlow):
            received([begun], long, piece_s=0.05)


def test_a_page_that_is_kept_open_may_wait():
    """Once the body is there, waiting for the browser to go away has no end."""

    async def wait():
        messages = pieces()

        async def receive():
            if messages:
                return messages.pop(0)
            await asyncio.sleep(0.2)
            return {"type": "http.disconnect"}

        guarded = counted(receive, 10, whole_s=0.05)
        await guarded()
        return await guarded()

    assert {"type": "http.disconnect"} == asyncio.run(wait())


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/pair", 1 << 20),
        ("/api/recordings/1/blocks", 4 << 20),
        ("/api/push/key", 4 << 20),
        ("/api/uploads", 4 << 20),
        ("/api/uploads/1", None),
    ],
)
def test_how_much_depends_on_what_it_is_for(path, expected):
    """Only what streams to the disk is without an end here."""
    assert expected == most_bytes(path)
