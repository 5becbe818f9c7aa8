// What the pages do beyond links and forms: time left, counts, the palette, keys, menus, drafts. All of it is an extra:
// without this script every page works.
const body = document.body;
const words = JSON.parse(document.querySelector('meta[name="guiju-words"]')?.content || "{}");
const offset = body.dataset.now ? Date.parse(body.dataset.now) - Date.now() : 0;
const now = () => Date.now() + offset;
const say = (text) => { const live = document.getElementById("live"); if (live) live.textContent = text; };
const typing = (node) => node && (node.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName));

// ── time left ─────────────────────────────────────────────────────────────
function pieces(seconds) {
  const d = Math.floor(seconds / 86400), h = Math.floor(seconds % 86400 / 3600), m = Math.floor(seconds % 3600 / 60);
  if (seconds < 60) return [];
  if (seconds < 3600) return [[m, "min"]];
  if (seconds < 86400) return m ? [[h, "h"], [m, "min"]] : [[h, "h"]];
  return d >= 7 || !h ? [[d, "d"]] : [[d, "d"], [h, "h"]];
}
function rewrite(node) {
  const due = Date.parse(node.dateTime), gap = Math.round((due - now()) / 1000), span = words.span;
  if (!span) return;
  const found = pieces(Math.abs(gap));
  const text = document.createDocumentFragment();
  const [before, after] = (gap < 0 ? span.over : span.left).split("{time}");
  text.append(before);
  if (!found.length) text.append(span.moments);
  found.forEach(([amount, unit], place) => {
    const [left, right] = span[unit].split("{n}");
    const bold = document.createElement("b");
    bold.textContent = amount;
    text.append(place ? " " : "", left, bold, right);
  });
  text.append(after || "");
  node.replaceChildren(text);
  const state = gap < 0 ? "late" : gap <= 60 * Number(node.dataset.soon || 60) ? "soon" : "";
  if (!node.classList.contains("late") && state === "late" && words.now_late) {
    say(words.now_late.replace("{what}", node.closest("li")?.querySelector("h3, h2")?.textContent.trim() || ""));
  }
  node.classList.toggle("late", state === "late");
  node.classList.toggle("soon", state === "soon");
}
const tick = () => {
  document.querySelectorAll("time[data-due]").forEach(rewrite);
  const clock = document.querySelector("[data-clock]");
  if (clock) clock.textContent = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: body.dataset.zone || undefined }).format(now());
};
setInterval(tick, 15000);

// ── what waits for me ─────────────────────────────────────────────────────
async function counts() {
  if (!body.dataset.counts || !body.dataset.person || document.hidden) return;
  try {
    const answer = await fetch(body.dataset.counts, { headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) return;
    const found = await answer.json();
    document.querySelectorAll("[data-count]").forEach((node) => {
      const [number, late] = found.counts[node.dataset.count] || [0, false];
      node.textContent = number || "";
      node.hidden = !number;
      node.classList.toggle("late", late);
    });
    document.querySelectorAll("[data-bell] .dot").forEach((dot) => { dot.hidden = !found.bell; });
  } catch { /* no connection: the numbers stay as they are */ }
}
counts();
setInterval(counts, 60000);

// ── the palette ───────────────────────────────────────────────────────────
let dialog, asked = 0;
function palette() {
  if (!body.dataset.search) return;
  if (!dialog) {
    dialog = document.createElement("dialog");
    dialog.className = "pal";
    dialog.setAttribute("aria-label", document.querySelector("[data-palette] span")?.textContent || "");
    const box = document.createElement("div");
    box.className = "cmdp";
    const input = document.createElement("input");
    input.type = "search";
    input.className = "inp";
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-expanded", "true");
    input.setAttribute("aria-controls", "hits");
    input.setAttribute("aria-label", dialog.getAttribute("aria-label"));
    const list = document.createElement("div");
    list.id = "hits";
    list.className = "res";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", dialog.getAttribute("aria-label"));
    box.append(input, list);
    dialog.append(box);
    document.body.append(dialog);
    const choose = (step) => {
      const options = [...list.querySelectorAll(".opt")];
      if (!options.length) return;
      const at = options.findIndex((one) => one.getAttribute("aria-selected") === "true");
      const next = options[(at + step + options.length) % options.length];
      options.forEach((one) => one.setAttribute("aria-selected", String(one === next)));
      input.setAttribute("aria-activedescendant", next.id);
      next.scrollIntoView({ block: "nearest" });
    };
    const look = async () => {
      const mine = ++asked;
      const answer = await fetch(`${body.dataset.search}?q=${encodeURIComponent(input.value)}`, { headers: { "X-Palette": "1" } });
      if (mine !== asked || !answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      list.replaceChildren(...page.body.childNodes);
      choose(1);
      const number = list.querySelectorAll(".opt").length;
      say(number ? (words.results || "").replace("{n}", number) : words.nothing || "");
    };
    let wait;
    input.addEventListener("input", (event) => { if (!event.isComposing) { clearTimeout(wait); wait = setTimeout(look, 120); } });
    input.addEventListener("compositionend", look);
    dialog.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); choose(event.key === "ArrowDown" ? 1 : -1); }
      if (event.key === "Enter") { const hit = list.querySelector('[aria-selected="true"]'); if (hit) { event.preventDefault(); location.href = hit.href; } }
    });
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    dialog.look = look;
    dialog.field = input;
  }
  dialog.showModal();
  dialog.field.value = "";
  dialog.field.focus();
  dialog.look();
}
document.querySelectorAll("[data-palette]").forEach((link) => link.addEventListener("click", (event) => { event.preventDefault(); palette(); }));

// ── keys ──────────────────────────────────────────────────────────────────
let going = 0;
const rows = () => [...document.querySelectorAll("#todo .row, .cards .card, table.tb tbody tr")].filter((row) => row.querySelector("a, button"));
function walk(step) {
  const all = rows(), at = all.findIndex((row) => row.classList.contains("cur"));
  const next = all[Math.max(0, Math.min(all.length - 1, at + step))];
  if (!next) return;
  all.forEach((row) => row.classList.toggle("cur", row === next));
  (next.querySelector("a, button")).focus();
}
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") { event.preventDefault(); palette(); return; }
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "/") { event.preventDefault(); palette(); return; }
  if (body.dataset.keys !== "on") return;
  const key = event.key.toLowerCase();
  if (Date.now() - going < 1200) {
    const link = document.querySelector(`[data-go="${CSS.escape(key)}"]`);
    going = 0;
    if (link) { event.preventDefault(); location.href = link.href; return; }
  }
  if (key === "g") { going = Date.now(); return; }
  if (key === "?" && body.dataset.help) { location.href = body.dataset.help; return; }
  if (key === "j" || key === "k") { event.preventDefault(); walk(key === "j" ? 1 : -1); return; }
  if (key === "e") { const act = document.querySelector(".row.cur .btn, .card.cur .btn"); if (act) { event.preventDefault(); act.click(); } return; }
  const step = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (step) { event.preventDefault(); location.href = step.href; }
});

// ── menus close, toasts go ────────────────────────────────────────────────
document.addEventListener("click", (event) => {
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  const close = event.target.closest("[data-close]");
  if (close) (close.closest("[data-toast], .toast") || close.parentElement).remove();
});
document.addEventListener("keydown", (event) => { if (event.key === "Escape") document.querySelectorAll("details[data-menu][open]").forEach((menu) => { menu.open = false; }); });
document.querySelectorAll("[data-toast]").forEach((toast) => setTimeout(() => toast.remove(), 1000 * Number(toast.dataset.seconds || 8)));

// ── files: the button and what was chosen, in the page's language ─────────
document.querySelectorAll('input[type="file"][id]').forEach((input) => {
  if (!words.choose) return;
  const row = document.createElement("span"), face = document.createElement("label"), name = document.createElement("span");
  row.className = "file-row";
  face.className = "btn";
  face.htmlFor = input.id;
  face.textContent = words.choose;
  name.className = "muted";
  row.append(face, name);
  input.classList.add("sr", "filed");
  input.after(row);
  const tell = () => {
    const { files } = input;
    name.textContent = files.length > 1 ? words.rows.replace("{n}", files.length) : files.length ? files[0].name : words.no_file;
  };
  input.addEventListener("change", tell);
  const place = input.closest("[data-drop]") || input.parentElement;
  place.addEventListener("dragover", (event) => { event.preventDefault(); place.classList.add("over"); });
  place.addEventListener("dragleave", () => place.classList.remove("over"));
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    place.classList.remove("over");
    if (event.dataTransfer.files.length) { input.files = event.dataTransfer.files; tell(); }
  });
  tell();
});

// ── refreshed pieces keep the reader's place ──────────────────────────────
document.addEventListener("htmx:beforeSwap", (event) => {
  const list = event.detail.target;
  if (list?.id === "todo" && (list.contains(document.activeElement) || list.matches(":hover"))) event.detail.shouldSwap = false;
});
document.addEventListener("htmx:afterSwap", tick);
