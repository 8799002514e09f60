"""The desk's rooms of matches: the draw, results, alliances, paper."""
