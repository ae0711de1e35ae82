"""What every import from an old site shares: its posts become stories here, once, with an honest record."""
