// The arrow keys move over the diary's bars and free hours; Tab enters and leaves it once. Without script every bar is a plain link.
const places = (tape) => [...tape.querySelectorAll("a.bk, a.fe")];
const middle = (one) => { const box = one.getBoundingClientRect(); return [box.left + Math.min(box.width / 2, 20), box.top + Math.min(box.height / 2, 20)]; };
const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function choose(tape, one) {
  for (const other of places(tape)) other.tabIndex = other === one ? 0 : -1;
}

function nearest(tape, from, [dx, dy]) {
  const [x, y] = middle(from);
  let best = null, least = Infinity;
  for (const other of places(tape)) {
    if (other === from) continue;
    const [a, b] = middle(other), along = (a - x) * dx + (b - y) * dy, across = Math.abs((a - x) * dy) + Math.abs((b - y) * dx);
    if (along > 4 && along + across * 4 < least) [best, least] = [other, along + across * 4];
  }
  return best;
}

for (const tape of document.querySelectorAll("[data-roving]")) {
  const first = tape.querySelector("a.bk.sel") || tape.querySelector("a.bk") || tape.querySelector("a.fe");
  if (first) choose(tape, first);
  tape.addEventListener("focusin", (event) => { const one = event.target.closest("a.bk, a.fe"); if (one) choose(tape, one); });
  tape.addEventListener("keydown", (event) => {
    const way = ways[event.key], one = event.target.closest("a.bk, a.fe");
    if (!way || !one || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = nearest(tape, one, way);
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
}
