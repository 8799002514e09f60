"""Schedule: start lists, and which run is next on which field."""
