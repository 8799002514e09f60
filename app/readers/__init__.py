"""Readers: programs of others that read a competition with a key, and can change nothing."""
