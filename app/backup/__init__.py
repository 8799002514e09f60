"""A second place for everything: each commit as it happens, a full copy now and then, and the way back."""
