"""Stories of a WordPress site, brought over from its export file (WXR)."""
