"""One report model, then one renderer per medium: the terminal and one self-contained page.

``build.walk_report`` turns a Gait into a ``model.WalkReport``; ``text`` and ``html`` show it.
"""
