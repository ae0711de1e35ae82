"""Whether everything this machine needs works: for monitors, and in words for the administrators."""
