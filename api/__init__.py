"""A public JSON API, read-only: published records, by unit, page by page."""
