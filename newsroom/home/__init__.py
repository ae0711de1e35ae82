"""The first page of the office: what waits for this person and since when, the week, by their part."""
