"""The append-only, hash-chained log: what happened, in order, and the state that follows from it."""
