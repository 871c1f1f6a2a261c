// The reader's wish to keep the notes on this device; sw.js does it.

const BASE = new URL("../", import.meta.url);
const size = new Intl.NumberFormat("ko", { maximumFractionDigits: 1 });

/**
 * Save the whole site on this device.
 *
 * @param {(message: { files?: number, of?: number }) => void} tell - Hears how far it has come
 */
export async function save(tell = () => {}) {
  await navigator.serviceWorker.register(new URL("sw.js", BASE), { scope: BASE.pathname });
  const { active } = await navigator.serviceWorker.ready;
  const { port1, port2 } = new MessageChannel();
  await new Promise((resolve, reject) => {
    port1.onmessage = ({ data }) => {
      if (data.done) resolve(true);
      else if (data.error) reject(new Error(data.error));
      else tell(data);
    };
    active?.postMessage("save", [port2]);
  });
}

/** Save the site for an installed app, once: what the reader deletes then stays deleted. */
export async function saveOnce() {
  const key = `${BASE.pathname}.offline`;
  if (!(await isAllowed()) || localStorage.getItem(key)) return;
  await save();
  localStorage.setItem(key, "saved");
}

/** Whether this browser lets the site keep a copy here: it may refuse, and old ones cannot. */
async function isAllowed() {
  try {
    await Promise.all([navigator.serviceWorker.getRegistration(BASE), caches.keys()]);
    return Boolean(localStorage);
  } catch {
    return false;
  }
}

async function forget() {
  const registration = await navigator.serviceWorker.getRegistration(BASE);
  await registration?.unregister();
  for (const name of await caches.keys()) {
    if (name.startsWith(`papernotes ${BASE.pathname} `)) await caches.delete(name);
  }
}

/**
 * Put a button into the page that saves the site, or forgets it again.
 *
 * @param {HTMLElement} place - Where to put it
 */
export async function offer(place) {
  const status = Object.assign(document.createElement("p"), { role: "status" });
  const button = Object.assign(document.createElement("button"), { type: "button", hidden: true });
  place.replaceChildren(button, status);
  if (!(await isAllowed())) {
    button.remove();
    status.textContent = "이 브라우저의 설정이나 주소(https가 아닌 곳)로는 저장할 수 없어요.";
    return;
  }
  const saved = async () => Boolean(await navigator.serviceWorker.getRegistration(BASE));
  const show = async (/** @type {string} */ said) => {
    button.disabled = false;
    button.textContent = (await saved()) ? "저장한 것 지우기" : "이 기기에 저장하기";
    button.hidden = false;
    status.textContent = said;
  };
  const KEPT = "이 기기에 저장했어요. 새 판이 나오면 읽는 동안 저절로 바뀌어요.";
  button.addEventListener("click", async () => {
    button.disabled = true;
    if (await saved()) {
      await forget();
      return show("저장한 것을 지웠어요.");
    }
    try {
      await save(({ files, of }) => { status.textContent = `저장하는 중이에요: 파일 ${of}개 가운데 ${files}개`; });
      await show(KEPT);
    } catch {
      await forget();
      await show("저장하지 못했어요. 네트워크와 남은 공간을 살핀 뒤 다시 눌러 주세요.");
    }
  });
  if (await saved()) return show(KEPT);
  const list = await fetch(new URL("offline.json", BASE)).then((answer) => answer.json());
  await show(`저장할 것은 파일 ${list.files.length}개, ${size.format(list.bytes / 1e6)} MB예요.`);
}
