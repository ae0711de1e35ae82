"""Word files: their XML brought into the forms that mammoth keeps, and what was lost on the way counted."""
