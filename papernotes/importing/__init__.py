"""From a group's minutes to drafts of notes: ``papernotes import``.

The minutes go one way through it:

* :mod:`~papernotes.importing.lines` strips each line of its Markdown;
* :mod:`~papernotes.importing.items` puts lines together, with the label before them
  (:mod:`~papernotes.importing.labels`: ``답변: 재영:``);
* :mod:`~papernotes.importing.read` finds who asked and who answered, and
  :mod:`~papernotes.importing.model` is what it leaves;
* :mod:`~papernotes.importing.assign` finds the paper of each question, and
  :mod:`~papernotes.importing.place` where the quoted words stand in it;
* :mod:`~papernotes.importing.draft` makes passages of it, :mod:`~papernotes.importing.notes`,
  :mod:`~papernotes.importing.session` and :mod:`~papernotes.importing.glossary` the pages;
* :mod:`~papernotes.importing.command` reads the papers and writes the files.
"""
