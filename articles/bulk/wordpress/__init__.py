"""Imports the stories of a WordPress site from its export file (WXR)."""
