"""People: one person's data, and teams taken down."""
