"""Registry: regions and people, beyond any one competition."""
