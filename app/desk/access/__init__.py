"""The desk's rooms of accounts: who may sign in, with what, and which programs read."""
