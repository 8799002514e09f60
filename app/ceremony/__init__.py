"""Ceremonies: a division is frozen for the public, then revealed place by place."""
