"""Rendered public pages stored as compressed files, found by address, dropped by tag.

A public view declares what a page shows (`keeping.keep_page`); code that changes something public purges the
tags (`purging.purge`). Nothing here knows what a tag means.
"""
