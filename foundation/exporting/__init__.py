"""Tables as files that a spreadsheet opens, and feeds that one row cannot break."""
