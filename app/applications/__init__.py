"""Applications: what a team asks for before it is an entry, and what the organiser answers."""
