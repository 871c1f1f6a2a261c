"""The snippet's own process: standard library only, for the snippet decides what is imported."""
