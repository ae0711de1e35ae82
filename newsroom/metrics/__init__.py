"""Figures of a running site for its operator, in the words of Prometheus; nothing names a person."""
