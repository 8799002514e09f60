"""Accounts: sign-in, roles and their scopes, tokens of devices."""
