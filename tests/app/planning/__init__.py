"""The plan of the day, from the organisers' form to the runs."""
