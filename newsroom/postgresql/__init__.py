"""Django's PostgreSQL backend for a site that goes on without the database; see base.py."""
