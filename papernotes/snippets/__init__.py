"""Snippets: run each in a process of its own and compare with what was recorded.

Kept empty: the process that runs a snippet imports ``papernotes.snippets.child`` and nothing else.
"""
