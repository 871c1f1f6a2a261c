// What the reader says of a file.

/** @type {Record<import("./open.js").OpenError["kind"], string>} */
export const NOT_OPENED = {
  "not a pdf": "PDF 파일이 아니에요. 논문의 PDF를 골라 주세요.",
  broken: "파일이 깨져서 열 수 없어요. 논문을 다시 내려받아 열어 주세요.",
  cancelled: "암호가 없어 열지 않았어요. 다른 파일을 골라 주세요.",
  tools: "PDF를 그리는 도구를 불러오지 못했어요. 인터넷 연결을 살피고 다시 골라 주세요.",
};

export const OPENING = "파일을 열고 있어요.";
export const LOOKING = "어느 논문인지 살펴보고 있어요.";
export const NO_TEXT =
  "글자가 없는 PDF예요. 스캔한 그림이라 문장을 찾을 수 없어요. 글자가 든 PDF라면 곁에 노트가 나와요.";
export const NO_NOTES = "노트를 불러오지 못했어요. 인터넷 연결을 살피고 파일을 다시 열어 주세요.";
export const KEPT = "이 브라우저에 보관했어요. 이 쪽을 다시 열면 목록에 있어요.";
export const FORGOTTEN = "이 브라우저에서 지웠어요.";
export const NOT_KEPT = "이 브라우저가 보관을 허락하지 않거나 남은 자리가 없어요.";
export const NOT_OURS = "아직 노트가 없는 논문이에요. 읽다가 막힌 문장을 골라 첫 질문을 남겨 보세요.";

/**
 * @param {{short: string, id: string}} paper
 * @param {"same" | "other version"} kind
 * @param {{found: number, of: number}} quotations
 */
export function told({ short, id }, kind, { found, of }) {
  const which = kind === "same"
    ? `${short} 논문이에요(arXiv:${id}).`
    : `${short} 논문의 다른 판이에요. 노트는 arXiv:${id}를 보고 썼어요.`;
  const marked = found === of
    ? `인용 ${of}곳을 모두 표시했어요.`
    : `인용 ${of}곳 가운데 ${found}곳을 표시했어요. 나머지는 이 파일에 그대로 있지 않아요.`;
  return `${which} ${marked}`;
}
