"""Explaining: why, why not, A rather than B, what would change a decision, what to ask next."""
