"""The page for the physiotherapist: one model, and a renderer for each medium.

``build.visit_report`` turns what the diary holds (``nouns.Material``) into a ``nouns.Visit``. Each
part of the page has a module: ``who``, ``warning``, ``weeks``, ``walking``, ``tried``, and ``more``
for the pages behind the first. ``values`` lists the numbers in SI units. ``text``, ``page`` (HTML),
``pdf``, ``table`` (CSV) and ``bundle`` (FHIR) only show the model.
"""
