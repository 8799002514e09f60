"""Erasing: teams taken down and people forgotten, with everything that was written about them."""
