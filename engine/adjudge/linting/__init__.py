"""Checks of the knowledge base itself: what is wrong with it, or may be, at which line, and what to do about it."""
