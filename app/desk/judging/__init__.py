"""The desk's room of panels."""
