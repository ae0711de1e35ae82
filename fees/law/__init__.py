"""Rates, prices and tax thresholds that come with the program, in dated rows."""
