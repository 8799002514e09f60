"""Alliance selection, by commands."""
