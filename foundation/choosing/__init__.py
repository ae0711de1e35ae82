"""Select boxes that fetch their choices while somebody types, and rows of a form as many as were sent."""
