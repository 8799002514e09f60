"""Displays: the screens of a hall and what each shows."""
