"""The desk's plan of the day and its timeline."""
