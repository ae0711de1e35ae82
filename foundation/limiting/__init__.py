"""How often one address, name or device may ask for work, counted by all processes together."""
