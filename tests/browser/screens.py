"""Every screen by name and address, for pictures and for what must hold on all of them.

A screen that needs something to have happened first is reached in its own test.
"""

SCREENS: dict[str, str] = {
    "today": "/today",
    "more": "/more",
}
