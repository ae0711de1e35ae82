"""What guards accounts and sessions of the whole site: limits, arrivals, own sessions, deploy checks."""
