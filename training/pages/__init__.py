"""Pages of the office and of the units; none of them is public."""
