"""Timing hardware that is not our board: declared in profiles, or wired to the Pi's own pins."""
