"""Registry: regions, people, and what they consented to."""
