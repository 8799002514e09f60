"""Tests of check-in, inspection and impound."""
