"""Protests: a team challenges a result within its window, the jury decides, and the decision takes effect."""
