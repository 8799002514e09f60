"""Devices: field controllers, their readings and their health."""
