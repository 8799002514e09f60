"""Judged projects: panels of judges, each with a sheet of their own for every project."""
