"""The readers of GPX and TCX."""
