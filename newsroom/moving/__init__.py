"""Move the whole newsroom from one database to another: SQLite to PostgreSQL, and back."""
