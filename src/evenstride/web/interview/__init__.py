"""The check-up on a screen: its questions as forms, and what was typed as replies."""
