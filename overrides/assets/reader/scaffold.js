// What a note on a new paper begins with, as `papernotes new` writes it, and a question on GitHub.

import { linesOf } from "./lines.js";

/** @typedef {import("./lines.js").Line} Line */
/** @typedef {import("./types.js").PageText} PageText */
/**
 * @typedef {{id: string, title: string, authors: string[], year: number}} TitlePage - Empty, or 0,
 *   where the page does not say it
 */

const LONGEST_ADDRESS = 8191; // bytes: GitHub refuses more
const LONGEST_SHORT = 24; // letters, of a paper's short name
const LONGEST_SLUG = 60;
const UNKNOWN = "모름";
const AFFILIATION =
  /\b(?:University|Institute|College|School|Academy|Department|Research|Labs?|Laboratory|Group|Google|Facebook|Microsoft|Amazon|Fellow|AI|Inc)\b/;
const NAME =
  /^[\p{Lu}\p{Lo}][\p{L}\p{N}'’.-]*(?: (?:[\p{Lu}\p{Lo}][\p{L}\p{N}'’.-]*|de|del|der|den|di|la|le|van|von)){1,3}$/u;

/**
 * Read the title page of a paper.
 *
 * @param {PageText} page
 * @returns {TitlePage}
 */
export function titlePage(page) {
  const lines = linesOf(page).filter(({ text }) => /\p{L}.*\p{L}.*\p{L}/u.test(text));
  const stamp = lines.map(({ isRotated, text }) => isRotated && /arXiv:(\S+v\d+)\b(?:.*\b((?:19|20)\d\d)\s*$)?/.exec(text)).find(Boolean);
  const upright = lines.filter(({ isRotated }) => !isRotated);
  const size = Math.max(...upright.map((line) => line.size));
  const first = upright.findIndex((line) => line.size === size);
  const behind = upright.findIndex((line, i) => i > first && !goesOnTitle(upright[i - 1], line, size));
  const abstract = upright.findIndex(({ text }) => /^\s*abstract/i.test(text));
  const title = upright.slice(first, behind < 0 ? undefined : behind).map(({ text }) => text);
  const below = behind < 0 ? [] : upright.slice(behind, abstract > behind ? abstract : behind + 4);
  const id = stamp ? stamp[1] : "";
  return {
    id,
    title: spaced(title.join("\n").replace(/-\n/g, "").replace(/ﬁ/g, "fi").replace(/ﬂ/g, "fl")),
    authors: below.flatMap(names),
    year: stamp ? Number(stamp[2]) || yearOf(id) : 0,
  };
}

/**
 * Whether a title goes on: in its type, with the rest of a word, or in small capitals.
 *
 * @param {Line} above
 * @param {Line} below
 * @param {number} size - The title's
 */
function goesOnTitle(above, below, size) {
  const isUpper = [above, below].every(({ text }) => text === text.toUpperCase());
  return below.size > size - 0.5 || /-$/.test(above.text) || (isUpper && below.size > 0.75 * size);
}

/**
 * The names on a line, which commas, "and" or the marks of affiliations set apart; none where one
 * of them is no name.
 *
 * @param {Line} line
 */
function names(line) {
  const marked = line.items.map(({ str }, i) => (line.script(i) > 0 ? "," : str.replace(/[∗†‡§¶*⇤♠♣♦]/g, ",")));
  const found = marked.join("").split(/\s*(?:,|;|\band\b|&|\s{2,})[\s,]*/).map(spaced).filter(Boolean);
  const people = found.filter((name) => !AFFILIATION.test(name));
  return people.every((name) => NAME.test(name)) ? people : [];
}

/** @param {string} text */
const spaced = (text) => text.split(/\s+/).join(" ").trim();

/** @param {string} id - Of arXiv: 1706.03762v5, cs/9901001v1 */
function yearOf(id) {
  const two = Number(id.replace(/^[a-z.A-Z-]+\//, "").slice(0, 2));
  return two > 90 ? 1900 + two : 2000 + two;
}

/**
 * The whole of a new note, and the command that makes its paper's fingerprint.
 *
 * @param {TitlePage} paper
 * @param {string} block - The first quotation
 * @returns {{path: string, text: string, command: string}}
 */
export function scaffold({ id, title, authors, year }, block) {
  const short = spaced(title.split(":")[0]);
  const isShort = short && short.length <= LONGEST_SHORT;
  const slug = slugOf(isShort ? short : `arxiv ${id}`);
  const ask = (/** @type {string} */ what) => `채우기: ${what}.`;
  const mark = (/** @type {string} */ what) => `<!-- ${ask(what)} -->`;
  const text = (/** @type {string} */ value) => JSON.stringify(value || UNKNOWN);
  const lines = [
    "---",
    `# ${ask("PDF에서 읽은 제목이에요. 논문의 제목을 확인해 주세요")}`,
    `title: ${text(title)}`,
    ...(isShort ? [] : [`# ${ask("논문을 부르는 짧은 이름을 적어 주세요")}`]),
    `short: ${text(short)}`,
    `description: ${text(`${short || UNKNOWN} 논문에서 막힌 구절을 원문, 질문, 답과 함께 풀어 읽어요.`)}`,
    `# ${ask(authors.length ? "PDF에서 읽은 저자예요. 빠진 사람이 없는지 확인해 주세요" : "저자를 한 사람씩 나눠 적어 주세요")}`,
    `authors: [${(authors.length ? authors : [UNKNOWN]).map(text).join(", ")}]`,
    ...(year ? [] : [`# ${ask("이 판이 나온 해를 적어 주세요")}`]),
    `year: ${year || 2000}`,
    "venue: arXiv",
    ...(id ? [] : [`# ${ask("판까지 적은 arXiv 번호로 고쳐 주세요. 보기: 1706.03762v5")}`]),
    `arxiv: ${id || "0000.00000v1"}`,
    "---",
    "",
    mark("무엇을 한 논문인지 한두 문장으로 소개해 주세요"),
    "",
    `## 막힌 구절의 제목 { #${slug}-first }`,
    "",
    mark(`제목과 주소(${slug}-first)를 지어 주세요. 주소는 한번 공개하면 바꾸지 않아요`),
    "",
    block,
    "",
    "/// translation",
    mark("인용을 우리말로 옮겨 주세요"),
    "///",
    "",
    "/// question",
    "    status: open",
    "",
    mark("무엇이 막혔는지 적어 주세요"),
    "///",
    "",
  ];
  const command = `papernotes fingerprint ${id || "1706.03762v5"}`;
  return { path: `docs/papers/${slug}.md`, text: lines.join("\n"), command };
}

/** @param {string} text */
function slugOf(text) {
  const slug = (text.toLowerCase().match(/[a-z0-9]+/g) ?? ["paper"]).join("-");
  if (slug === "index") return "paper";
  if (slug.length <= LONGEST_SLUG) return slug;
  return slug.slice(0, LONGEST_SLUG + 1).replace(/-[^-]*$/, "");
}

/**
 * The address of a question's form on GitHub, filled in with the place and the quotation.
 *
 * @param {string} repo - The repository's own address
 * @param {string} passage - RoBERTa §4.1, p. 4
 * @param {string} quote
 * @returns {string} "" where the address would be too long
 */
export function questionAddress(repo, passage, quote) {
  const fields = { template: "question.yml", title: `[질문] ${passage}`, passage, quote };
  const address = `${repo.replace(/\/$/, "")}/issues/new?${new URLSearchParams(fields)}`;
  return address.length <= LONGEST_ADDRESS ? address : ""; // all of it is ASCII
}
