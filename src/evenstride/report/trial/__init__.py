"""Self-experiments as people read them: sheets, the answer with its bands, and the picture."""
