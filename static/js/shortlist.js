/* "My list": hubs and places kept on this device, by this browser alone. Nothing of it is sent anywhere. */
"use strict";

(() => {
  const KEY = "hubmap.list";
  const FIELDS = ["id", "kind", "name", "href", "address", "phone"];
  const MOST_ITEMS = 100;
  const LONGEST_FIELD = 300;
  const FEWEST_DIGITS = 7;

  /* Of this site only: one slash, no second one and no backslash after it, nothing that a browser would drop. */
  const isPath = (href) => /^\/(?![/\\])[\x21-\x7e]*$/.test(href);

  /* What is stored may be old, edited or hostile: it has exactly this shape, or it is ignored. */
  function tidy(value) {
    if (typeof value !== "object" || value === null) return null;
    const item = {};
    for (const field of FIELDS) {
      const words = value[field] ?? "";
      if (typeof words !== "string" || words.length > LONGEST_FIELD) return null;
      item[field] = words;
    }
    return item.id && item.name && isPath(item.href) ? item : null;
  }

  function read() {
    let stored;
    try {
      stored = JSON.parse(localStorage.getItem(KEY));
    } catch {
      return [];
    }
    const items = new Map();
    for (const item of Array.isArray(stored) ? stored.map(tidy) : []) {
      if (item && !items.has(item.id)) items.set(item.id, item);
    }
    return [...items.values()].slice(0, MOST_ITEMS);
  }

  /* False where the browser refuses: its storage may be full. */
  function write(items) {
    try {
      if (items.length) localStorage.setItem(KEY, JSON.stringify(items));
      else localStorage.removeItem(KEY);
      return true;
    } catch {
      return false;
    }
  }

  function hasStorage() {
    try {
      localStorage.getItem(KEY);
      return true;
    } catch {
      return false;
    }
  }

  const nav = document.querySelector("[data-keep-nav]");
  const list = document.querySelector("[data-list]");
  const keeps = new Map();
  let beforeChange = [];

  function refresh() {
    const items = read();
    const ids = new Set(items.map(({ id }) => id));
    for (const [button, { id }] of keeps) button.setAttribute("aria-pressed", String(ids.has(id)));
    nav.querySelector("[data-keep-count]").textContent = `(${items.length})`;
    nav.hidden = items.length === 0 && !list;
    if (list) draw(items);
  }

  /* Buttons "Keep on my list" */

  function offer(box) {
    const facts = FIELDS.map((field) => [field, box.getAttribute(`data-keep-${field}`)?.slice(0, LONGEST_FIELD)]);
    const item = tidy(Object.fromEntries(facts));
    if (!item) return;
    const button = box.querySelector("button");
    keeps.set(button, item);
    button.addEventListener("click", () => {
      box.querySelector("[role=status]").textContent = toggle(item);
      refresh();
    });
    box.hidden = false;
  }

  function toggle(item) {
    const { added, removed, full, failed } = nav.dataset;
    const items = read();
    const others = items.filter(({ id }) => id !== item.id);
    const isNew = others.length === items.length;
    if (isNew && items.length >= MOST_ITEMS) return full;
    const changed = isNew ? [...items, item] : others;
    return write(changed) ? `${isNew ? added : removed} (${changed.length})` : failed;
  }

  /* The page of the list */

  const part = (name) => list.querySelector(`[data-list-${name}]`);

  function draw(items) {
    part("items").replaceChildren(...items.map(drawItem));
    part("empty").hidden = items.length > 0;
    for (const name of ["actions", "age"]) part(name).hidden = items.length === 0;
  }

  function drawItem(item) {
    const drawn = part("item").content.cloneNode(true);
    const field = (name) => drawn.querySelector(`[data-field="${name}"]`);
    for (const name of ["name", "kind", "address", "phone"]) field(name).textContent = item[name];
    for (const name of ["kind", "address"]) field(name).hidden = !item[name];
    drawn.querySelector("[data-phone]").hidden = !item.phone;
    field("name").href = item.href;
    field("name-again").textContent = item.name;
    field("where").textContent = location.host + item.href;
    const digits = item.phone.replace(/[^0-9]/g, "");
    if (digits.length >= FEWEST_DIGITS) field("phone").href = `tel:${digits}`;
    drawn.querySelector("button").addEventListener("click", () => remove(item));
    return drawn;
  }

  function change(items, said) {
    beforeChange = read();
    const isKept = write(items);
    refresh();
    part("status").textContent = isKept ? said : list.dataset.failed;
    part("undo").hidden = !isKept;
  }

  function remove(item) {
    const items = read();
    const place = items.findIndex(({ id }) => id === item.id);
    change(items.filter(({ id }) => id !== item.id), `${list.dataset.removed} ${item.name}`);
    const buttons = part("items").querySelectorAll("button");
    (buttons[Math.min(place, buttons.length - 1)] ?? part("undo")).focus();
  }

  function openList() {
    document.querySelector("[data-list-without]").hidden = true;
    list.hidden = false;
    part("print").addEventListener("click", () => window.print());
    part("clear").addEventListener("click", () => {
      change([], list.dataset.cleared);
      part("undo").focus();
    });
    part("undo").addEventListener("click", () => {
      change(beforeChange, list.dataset.restored);
      part("undo").hidden = true;
      part("items").querySelector("a")?.focus();
    });
  }

  if (!nav || !hasStorage()) return;
  document.querySelectorAll("[data-keep]").forEach(offer);
  if (list) openList();
  refresh();
  window.addEventListener("storage", ({ key }) => (key === KEY || key === null) && refresh());
  window.addEventListener("pageshow", ({ persisted }) => persisted && refresh());
})();
