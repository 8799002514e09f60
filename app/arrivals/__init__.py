"""Arrivals: which teams are here, whose robots were inspected, and which are held untouched."""
