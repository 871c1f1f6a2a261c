// Filters the list of questions; stands after papernotes.js on the pages that have one.

/**
 * What a long list's file says of a question (papernotes/render/rows.py), and where the file lies.
 * @typedef {{
 *   paper: string, place: string, status: string, label: string, page: string, id: string,
 *   title: string, question: string, gist: string, people: string[], tags: string[], file: URL,
 * }} Row
 */
/** @typedef {Record<string, string | undefined>} Facts What a question can be chosen by. */

/** Filters the list of questions; the choice is kept in the address. A long list has only its
    first entries on the page: the others come from a file once the reader asks for them. */
function filters() {
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector(".pn-filter"));
  const list = select(document, ".pn-rows");
  const count = select(document, ".pn-filter__count");
  if (!form || !list || !count) return;
  const more = part("button", "pn-rows__more", "더 보기");
  const total = Number(form.dataset.total);
  /** @type {{ facts: Facts, row?: Row, element?: Element }[]} */
  let entries = [...list.children].map((element) => {
    return { facts: { .../** @type {HTMLElement} */ (element).dataset }, element };
  });
  const step = entries.length;
  let most = step;

  const fetchRows = async () => {
    const file = new URL(form.dataset.rows ?? "", location.href);
    const answer = await fetch(file);
    if (!answer.ok) throw new Error(answer.statusText);
    const rows = /** @type {Row[]} */ (await answer.json());
    entries = rows.map((row) => {
      const { paper, status } = row;
      const facts = { paper, status, person: row.people.join("|"), tag: row.tags.join("|") };
      return { facts, row: { ...row, file } };
    });
  };
  const apply = async () => {
    const chosen = [...new FormData(form)].map(([name, value]) => [name, String(value)]).filter(([, value]) => value);
    const query = new URLSearchParams(chosen).toString();
    history.replaceState(null, "", `${location.pathname}${query && `?${query}`}${location.hash}`);
    if (entries.length < total && (chosen.length || most > step)) {
      count.textContent = "모든 질문을 불러오고 있어요.";
      try {
        await fetchRows();
      } catch {
        count.textContent = "질문을 불러오지 못했어요. 아래의 논문 목록에서 찾아 주세요.";
        return;
      }
    }
    const found = entries.filter(({ facts }) =>
      chosen.every(([name = "", value = ""]) => facts[name]?.split("|").includes(value)));
    const matching = chosen.length ? found.length : total;
    list.replaceChildren(...found.slice(0, most).flatMap((entry) => {
      if (entry.row) entry.element ??= questionEntry(entry.row);
      return entry.element ?? [];
    }));
    more.hidden = matching <= most;
    count.textContent = !matching
      ? "고른 조건에 맞는 질문이 없어요. 조건을 하나 풀어 보세요."
      : `질문 ${total}개 가운데 ${Math.min(matching, most)}개를 보여요.${chosen.length && !more.hidden ? ` 고른 조건에 맞는 것은 ${matching}개예요.` : ""}`;
  };
  const choose = () => { most = step; apply(); };
  const set = (/** @type {string} */ name, /** @type {string} */ value) => {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLSelectElement && [...field.options].some((o) => o.value === value)) field.value = value;
  };

  for (const [name, value] of new URLSearchParams(location.search)) set(name, value);
  more.type = "button";
  list.after(more);
  form.hidden = false;
  more.addEventListener("click", () => { most += step; apply(); });
  list.addEventListener("click", (event) => {
    const tag = closest(event, ".pn-tag");
    if (!tag || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    set("tag", tag.textContent?.slice(1) ?? "");
    choose();
    form.scrollIntoView({ block: "nearest" });
  });
  form.addEventListener("change", choose);
  form.addEventListener("reset", () => setTimeout(choose));
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
}

/**
 * Makes an entry of the list of questions from a row of the file, as papernotes/render/lists.py
 * does for the first ones.
 * @param {Row} row
 */
function questionEntry(row) {
  const link = part("a", "pn-row__title", row.title);
  link.href = new URL(`${row.page.replace(/\.md$/, "/")}#${row.id}`, row.file).href;
  const tags = row.tags.flatMap((tag) => {
    const made = part("a", "pn-tag", `#${tag}`);
    made.href = `./?tag=${tag}`;
    return [" ", made];
  });
  return part(
    "li", "",
    part("span", `pn-status pn-status--${row.status}`, row.label),
    link,
    part("p", "pn-row__gist", row.gist || row.question),
    part("p", "pn-row__facts", part("span", "pn-row__place", `${row.paper} ${row.place}`), ...tags),
  );
}

filters();
