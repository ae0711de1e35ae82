"""Back up database and uploads into one file that can be checked, and restore them."""
