"""Units founded, closed, merged, split, moved and renamed as of a day: read, rehearsed, carried out whole."""
