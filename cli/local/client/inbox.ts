/** Keeps the inbox current without a reload, and times in the reader's zone. The page works without it. */

const EVERY_MS = 1_000;
const list = document.getElementById("list");
const news = document.getElementById("news");
const search = document.querySelector<HTMLFormElement>("form.find");
let seen = "";
let busy = false;

function showTimes(root: ParentNode): void {
  const today = new Date().toDateString();
  for (const element of root.querySelectorAll("time")) {
    const at = new Date(element.dateTime);
    const date = at.toDateString() === today ? {} : ({ day: "numeric", month: "short" } as const);
    element.textContent = at.toLocaleString(undefined, {
      ...date,
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
    element.title = at.toLocaleString(undefined, { dateStyle: "full", timeStyle: "long" });
  }
}

function filters(): URLSearchParams {
  const parameters = new URLSearchParams(location.search);
  if (search !== null)
    for (const [name, value] of new FormData(search))
      if (typeof value === "string") parameters.set(name, value);
  return parameters;
}

/** The focused link survives the swap: whoever moves by keyboard stays where they are. */
function swap(markup: string): void {
  if (list === null) return;
  const before = new Set([...list.querySelectorAll("ol a")].map((link) => link.getAttribute("href")));
  const focused = list.contains(document.activeElement) ? document.activeElement?.getAttribute("href") : null;
  list.innerHTML = markup;
  showTimes(list);
  const links = [...list.querySelectorAll<HTMLAnchorElement>("a")];
  links.find((link) => link.getAttribute("href") === focused)?.focus({ preventScroll: true });
  const fresh = links.filter(
    (link) => link.parentElement?.localName === "li" && !before.has(link.getAttribute("href")),
  );
  if (before.size === 0 && seen === "") return;
  for (const link of fresh) link.classList.add("fresh");
  if (news !== null && fresh.length > 0)
    news.textContent = fresh.length === 1 ? "One new message" : `${fresh.length} new messages`;
}

async function update(): Promise<void> {
  if (busy || document.hidden) return;
  busy = true;
  try {
    const parameters = filters();
    parameters.set("seen", seen);
    parameters.set("selected", document.body.dataset["selected"] ?? "");
    const response = await fetch(`/inbox/list?${parameters.toString()}`);
    if (response.status === 200) {
      swap(await response.text());
      seen = response.headers.get("x-revision") ?? "";
    }
  } catch {
    // The server is restarting: the next round tells.
  } finally {
    busy = false;
  }
}

function onFilter(): void {
  const parameters = filters();
  const text = [...parameters]
    .filter(([, value]) => value !== "")
    .map((pair) => pair.map(encodeURIComponent).join("="))
    .join("&");
  history.replaceState(null, "", text === "" ? location.pathname : `?${text}`);
  seen = "";
  void update();
}

showTimes(document);
search?.addEventListener("input", onFilter);
setInterval(() => void update(), EVERY_MS);
document.addEventListener("visibilitychange", () => void update());
