"""Imports the stories of any site by visiting its pages, one host and slowly."""
