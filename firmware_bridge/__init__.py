"""The field controller: reads boards over serial, maps their ticks to UTC, spools readings and sends them on.

Runs on a Raspberry Pi under a table; imports nothing of the server.
"""
