"""What public pages of every room ask of units: where a name leads, what stands under a unit."""
