"""Archives: a whole competition as one file, made on one installation and taken over on another."""
