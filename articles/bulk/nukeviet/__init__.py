"""Imports the stories of a NukeViet site from an SQL dump of its database."""
