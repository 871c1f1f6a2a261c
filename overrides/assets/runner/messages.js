// What a run says to readers; runner.js has what is said without one.

import { CrashError } from "./python.js";
import { RuntimeError } from "./runtime.js";

export const WAITING = "앞의 코드가 끝나기를 기다려요.";
export const LOADING = "파이썬을 준비하고 있어요.";
export const RUNNING = "실행하고 있어요.";
export const BOXES = "그림을 그리는 글꼴에 한글이 없어서 네모로 보여요. 그림 속 글자는 영어로 적어 주세요.";
export const NOT_COMPARED = "기록을 불러오지 못해서 비교하지 못했어요.";

const LATEST = "최신 Chrome, Edge, Firefox, Safari에서 열어 주세요.";

/** Why Python cannot run here, said before anything is fetched. */
export class BrowserError extends Error {}

/** Throws a BrowserError where the browser lacks what Python needs. */
export function checkBrowser() {
  if (!isSecureContext) throw new BrowserError("https 주소에서만 실행할 수 있어요.");
  if (typeof WebAssembly !== "object" || typeof Worker !== "function" || !crypto.subtle) {
    throw new BrowserError(`이 브라우저에서는 실행할 수 없어요. ${LATEST}`);
  }
}

/**
 * Says why a run could not take place.
 * @param {unknown} error
 */
export function explain(error) {
  if (error instanceof BrowserError) return error.message;
  if (error instanceof RuntimeError) {
    return {
      offline: "인터넷에 연결되지 않아 파이썬을 받지 못했어요. 연결한 뒤 다시 실행해 주세요.",
      missing: `사이트에 있어야 할 파일이 없어요 (${error.file}). 나중에 다시 실행해 주세요.`,
      damaged: `받은 파일이 공식 파일과 달라서 쓰지 않았어요 (${error.file}). 다시 실행하면 새로 받아요.`,
    }[error.reason];
  }
  if (error instanceof CrashError && error.isAtStart) {
    return `파이썬을 시작하지 못했어요. 인터넷에 연결되어 있는지 보고 다시 실행하거나, ${LATEST}`;
  }
  if (error instanceof CrashError) {
    return "파이썬이 도중에 죽었어요. 메모리가 모자랐을 수 있어요. 다시 실행하면 새로 시작해요.";
  }
  console.error(error); // nobody foresaw it
  return `알 수 없는 이유으로 실행하지 못했어요. 다시 실행하거나, ${LATEST}`;
}

/**
 * Says what an error of the reader's code means here, where its name does not tell.
 * @param {import("./box.js").PythonError} error
 */
export function failed({ kind }) {
  return {
    memory: "메모리가 모자라요. 브라우저의 파이썬은 모두 4 GB까지 쓸 수 있어요.",
    size: "메모리가 모자라요. 브라우저의 파이썬에서 배열 하나는 2 GB보다 작아야 해요.",
    module: "없는 모듈이에요. 여기서는 표준 라이브러리와 numpy, matplotlib만 쓸 수 있어요.",
    input: "여기서는 입력을 받을 수 없어요. 값을 코드에 적어 주세요.",
    other: "오류로 끝났어요.",
  }[kind];
}

/**
 * Says how a result compares with the record.
 * @param {{ changes: number | null, isEdited: boolean, figures: number, recordedFigures: number }} facts
 *   `changes` counts lines; it is null where the output is not all here.
 */
export function compared({ changes, isEdited, figures, recordedFigures }) {
  if (changes === null) return "출력이 너무 길어서 기록과 비교하지 않았어요.";
  if (changes) return `기록된 출력과 ${changes}줄이 달라요.`;
  if (figures !== recordedFigures) {
    return `출력은 기록과 같지만, 그림이 ${recordedFigures}개에서 ${figures}개가 되었어요.`;
  }
  const same = isEdited ? "고쳤지만 기록된 출력과 같아요." : "기록된 출력과 같아요.";
  return figures ? `${same} 그림은 눈으로 비교해 보세요.` : same;
}

/** @param {number} seconds */
export function duration(seconds) {
  return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)}초`;
}

/**
 * @param {number} loaded Bytes.
 * @param {number} total
 */
export function size(loaded, total) {
  return `${(loaded / 1e6).toFixed(1)} / ${(total / 1e6).toFixed(1)} MB`;
}
