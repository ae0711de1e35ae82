"""Rounds of commendation of the demo."""
