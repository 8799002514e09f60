"""Rules being tried, and numbers set on the day."""
