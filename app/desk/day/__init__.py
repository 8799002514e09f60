"""The day at a glance, what waits for a person, and the fields' gates."""
