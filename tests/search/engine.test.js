// The search by itself: what a query finds in a handful of texts, and what it marks.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Engine } from "../../overrides/assets/search/engine.js";

const TEXTS = [
  "정적 마스킹을 동적 마스킹으로 바꿔요.",
  "판별자는 토큰마다 원본인지 가려요.",
  "시드가 다르면 점수가 달라요.",
  "fine-tuning과 KoELECTRA, SQuAD 2.0의 결과예요.",
];

/** The numbers of the texts found, the best first, each with what is marked in it. */
function find(query, texts = TEXTS, terms = []) {
  const parts = texts.map((text) => (typeof text === "string" ? [{ kind: "explanation", text }] : text));
  const entries = parts.map((parts, at) => ({ at, kind: "page", title: "", group: "", parts }));
  const engine = new Engine(entries, terms);
  const read = engine.read(query);
  return engine.search(read).map(({ entry }) => [
    entry,
    engine.marks(read, entry).slice(1).flatMap((marks, part) =>
      marks.map(({ start, end }) => parts[entry][part].text.slice(start, end))),
  ]);
}

for (const [query, text, marked] of [
  ["마스킹은", 0, ["마스킹", "마스킹"]],
  ["동적마스킹", 0, ["동적 마스킹"]],
  ["동 적 마 스 킹", 0, ["마스킹", "동적 마스킹"]],
  ["마 스킹", 0, ["마스킹", "마스킹"]],
  ["마스ㅋ", 0, ["마스킹", "마스킹"]],
  ["싣", 2, ["시드"]],
  ["판벼", 1, ["판별"]],
  ["판벌자", 1, ["판별자"]],
  ["바꾼다", 0, ["바꿔"]],
  ["가리는", 1, ["가려"]],
  ["finetuning", 3, ["fine-tuning"]],
  ["electra", 3, ["ELECTRA"]],
  ["2.0", 3, ["2.0"]],
]) {
  test(`${query} is found as it is typed`, () => assert.deepEqual(find(query), [[text, marked]]));
}

for (const query of ["토끼", "시드니", "2", "판", "ㅋㅋ", "별자", "트라"]) {
  test(`${query}, a piece of another word, is not found`, () => {
    assert.deepEqual(find(query, ["토큰과 시드, SQuAD 2.0, 원판, 판별자는, ELECTRA"]), []);
  });
}

test("no word is made of the ends of two", () => {
  assert.deepEqual(find("수학", ["다수 학생이"]), []);
  assert.deepEqual(find("실함", ["손실 함수"]), []);
});

test("no word reaches over a line's end", () => {
  assert.deepEqual(find("손실함수", ["손실\n함수"])[0][1], ["손실", "함수"]);
});

test("a word is marked though a part of it, typed apart, is one that only asks", () => {
  assert.deepEqual(find("말 뭉치", ["말뭉치를 모아요."]), [[0, ["말뭉치"]]]);
});

test("decomposed Hangul in a query is composed", () => {
  assert.deepEqual(find("판별자".normalize("NFD")), [[1, ["판별자"]]]);
});

test("names in the glossary find each other", () => {
  const terms = [["교차 엔트로피", "cross-entropy", "크로스 엔트로피", "CE"]];
  const texts = ["cross entropy loss", "교차 엔트로피의", "교차 검증"];
  for (const query of ["cross entropy", "교차엔트로피", "크로스엔트로피", "ce"]) {
    assert.deepEqual(find(query, texts, terms).map(([text]) => text).sort(), [0, 1], query);
  }
});

test("a name that two terms share finds the names of both", () => {
  const terms = [["정적 마스킹", "static masking", "마스크"], ["마스킹", "masking", "마스크"]];
  assert.deepEqual(find("마스크", ["static masking", "masking"], terms).map(([text]) => text).sort(), [0, 1]);
});

test("a quoted phrase must be there, its words in a row", () => {
  assert.deepEqual(find('"동적 마스킹"'), [[0, ["동적 마스킹"]]]);
  assert.deepEqual(find("“마스킹 동적”"), []);
});

test("marks of a query grammar do no harm", () => {
  for (const query of ["판별자:", "판별자*", "-판별자", "+판별자", "title:판별자^2", '"판별자']) {
    assert.equal(find(query)[0]?.[0], 1, query);
  }
  for (const query of ["", "-", '""', "*"]) assert.deepEqual(find(query), [], query);
});

test("a question counts more than an answer, and words in a row more than scattered", () => {
  const [answer, question] = ["answer", "question"].map((kind) => [{ kind, text: "길이를" }]);
  assert.deepEqual(find("길이", [answer, question]).map(([text]) => text), [1, 0]);
  const [scattered, row] = ["비용은 길이의 제곱이에요.", "길이의 비용은 제곱이에요."];
  assert.deepEqual(find("길이 비용", [scattered, row]).map(([text]) => text), [1, 0]);
});

test("a rare word counts more than a common one", () => {
  assert.equal(find("모델 앙상블", ["모델 모델 모델", "모델", "모델", "앙상블"])[0][0], 3);
});
