"""The giấy khen on paper: its words, its number in the book, its template."""
