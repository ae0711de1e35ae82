"""Tables that people paste or upload, as text and cells."""
