"""What stands in a line of the log: its form, the number of the request, and what it never tells."""
