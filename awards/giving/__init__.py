"""After the signature: calling order, payment list, letters to units, presentation, refunds."""
