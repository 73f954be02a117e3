"""Helpers: how the articles are read, and how what they say is shown."""
