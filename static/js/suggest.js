/* Suggestions below a search field: the combobox of ARIA 1.2. Without it the field is a field. */
"use strict";

(() => {
  const WAIT_MS = 120;
  const SHORTEST = 2;
  /* What may become a postcode or a telephone number is not sent while it is typed. */
  const PERSONAL = /[a-z]{1,2}\d[a-z\d]?\s*\d|\d{5}|@/i;

  class Combobox {
    constructor(box, number) {
      this.box = box;
      this.input = box.querySelector("input");
      this.list = document.createElement("ul");
      this.status = document.createElement("p");
      this.current = -1;
      this.set(this.list, { class: "combo__list", id: `suggestions-${number}`, role: "listbox", "aria-label": box.dataset.label });
      this.set(this.status, { class: "visually-hidden", role: "status" });
      this.set(this.input, { role: "combobox", "aria-autocomplete": "list", "aria-controls": this.list.id, "aria-expanded": "false" });
      this.list.hidden = true;
      box.append(this.list, this.status);
      this.input.addEventListener("input", () => this.ask());
      this.input.addEventListener("keydown", (event) => this.press(event));
      this.input.addEventListener("blur", () => this.close());
      /* Pressing an option must not take the focus, or the list would close before it is chosen. */
      this.list.addEventListener("mousedown", (event) => event.preventDefault());
    }

    set(element, attributes) {
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    }

    ask() {
      clearTimeout(this.timer);
      this.asking?.abort();
      const typed = this.input.value.trim();
      if (typed.length < SHORTEST || PERSONAL.test(typed)) {
        this.close();
        return;
      }
      this.timer = setTimeout(() => this.fetch(typed), WAIT_MS);
    }

    async fetch(typed) {
      this.asking = new AbortController();
      const { signal } = this.asking;
      try {
        const response = await fetch(`${this.box.dataset.suggest}?q=${encodeURIComponent(typed)}`, { signal });
        const { suggestions } = await response.json();
        if (!signal.aborted && document.activeElement === this.input) this.show(suggestions ?? []);
      } catch {
        if (!signal.aborted) this.close();
      }
    }

    show(suggestions) {
      this.current = -1;
      this.list.replaceChildren(...suggestions.map((one, place) => this.option(one, place)));
      const isOpen = suggestions.length > 0;
      this.list.hidden = !isOpen;
      this.input.setAttribute("aria-expanded", String(isOpen));
      this.input.removeAttribute("aria-activedescendant");
      const words = suggestions.length === 1 ? this.box.dataset.one : this.box.dataset.many;
      this.status.textContent = isOpen ? words.replace("{n}", suggestions.length) : "";
    }

    option({ label, kind, href }, place) {
      const option = document.createElement("li");
      const small = document.createElement("span");
      this.set(option, { role: "option", id: `${this.list.id}-${place}`, "aria-selected": "false" });
      small.className = "note";
      small.textContent = kind;
      option.append(`${label} `, small);
      option.dataset.href = href;
      option.addEventListener("click", () => this.go(option));
      return option;
    }

    go(option) {
      const { href } = option.dataset;
      if (/^\/(?![/\\])/.test(href)) location.assign(href);
    }

    move(step) {
      const options = [...this.list.children];
      options[this.current]?.setAttribute("aria-selected", "false");
      /* One place more than options: between the last and the first is the field itself. */
      const places = options.length + 1;
      this.current = ((this.current + 1 + step + places) % places) - 1;
      const option = options[this.current];
      if (!option) {
        this.input.removeAttribute("aria-activedescendant");
        return;
      }
      option.setAttribute("aria-selected", "true");
      this.input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    }

    press(event) {
      if (this.list.hidden) {
        if (event.key === "ArrowDown") this.ask();
        return;
      }
      const option = this.list.children[this.current];
      if (event.key === "ArrowDown") this.move(1);
      else if (event.key === "ArrowUp") this.move(-1);
      else if (event.key === "Escape") this.close();
      else if (event.key === "Enter" && option) this.go(option);
      else return;
      event.preventDefault();
    }

    close() {
      clearTimeout(this.timer);
      this.asking?.abort();
      this.show([]);
    }
  }

  document.querySelectorAll("[data-suggest]").forEach((box, number) => new Combobox(box, number));
})();
