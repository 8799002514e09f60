"""Runs: what happens on a field, from opening a run to its confirmed score sheet."""
