"""Reads what a tutorial shows as what a person typed, and what they say it showed: Document -> Session."""

from replayer.reading.reader import read

__all__ = ["read"]
