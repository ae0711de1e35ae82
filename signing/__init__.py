"""Signed PDF files: handed out frozen, taken back, checked; knows no subject."""
