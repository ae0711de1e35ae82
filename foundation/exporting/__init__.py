"""Tables as files that a spreadsheet opens; plain Python."""
