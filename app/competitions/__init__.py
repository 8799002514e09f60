"""Competitions: where and when, their fields, and the divisions with their pinned rulesets."""
