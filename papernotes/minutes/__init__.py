"""From a group's minutes to drafts of notes: ``papernotes import``.

The minutes go one way through it:

* :mod:`~papernotes.minutes.lines` strips each line of its Markdown;
* :mod:`~papernotes.minutes.labels` knows what stands before a line's words (``답변: 재영:``);
* :mod:`~papernotes.minutes.read` finds who asked and who answered;
* :mod:`~papernotes.minutes.place` finds where the quoted words stand in a paper;
* :mod:`~papernotes.minutes.draft` makes passages of it, :mod:`~papernotes.minutes.notes`,
  :mod:`~papernotes.minutes.session` and :mod:`~papernotes.minutes.glossary` the pages;
* :mod:`~papernotes.minutes.command` reads the papers and writes the files.
"""
