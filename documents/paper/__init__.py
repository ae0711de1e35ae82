"""The document as a file: how it is signed."""
