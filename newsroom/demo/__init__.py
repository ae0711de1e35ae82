"""The demo newsroom: what `manage.py demo` writes into an empty database.

The words of one story are real (`seed_story`); every other name, number, day and sentence is invented, and
the site says so on each page while settings.DEMO is on.
"""
