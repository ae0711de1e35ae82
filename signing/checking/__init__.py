"""The process that opens strange PDF files: plain Python, no database, no settings."""
