"""Matches: who meets whom, what came of it, and how the contest goes on."""
