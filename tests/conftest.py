"""Settings shared by all tests."""

from hypothesis import settings

# Shared machines are slow now and then; that is no failure. The same examples on every run keep
# a red build reproducible: search for new ones with `pytest --hypothesis-profile=search`.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=2000)
settings.load_profile("steady")
