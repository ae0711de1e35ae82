"""Notes of the day (Tin nhanh): short dated items, written and approved on the spot."""
