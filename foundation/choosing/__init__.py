"""Select boxes of the office that fetch their choices while somebody types."""
