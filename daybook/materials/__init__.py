"""Files of an event, for its participants or for everybody."""
