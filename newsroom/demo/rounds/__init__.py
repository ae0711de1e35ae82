"""Rounds of commendation of the demo, and their paper."""
