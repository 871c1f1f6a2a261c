"""From a filled-in form to the note: words stay, and nothing is made up.

What a reader corrects is that reader's claim: it stands as an answer in the reader's name, with a
mark for an editor, who looks at the source and writes a ``correction`` or not. So it can neither
be lost nor become the group's own word unseen, for a note with a mark does not pass the check.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from papernotes.fingerprint.fingerprint import FingerprintInvalid, PdfRefused
from papernotes.fingerprint.quotations import find_fingerprint, fingerprint_path
from papernotes.forms import words
from papernotes.forms.form import Form, Unplaced
from papernotes.forms.place import (
    arxiv_ids,
    bare,
    choices,
    cut,
    need_passage,
    paper_of,
    passage_of,
    quotation,
)
from papernotes.importing import new
from papernotes.importing.assign import Placed
from papernotes.importing.command import taken_ids
from papernotes.importing.draft import Drafts, Passages, safe
from papernotes.importing.model import Said, Topic
from papernotes.importing.place import Found, Source
from papernotes.importing.scaffold import Proposal, comment, empty_quote, empty_translation, slug_of
from papernotes.importing.wording import without_addresses
from papernotes.note import bounds, frontmatter, library, parse, write
from papernotes.note.library import MOST_BYTES, Library
from papernotes.note.model import (
    NAMELESS,
    Answer,
    Note,
    Passage,
    Place,
    Question,
    Status,
    Translation,
)
from papernotes.note.scan import Heading, RawBlock, is_unfilled, scan

_GOES_WITH = frozenset({"gist", "translation", "evidence", "correction", "addition"})
"""What belongs to the answer, or to the question, above it."""

_TOO_MUCH = "글이 너무 길거나 괄호가 너무 많아요. 짧게 나눠서 여러 번 보내 주세요."


@dataclass(frozen=True)
class Row:
    """One thing that was put into a note: what, where (path and id), and by which name."""

    what: str
    path: str
    id: str
    by: str
    is_there: bool = False


@dataclass
class Transcribed:
    """What becomes of the project: its changed files by their paths, and what to say of them.

    ``asks`` (Korean) are what an editor has to look at before the change is taken.
    """

    root: Path
    library: Library
    files: dict[str, str] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    asks: list[str] = field(default_factory=list)
    made: Mapping[str, Source] = field(default_factory=dict)

    def source(self, path: str) -> str:
        """Return the source of a page under docs/ as it will be."""
        file = f"docs/{path}"
        if file not in self.files:
            return parse.clean((self.root / file).read_text("utf-8"))
        return self.files[file]

    def put(self, path: str, source: str) -> None:
        """Take a page's new source.

        Raises:
            Unplaced: It would hold more than a page may, or could not be read.
        """
        excess = bounds.excess(source)
        if excess or len(source.encode()) > MOST_BYTES:
            raise Unplaced(_TOO_MUCH)
        _, problems = parse.parse_partial(source, path, f"docs/{path}")
        if problems:
            raise Unplaced(f"옮긴 노트를 읽을 수 없게 돼요: {problems[0].message}")
        self.files[f"docs/{path}"] = source


def transcribe(root: Path, forms: Sequence[Form]) -> Transcribed:
    """Put what the forms say into the notes of the project at ``root``; nothing is written.

    Raises:
        Unplaced: Something has no place.
    """
    done = Transcribed(root, library.load(root))
    if not forms:
        raise Unplaced("적힌 답이 하나도 없어요. `### 답` 아래에 적어 주세요.")
    for form in forms:
        if any(map(bounds.excess, form.values.values())):  # before anything renders it
            raise Unplaced(_TOO_MUCH)
        _PLACES[form.name](done, form)
        if form.has_more:
            done.asks.append(
                "양식의 칸 밖에도 글이 있어요. 옮길 말인지 아래의 ‘받은 글’을 보아 주세요."
            )
    return done


def _answer(done: Transcribed, form: Form) -> None:
    note, passage = need_passage(done.library, form["passage"])
    by = _by(done, form) or NAMELESS
    _put_answer(done, note, passage, by, _words(done, form, "answer"), "답")
    if not passage.status.is_settled:
        done.asks.append(
            f"답이 논문과 맞으면 `{passage.id}`의 `status`를 `answered`로 바꾸고 `gist`를 적어요."
        )


def _correction(done: Transcribed, form: Form) -> None:
    note, passage = need_passage(done.library, form["passage"])
    ask = (
        f"틀렸다고 알려 온 글: ‘{words.aside(form['wrong'])}’ 근거를 확인해서, 맞으면 correction "
        "블록을 적거나 그 글을 고치고, 아니면 왜 아닌지 적어 주세요"
    )
    said = _words(done, form, "right")
    by = _by(done, form) or NAMELESS
    _put_answer(done, note, passage, by, said, "바로잡음", comment(ask))
    done.asks.append("알려 온 글은 그 사람의 말로 두었어요. 우리 말이 되려면 확인이 필요해요.")


def _words(done: Transcribed, form: Form, id: str) -> str:
    """Return somebody's words as a block can hold them, with the source that was given."""
    kept, source = _said(done, form, id), _kept(done, form["source"])
    apart = "\n\n" if "\n" in source else " "
    return f"{kept}\n\n근거:{apart}{source}" if source else kept


def _said(done: Transcribed, form: Form, id: str) -> str:
    if words.only_pictures(form[id]):
        raise Unplaced("글이 없고 그림뿐이에요. 무엇을 보이는 그림인지 글로 적어 주세요.")
    return _kept(done, form[id])


def _kept(done: Transcribed, text: str) -> str:
    kept, had_pictures = words.kept(text)
    if had_pictures:
        done.asks.append(
            "그림은 링크로 두었어요. 필요한 그림은 내려받아 docs/assets/에 넣고 "
            "`![무엇을 보이는지](../assets/파일)`로 바꿔 주세요."
        )
    return kept


def _put_answer(
    done: Transcribed, note: Note, passage: Passage, by: str, text: str, what: str, mark: str = ""
) -> None:
    answer = Answer(text, 0, 0, by)
    row = Row(what, note.path, passage.id, by)
    if any(isinstance(b, Answer) and (b.by, b.text) == (by, text) for b in passage.blocks):
        done.rows.append(replace(row, is_there=True))
        return
    source = done.source(note.path)
    added = [mark, ""] if mark else []
    lines = source.split("\n")
    at = _behind(source, passage.id)
    block = write.block(answer).rstrip("\n").split("\n")
    done.put(note.path, "\n".join([*lines[:at], "", *added, *block, *lines[at:]]))
    done.rows.append(row)


def _behind(source: str, id: str) -> int:
    """Return how many lines stand before the place of one more answer to a passage."""
    page = frontmatter.split(source)
    inside, end, follows = False, 0, False
    for item in scan(page.body, page.body_line):
        if isinstance(item, Heading) and item.level == 2:
            inside = item.id == id
        elif inside and isinstance(item, RawBlock):
            follows = item.name in ("question", "answer") or (follows and item.name in _GOES_WITH)
            end = (item.end_line or 0) if follows else end
    return end


def _question(done: Transcribed, form: Form) -> None:
    named = passage_of(done.library, form["passage"])
    note, at = paper_of(done.library, form["passage"])
    note = named[0] if named else note
    if note is None:
        raise Unplaced(
            "어느 논문인지 찾지 못했어요. **구절** 칸에 구절의 주소나 `RoBERTa §4.1, p. 4`처럼 "
            f"논문과 자리를 적어 주세요. 노트에 있는 구절: {choices(done.library, '')}"
        )
    if not form["quote"] and named is None:
        raise Unplaced(
            "어느 문장인지 몰라요. **구절** 칸에 구절의 주소를 적거나, **원문** 칸에 막힌 문장을 "
            "논문에 적힌 그대로 옮겨 주세요."
        )
    proposal = Proposal(note.paper, slug_of(note.paper.short))
    if form["quote"]:
        here, *more = cut(form["quote"]) or [(None, "")]
        if not more and here[0]:
            at = here[0]
        quoted = here[1] if not more else bare(form["quote"])
        if not quoted:
            raise Unplaced("**원문** 칸에 자리만 있어요. 문장을 논문에 적힌 그대로 옮겨 주세요.")
        _put_question(done, note.path, proposal, form, quoted, at)
    elif named:
        _put_question(done, note.path, proposal, form, named[1].quote.text, None, named[1])


def _paper(done: Transcribed, form: Form) -> None:
    ids = arxiv_ids(form["arxiv"])
    if len(ids) != 1:
        raise Unplaced(
            "**arXiv 번호** 칸에 판까지 적은 번호가 없어요. `1907.11692v1`처럼 적어 주세요."
            if not ids
            else f"논문이 여럿이에요: {', '.join(ids)}. 양식 하나에 한 편씩 적어 주세요."
        )
    (id,) = ids
    quotations = cut(form["quote"])
    if not quotations:
        raise Unplaced("**막힌 문장** 칸에 자리만 있어요. 문장을 논문에 적힌 그대로 옮겨 주세요.")
    note = next((each for each in done.library.notes if each.paper.arxiv == id), None)
    if note:
        proposal, path = Proposal(note.paper, slug_of(note.paper.short)), note.path
    else:
        proposal, path = _begin(done, id)
    for number, (at, quoted) in enumerate(quotations):
        _put_question(done, path, proposal, form, quoted, at)
        if number == 1:
            done.asks.append(
                "질문 하나에 문장이 여럿이라 구절마다 같은 질문을 적었어요. 한 구절로 합치거나 "
                "구절마다 그 문장의 질문만 남겨 주세요."
            )
    if form["minutes"]:
        done.asks.append(
            "회의록도 함께 왔지만 옮기지 않았어요. 파일로 저장해서 `papernotes import`로 들여와요."
        )


def _begin(done: Transcribed, id: str) -> tuple[Proposal, str]:
    """Begin the note of a new paper, as ``papernotes new`` does."""
    try:
        proposal, made = new.begin(done.root, id)
    except PdfRefused as refused:
        raise Unplaced(f"논문을 읽지 못했어요. {refused}") from refused
    if (done.root / f"docs/papers/{proposal.slug}.md").exists():
        proposal = replace(proposal, slug=slug_of(f"arxiv {id}"))
    path = f"papers/{proposal.slug}.md"
    fingerprint = fingerprint_path(done.root, id).relative_to(done.root).as_posix()
    done.files[fingerprint] = made.fingerprint.dumps()
    done.made = {**done.made, id: Source(made.fingerprint, made.text)}
    done.files[f"docs/{path}"] = new.opening(proposal)
    return proposal, path


def _put_question(
    done: Transcribed,
    path: str,
    proposal: Proposal,
    form: Form,
    quoted: str,
    at: Place | None,
    like: Passage | None = None,
) -> None:
    """Add an open passage to a note: the quotation where it is verified, and the question.

    ``like`` is the passage whose sentence it asks about once more; the translation is that one's.
    """
    text = _said(done, form, "question")
    by = _by(done, form) or None
    found = _verified(done, proposal.paper.arxiv, quoted, at)
    if like:
        found = Found(quoted, "", like.quote.place, 0, weak=False, doubts=())
    source = done.source(path)
    note, _ = parse.parse_partial(source, path)
    for passage in note.passages if note else ():
        asked = passage.question
        same = found is None or passage.quote.text == found.quote
        if same and (asked.text, asked.by) == (text, by):
            done.rows.append(Row("질문", path, passage.id, by or NAMELESS, True))
            return
    said = Said(by, without_addresses(text, "") or text, (0,))
    passage, marks = _passage(done, source, proposal, said, found)
    quote = passage.quote
    if found is None:
        where = f" ({at.label})" if at else ""
        told = f"{where}: ‘{words.aside(quoted)}’"
        ask = f"원문과 맞는지 확인하지 못했어요{told} 논문과 비교해 옮겨 주세요"
        quote = empty_quote(proposal.paper, ask)
        done.asks.append("원문과 대조하지 못한 문장이 있어요. 노트의 표시를 보고 옮겨 주세요.")
    translation = (_translation(like) if like else None) or empty_translation()
    asked = Question(text, 0, 0, by, Status.OPEN, ())
    passage = replace(passage, blocks=(quote, translation, asked))
    done.put(path, write.below(source, write.passage(passage, marks)))
    done.rows.append(Row("질문", path, passage.id, by or NAMELESS))


def _verified(done: Transcribed, arxiv: str, quoted: str, at: Place | None) -> Found | None:
    if safe(quoted) != (quoted, False):
        return None
    source = done.made.get(arxiv)
    if source is None:
        try:
            fingerprint = find_fingerprint(done.root, arxiv)
        except FingerprintInvalid:
            return None
        source = Source(fingerprint) if fingerprint else None
    return quotation(quoted, at, source) if source else None


def _passage(
    done: Transcribed, source: str, proposal: Proposal, said: Said, found: Found | None
) -> tuple[Passage, list[str]]:
    page = frontmatter.split(source)
    here = [each.id for each in scan(page.body) if isinstance(each, Heading) and each.id]
    taken = [*taken_ids(done.root, done.library), *here]
    passages = Passages(taken, done.library.terms, "", Drafts(raw=[said.text]))
    asked = replace(found, rest=said.text) if found else None
    return passages.make(Placed(Topic(said), 0, asked), proposal)


def _translation(passage: Passage) -> Translation | None:
    """Return the translation of a passage's own quotation, if it is written."""
    at = passage.blocks.index(passage.quote) + 1
    below = passage.blocks[at] if at < len(passage.blocks) else None
    return below if isinstance(below, Translation) and not is_unfilled(below.text) else None


def _by(done: Transcribed, form: Form) -> str:
    name = words.name(form.by)
    if any(name in passage.people for _, passage in done.library.passages):
        ask = f"노트에 이미 있는 이름이에요: `{name}`. 그 사람이 보낸 글이 맞는지 보아 주세요."
        done.asks.append(ask)
    return name


_PLACES = {"answer": _answer, "correction": _correction, "question": _question, "paper": _paper}
"""What is done with each form, by the name of its file."""
