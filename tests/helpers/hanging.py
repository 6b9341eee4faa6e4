"""When a test gives up. That is no limit of time: nothing that goes on at all takes so long."""

HANGS = 300
"""Seconds after which something hangs, on any machine and however busy that is."""
