"""Sets up a checkout and runs an installation, with the standard library alone.

Run by path with the system's Python (``python3 app/launcher setup``), before any dependency exists; so nothing here
may import the ``app`` package or anything installed.
"""
