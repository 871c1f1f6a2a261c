// What the box is told of each result: its line, whose words it has, and ways on.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Answers } from "../../overrides/assets/search/answers.js";

const labels = { gist: "짧은 답", answer: "답", explanation: "설명", question: "질문", quote: "인용" };
const statuses = { open: "열림", corrected: "바로잡음" };

function answers(entries, terms = []) {
  const whole = entries.map((entry, n) => ({ at: `papers/p/#${n}`, kind: "passage", title: "제목", group: "RoBERTa", place: "3쪽", ...entry }));
  return new Answers({ labels, statuses, terms, entries: whole });
}
const line = ({ line }) => line.map(([text]) => text).join("");
const marked = (pieces) => pieces.filter(([, marked]) => marked).map(([text]) => text);

const passage = {
  title: "같은 마스크를 네 번 본다는 말",
  status: "corrected",
  parts: [
    { kind: "question", text: "왜 네 번인가요?" },
    { kind: "gist", text: "40 ÷ 10 = 4번이에요. 정적 마스킹이에요." },
    { kind: "answer", text: "dynamic은 열 벌을 만든다고 이해했어요.", by: "상민", wrong: true },
    { kind: "explanation", text: "열 벌은 정적 마스킹이에요. dynamic은 매번 새로 가려요." },
    { kind: "table", text: "벌\n40" },
  ],
};

test("the line is the whole short answer, by preference", () => {
  const [result] = answers([passage]).answer("정적 마스킹").results;
  assert.equal(result.label, "짧은 답");
  assert.equal(line(result), "40 ÷ 10 = 4번이에요. 정적 마스킹이에요.");
  assert.deepEqual(marked(result.line), ["정적 마스킹"]);
  assert.deepEqual(marked(answers([passage]).answer("같은 마스크").results[0].title), ["같은 마스크"]);
});

test("our sentence goes before a member's", () => {
  const [result] = answers([passage]).answer("dynamic").results;
  assert.equal(result.label, "설명");
  assert.equal(line(result), "dynamic은 매번 새로 가려요.");
});

test("a member's words have the name, and whether they were corrected", () => {
  const [result] = answers([passage]).answer('"만든다고 이해했어요"').results;
  assert.equal(result.label, "상민의 답");
  assert.equal(result.wrong, true);
});

test("cells of a table are found and not shown", () => {
  const [result] = answers([{ ...passage, parts: [passage.parts[1], passage.parts[4]] }]).answer("40").results;
  assert.equal(result.label, "짧은 답");
});

test("a result is found by its status and its place", () => {
  assert.equal(answers([passage]).answer("바로잡음").results.length, 1);
  assert.equal(answers([passage]).answer("RoBERTa").results.length, 1);
});

test("filters narrow the results, and the counts are those of all", () => {
  const found = answers([passage, { ...passage, status: "open", group: "ELECTRA" }]);
  const all = found.answer("정적 마스킹");
  assert.deepEqual(all.statuses, [["open", "열림", 1], ["corrected", "바로잡음", 1]]);
  assert.deepEqual(all.groups.toSorted(), [["ELECTRA", 1], ["RoBERTa", 1]]);
  const narrowed = found.answer("정적 마스킹", { status: "open" });
  assert.deepEqual(narrowed.results.map(({ group }) => group), ["ELECTRA"]);
  assert.deepEqual(narrowed.statuses, all.statuses);
  assert.equal(found.answer("정적 마스킹", { status: "open", group: "RoBERTa" }).total, 0);
});

test("where nothing is found, the terms that look alike are named", () => {
  const terms = [["교차 엔트로피", "cross-entropy"], ["시드", "seed"]];
  assert.deepEqual(answers([passage], terms).answer("크로스 엔트로피").nearest, ["교차 엔트로피"]);
  assert.deepEqual(answers([passage], terms).answer("김치찌개").nearest, []);
  assert.deepEqual(answers([passage], terms).answer("정적 마스킹").nearest, []);
});

test("a long sentence is cut around its words", () => {
  const text = `${"앞말 ".repeat(80)}앙상블 ${"뒷말 ".repeat(80)}`;
  const [result] = answers([{ parts: [{ kind: "explanation", text }] }]).answer("앙상블").results;
  assert.ok(line(result).length < 170, line(result));
  assert.deepEqual(marked(result.line), ["앙상블"]);
  assert.ok(line(result).startsWith("… "));
  assert.ok(line(result).endsWith(" …"));
});
