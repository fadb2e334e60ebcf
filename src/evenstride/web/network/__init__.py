"""The process that listens: on this computer alone, or also for a phone at home."""
