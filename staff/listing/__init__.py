"""A list of people as a spreadsheet has it: read, understood, compared with who is known, written whole."""
