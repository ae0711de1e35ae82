"""Vietnamese text rules in plain Python: the only package that knows đ, tones and house spellings."""
