"""Answers -> how soon to get help, and which causes they resemble."""

from evenstride.checkup.judge import check_up

__all__ = ["check_up"]
