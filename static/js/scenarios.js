/* Scenarios kept on this device, by this browser alone. What is kept of one is its name and the query of its address. */
"use strict";

(() => {
  const KEY = "hubmap.scenarios";
  const MOST = 50;
  const LONGEST_NAME = 200;
  const LONGEST_QUERY = 4000;

  const box = document.querySelector("[data-scenarios]");
  const part = (name) => box.querySelector(`[data-scenarios-${name}]`);

  /* What is stored may be old, edited or hostile: it has exactly this shape, or it is ignored. */
  function tidy(value) {
    const { name, query } = value ?? {};
    if (typeof name !== "string" || typeof query !== "string" || !name) return null;
    return name.length <= LONGEST_NAME && query.length <= LONGEST_QUERY ? { name, query } : null;
  }

  function read() {
    try {
      const stored = JSON.parse(localStorage.getItem(KEY));
      return (Array.isArray(stored) ? stored : []).map(tidy).filter(Boolean).slice(0, MOST);
    } catch {
      return [];
    }
  }

  function write(scenarios) {
    try {
      localStorage.setItem(KEY, JSON.stringify(scenarios));
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

  /* One name is one scenario: saving again takes the place of what had the name. */
  function save() {
    const { name, query, saved, failed, full } = box.dataset;
    const others = read().filter((one) => one.name !== name);
    const item = tidy({ name: name.slice(0, LONGEST_NAME), query });
    const said = others.length >= MOST ? full : item && write([...others, item]) ? saved : failed;
    draw();
    part("status").textContent = said;
  }

  function remove(name) {
    const { removed, failed } = box.dataset;
    const kept = write(read().filter((one) => one.name !== name));
    draw();
    part("status").textContent = kept ? `${removed} ${name}` : failed;
    (part("items").querySelector("button") ?? part("save")).focus();
  }

  function drawn({ name, query }) {
    const item = part("item").content.cloneNode(true);
    const field = (key) => item.querySelector(`[data-field="${key}"]`);
    const { page, query: own } = box.dataset;
    field("open").textContent = name;
    field("open").href = `${page}?${query}`;
    for (const key of ["compare-name", "remove-name"]) field(key).textContent = name;
    field("compare").href = `${page}?${own}&other=${encodeURIComponent(query)}`;
    field("compare").hidden = query === own;
    item.querySelector("button").addEventListener("click", () => remove(name));
    return item;
  }

  function draw() {
    const scenarios = read();
    part("items").replaceChildren(...scenarios.map(drawn));
    part("list").hidden = scenarios.length === 0;
  }

  if (!box || !hasStorage()) return;
  part("save").addEventListener("click", save);
  box.hidden = false;
  draw();
  window.addEventListener("storage", ({ key }) => (key === KEY || key === null) && draw());
})();
