"""Finished public pages kept as compressed files, found by address, dropped by tag.

Public views say what a page shows (`keeping.keep`), whoever changes something public says what changed
(`purging.purge`). Nothing here knows what a tag means.
"""
