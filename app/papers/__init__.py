"""Papers: results made official, who signs, degrees, and every numbered paper, all known by the code printed on it."""
