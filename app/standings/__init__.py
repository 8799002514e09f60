"""Standings: the order of a division, kept up to date by what changed, rebuildable from the log."""
