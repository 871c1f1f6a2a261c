"""The search's script by itself: what a query finds in a handful of texts, and what it marks."""

import unicodedata
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.conftest import ROOT

pytestmark = pytest.mark.browser

SCRIPT = ROOT / "overrides/assets/javascripts/lunr/min/lunr.ko.min.js"

# Finds the numbers of the texts for a query, the best first, and what is marked in them.
FIND = """
([texts, query, names]) => {
  const index = new koreanSearch.Index();
  for (const each of names) index.addNames(each);
  for (const text of texts) index.add({ title: "", text });
  index.build();
  const clauses = query.split(" ").map((term) => ({ term }));
  const read = index.read(clauses);
  return index.search(read, clauses, { title: 3 }).map(({ document }) => [
    document,
    index.marks(read, document).map(({ start, end }) => texts[document].slice(start, end)),
  ]);
}
"""

Find = Callable[..., dict[int, list[str]]]

TEXTS = [
    "<p>정적 마스킹을 동적 마스킹과 견줘요.</p>",
    "<p>판별자는 토큰마다 원본인지 가려요.</p>",
    "<p>시드가 다르면 점수가 달라요.</p>",
    "<p>fine-tuning과 KoELECTRA, SQuAD 2.0의 결과예요.</p>",
]


@pytest.fixture(scope="module")
def find(browser: Browser) -> Iterator[Find]:
    """Return a function that gives the texts found, each with what is marked in it."""
    page = browser.new_page()
    page.add_script_tag(path=SCRIPT)

    def search(
        query: str, texts: list[str] = TEXTS, names: list[list[str]] | None = None
    ) -> dict[int, list[str]]:
        return dict(page.evaluate(FIND, [texts, query, names or []]))

    yield search
    page.close()


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("마스킹은", 0, ["마스킹", "마스킹"]),
        ("동적마스킹", 0, ["동적 마스킹"]),
        ("동 적 마 스 킹", 0, ["마스킹", "동적 마스킹"]),
        ("마스ㅋ", 0, ["마스킹", "마스킹"]),
        ("싣", 2, ["시드"]),
        ("판벼", 1, ["판별"]),
        ("판벌자", 1, ["판별자"]),
        ("견준다", 0, ["견줘"]),
        ("가리는", 1, ["가려"]),
        ("finetuning", 3, ["fine-tuning"]),
        ("electra", 3, ["ELECTRA"]),
        ("2.0", 3, ["2.0"]),
    ],
)
def test_a_word_is_found_as_it_is_typed(
    find: Find, query: str, text: int, marked: list[str]
) -> None:
    assert find(query) == {text: marked}


@pytest.mark.parametrize("query", ["토끼", "시드니", "2", "판", "ㅋㅋ", "별자", "트라"])
def test_a_piece_of_another_word_is_not_found(find: Find, query: str) -> None:
    assert find(query, ["<p>토큰과 시드, SQuAD 2.0, 원판, 판별자는, ELECTRA</p>"]) == {}


def test_no_word_is_made_of_the_ends_of_two(find: Find) -> None:
    assert find("수학", ["<p>다수 학생이</p>"]) == {}
    assert find("실함", ["<p>손실 함수</p>"]) == {}


def test_decomposed_hangul_in_a_query_is_composed(find: Find) -> None:
    assert find(unicodedata.normalize("NFD", "판별자")) == {1: ["판별자"]}


def test_names_in_the_glossary_find_each_other(find: Find) -> None:
    names = [["교차 엔트로피", "cross-entropy", "CE"]]
    texts = ["<p>cross entropy loss</p>", "<p>교차 엔트로피의</p>", "<p>교차 검증</p>"]
    for query in ("cross entropy", "교차엔트로피", "ce"):
        assert set(find(query, texts, names)) == {0, 1}


def test_code_and_tags_are_not_searched(find: Find) -> None:
    texts = ["<pre><code>import mask</code></pre><p>code &lt;mask&gt;</p>", "<p>p code</p>"]
    assert find("import", texts) == {}
    assert find("p", texts) == {1: ["p"]}
    assert find("mask", texts) == {0: ["mask"]}


def test_a_question_counts_more_than_the_rest_and_words_in_a_row_more_than_scattered(
    find: Find,
) -> None:
    answer, question = "<p>답 · 상민</p><p>길이를</p>", "<p>질문</p><p>길이를</p>"
    assert list(find("길이", [answer, question])) == [1, 0]
    scattered, row = "<p>비용은 길이의 제곱이에요.</p>", "<p>길이의 비용은 제곱이에요.</p>"
    assert list(find("길이 비용", [scattered, row])) == [1, 0]


def test_a_rare_word_counts_more_than_a_common_one(find: Find) -> None:
    texts = ["<p>모델 모델 모델</p>", "<p>모델</p>", "<p>모델</p>", "<p>앙상블</p>"]
    assert next(iter(find("모델 앙상블", texts))) == 3
