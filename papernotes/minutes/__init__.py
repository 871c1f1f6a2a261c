"""From a group's minutes to drafts of notes: ``papernotes import``.

The minutes go one way through it:

* :mod:`~papernotes.minutes.lines` strips each line of its Markdown;
* :mod:`~papernotes.minutes.items` puts lines together, with the label before them
  (:mod:`~papernotes.minutes.labels`: ``답변: 재영:``);
* :mod:`~papernotes.minutes.read` finds who asked and who answered, and
  :mod:`~papernotes.minutes.model` is what it leaves;
* :mod:`~papernotes.minutes.assign` finds the paper of each question, and
  :mod:`~papernotes.minutes.place` where the quoted words stand in it;
* :mod:`~papernotes.minutes.draft` makes passages of it, :mod:`~papernotes.minutes.notes`,
  :mod:`~papernotes.minutes.session` and :mod:`~papernotes.minutes.glossary` the pages;
* :mod:`~papernotes.minutes.command` reads the papers and writes the files.
"""
