"""The steps of a round, of a unit's proposal, and of each person or collective in it."""
