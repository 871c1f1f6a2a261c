"""From a group's minutes to drafts of notes: ``papernotes import``.

The minutes go one way through it: :mod:`~papernotes.minutes.lines` strips each line of its
Markdown, :mod:`~papernotes.minutes.read` finds who asked and who answered,
:mod:`~papernotes.minutes.place` finds where the quoted words stand in a paper,
:mod:`~papernotes.minutes.draft` makes notes of it, and :mod:`~papernotes.minutes.command`
writes them.
"""
