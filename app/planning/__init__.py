"""The plan of the day: who is where and when; solved, moved by hand, and given to runs as their planned starts."""
