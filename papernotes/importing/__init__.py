"""From a group's minutes to drafts of notes: ``papernotes import``.

The minutes go one way through it:

* :mod:`~papernotes.importing.parts` leaves all but a part blank, where only a part is wanted;
* :mod:`~papernotes.importing.lines` strips each line of its Markdown;
* :mod:`~papernotes.importing.items` puts lines together, with the label before them
  (:mod:`~papernotes.importing.labels`: ``답변: 재영:``);
* :mod:`~papernotes.importing.read` finds who asked and who answered
  (:mod:`~papernotes.importing.topics`), by :mod:`~papernotes.importing.titles` (what is a
  heading), :mod:`~papernotes.importing.sections` (what the headings are about),
  :mod:`~papernotes.importing.people` and :mod:`~papernotes.importing.wording`;
  :mod:`~papernotes.importing.model` is what it leaves;
* :mod:`~papernotes.importing.assign` finds the paper of each question, and
  :mod:`~papernotes.importing.place` where the quoted words stand in it;
* :mod:`~papernotes.importing.draft` makes passages of it, :mod:`~papernotes.importing.notes`,
  :mod:`~papernotes.importing.session` and :mod:`~papernotes.importing.glossary` the pages;
* :mod:`~papernotes.importing.report` is the table of it, :mod:`~papernotes.importing.walk` goes
  through the table in a terminal and writes :mod:`~papernotes.importing.letters`;
* :mod:`~papernotes.importing.papers` reads the papers, :mod:`~papernotes.importing.command` writes
  the files, and :mod:`~papernotes.importing.written` remembers which nobody has changed since.
"""
