"""What happened, and who looked at people's data, in words."""
