// A map of the page: fetches the layers it names, draws them, and connects its marks with the page.
//
// A page element says what it stands for with data-feature="<layer>:<id>", and how that is drawn with data-number,
// data-class, data-figure, data-size, data-group, data-other (of a network that the page is not about), data-label, data-href, data-about (whose page that is, empty for no
// page) and data-selected; map-plans.js says what more there is to say of a hub. The script of a kind of map calls
// hubmap.base(map, ...names), then hubmap.layer(map, name, style) from the ground up, then hubmap.start(map, kind).
// The frame around the map says with data-wards and data-reach whose wards and whose reach those layers are.
// map-apart.js, map-drawing.js, map-plans.js and map-styles.js have to be loaded too, in any order, before that script.
"use strict";

(() => {
  const hubmap = (globalThis.hubmap ??= {});
  // Panes in the order in which they lie on each other; Leaflet's own lie at 400 (none of ours) and 600 (marks).
  const PANES = ["neighbours", "casing", "areas", "networks", "roads", "reach", "stations", "lit", "dots"];
  const PAGES = {
    hubs: { path: "/hubs/", words: "About this hub" },
    wards: { path: "/planning/wards/", words: "About this ward" },
    practices: { path: "/practices/", words: "About this practice" },
    places: { path: "/directory/", words: "About this place" },
  };
  const LIT_ABOVE = 40_000;
  const FIT = { padding: [16, 16], maxZoom: 16, animate: false };
  const SIZE_SCALE = 0.16;
  const FAILED = "The map could not load. The list above has the same places.";
  const UNSAID = { elements: [] };
  // Ids as the data package allows them.
  const ID = /^[A-Za-z0-9]+(?:[-._]+[A-Za-z0-9]+)*$/;
  const STILL = globalThis.matchMedia("(prefers-reduced-motion: reduce)").matches;

  // What the page says of features, by key.
  function readPage() {
    const said = new Map();
    for (const element of document.querySelectorAll("[data-feature]")) {
      const { feature, ...facts } = element.dataset;
      const before = said.get(feature) ?? UNSAID;
      said.set(feature, { ...facts, ...before, elements: [...before.elements, element] });
    }
    return said;
  }

  function numbersIn(text, count) {
    const numbers = (text ?? "").split(",").map(Number);
    return numbers.length === count && numbers.every(Number.isFinite) ? numbers : null;
  }

  function pageOf(layer, id, href) {
    const own = href?.startsWith("/") && !href.startsWith("//");
    return own ? href : PAGES[layer].path + encodeURIComponent(id);
  }

  function onEach(element, events, heard) {
    for (const [event, value] of Object.entries(events)) element.addEventListener(event, () => heard(value));
  }

  class PageMap {
    constructor(map) {
      this.map = map;
      this.box = map.getContainer();
      this.frame = this.box.closest(".map-frame") ?? this.box;
      this.wanted = [];
      this.drawn = new Map();
      this.clearances = [];
      this.moved = false;
    }

    start(kind) {
      const { box, frame, map } = this;
      this.kind = kind;
      this.page = readPage();
      this.only = new Set((frame.dataset.only ?? "").split(/[\s,]+/));
      this.sizeScale = Number(frame.dataset.sizeScale ?? SIZE_SCALE);
      this.whole = L.latLngBounds([]);
      box.setAttribute("role", "group");
      box.setAttribute("aria-label", frame.getAttribute("aria-label") ?? "Map");
      box.append(hubmap.drawing.hatching());
      PANES.forEach((pane, i) => (map.createPane(pane).style.zIndex = 300 + 10 * i));
      this.labels = new hubmap.drawing.Labels(map, () => this.clearances.map((boxNow) => boxNow()));
      this.apart = new hubmap.Apart(map);
      this.behave();
      this.addTiles();
      return this.load();
    }

    behave() {
      const { box, frame, map } = this;
      if (STILL) map.panBy = (by, options) => L.Map.prototype.panBy.call(map, by, { ...options, animate: false });
      // One finger and the wheel scroll the page, until somebody has turned to the map.
      if (L.Browser.mobile) map.dragging.disable();
      map.on("focus", () => map.scrollWheelZoom.enable());
      map.on("blur", () => map.scrollWheelZoom.disable());
      map.on("dragstart zoomend", () => (this.moved ||= !this.fitting));
      map.on("popupclose", () => this.returnFocus());
      box.addEventListener("keydown", ({ key }) => key === "Escape" && map.closePopup());
      new ResizeObserver(() => this.resize()).observe(box);
      onEach(globalThis, { beforeprint: true, afterprint: false }, (printing) => {
        frame.classList.toggle("is-printing", printing);
        this.resize();
      });
    }

    addTiles() {
      const { tilesUrl, tilesCredit } = this.frame.dataset;
      if (!tilesUrl) return;
      this.frame.classList.add("has-tiles");
      this.map.options.zoomSnap = 1;
      this.tiles = L.tileLayer(tilesUrl, { maxZoom: this.map.getMaxZoom() });
      const credit = L.control({ position: "bottomleft" });
      credit.onAdd = () => hubmap.drawing.htmlNode("p", "map-credit", tilesCredit ?? "");
      credit.addTo(this.map);
    }

    // ---- fetching ----

    // Everything is fetched before anything is drawn: a map with half its layers would mislead.
    async load() {
      const { frame } = this;
      frame.setAttribute("aria-busy", "true");
      frame.querySelector(".map-message")?.remove();
      const collections = await Promise.all(this.wanted.map(({ layer }) => this.fetchLayer(layer)));
      frame.removeAttribute("aria-busy");
      if (collections.includes(null)) this.sayFailed();
      else this.draw(collections);
    }

    async fetchLayer(layer) {
      const file = this.fileOf(layer);
      const answer = file && (await fetch(`/layers/${encodeURIComponent(file)}.geojson`).catch(() => null));
      return answer?.ok ? answer.json().catch(() => null) : null;
    }

    // The layers of which a page names one: the wards of a generation, the reach of a hub.
    fileOf(layer) {
      const { wards = "", reach = "" } = this.frame.dataset;
      if (layer === "wards") return `wards-${wards.toLowerCase()}`;
      if (layer === "reach") return ID.test(reach) ? `reach-${reach}` : null;
      return layer;
    }

    sayFailed() {
      const { htmlNode } = hubmap.drawing;
      const { failed = FAILED, retry = "Try again" } = this.frame.dataset;
      const again = htmlNode("button", "map-again", retry);
      again.type = "button";
      again.addEventListener("click", async () => {
        await this.load();
        (this.frame.querySelector(".map-again") ?? this.box).focus();
      });
      const message = htmlNode("div", "map-message", htmlNode("p", "", failed), again);
      message.setAttribute("role", "alert");
      this.frame.append(message);
    }

    // ---- drawing ----

    draw(collections) {
      const { here, hereLabel = "You are here", focus } = this.frame.dataset;
      this.wanted.forEach(({ layer, style }, i) => {
        const features = collections[i].features.filter((feature) => this.isWanted(layer, feature));
        hubmap.styles[style](this, layer, features);
      });
      const lonLat = numbersIn(here, 2);
      if (lonLat) hubmap.styles.here(this, lonLat, hereLabel);
      const edges = numbersIn(focus, 4);
      this.focus = edges ? L.latLngBounds([edges[1], edges[0]], [edges[3], edges[2]]) : (this.framed ?? this.whole);
      this.resize();
      this.tiles?.addTo(this.map);
      for (const [key, { elements }] of this.page) {
        for (const element of elements) {
          const events = { mouseenter: true, focusin: true, mouseleave: false, focusout: false };
          onEach(element, events, (lit) => this.light(key, lit));
        }
      }
      this.frame.dataset.ready = "";
      this.frame.dispatchEvent(new CustomEvent("hubmap:ready", { bubbles: true, detail: { map: this.map } }));
    }

    isWanted(layer, feature) {
      return !this.only.has(layer) || this.said(layer, feature) !== UNSAID;
    }

    said(layer, feature) {
      return this.page.get(`${layer}:${feature.id}`) ?? UNSAID;
    }

    // The hub that the page is about, or what the page says is selected.
    isSelected(layer, feature) {
      return "selected" in this.said(layer, feature) || (layer === "hubs" && feature.id === this.frame.dataset.reach);
    }

    extend(bounds) {
      this.whole.extend(bounds);
    }

    // Labels leave a square free around what stands at a point, or around a mark, wherever it stands.
    keepClear(where, clearPx, at = { x: 0, y: 0 }) {
      this.clearances.push(() => {
        const middle = this.map.latLngToLayerPoint(where.getLatLng?.() ?? where).add([at.x, at.y]);
        return [middle.x - clearPx, middle.y - clearPx, middle.x + clearPx, middle.y + clearPx];
      });
    }

    // ---- what a mark says, and its link with the page ----

    keepMark(layer, feature, mark) {
      this.drawn.set(`${layer}:${feature.id}`, mark);
    }

    connectMark(layer, feature, mark) {
      const { path, element, title } = mark;
      const { label = title, href, about = layer } = this.said(layer, feature);
      const { name } = feature.properties;
      // A label mostly begins with the name, which is not to be said twice.
      const named = label.startsWith(name);
      const detail = named ? label.slice(name.length).replace(/^[\s,:]+/, "") : label;
      const link = PAGES[about] && { words: PAGES[about].words, href: pageOf(about, feature.id, href) };
      this.keepMark(layer, feature, mark);
      element.setAttribute("aria-label", named ? label : `${title}: ${label}`);
      if (!element.hasAttribute("role")) element.setAttribute("role", "img");
      const tip = { direction: "top", className: "map-tip", sticky: element.role === "button", opacity: 1 };
      path.bindTooltip(() => this.words(name, detail), tip);
      const popup = { className: "map-popup", maxWidth: 260, autoPanPadding: [12, 12] };
      path.bindPopup(() => this.words(name, detail, link), popup);
      path.on("popupopen", () => path.closeTooltip());
      const events = { mouseenter: true, focus: true, mouseleave: false, blur: false };
      onEach(element, events, (lit) => this.light(`${layer}:${feature.id}`, lit));
      element.addEventListener("keydown", (event) => this.openByKey(event, path, element));
    }

    words(name, detail, link) {
      const { htmlNode } = hubmap.drawing;
      const said = htmlNode("div", "map-words", htmlNode("strong", "", name));
      if (detail) said.append(htmlNode("span", "", detail));
      if (link) {
        const anchor = htmlNode("a", "map-open", link.words);
        anchor.href = link.href;
        said.append(anchor);
      }
      return said;
    }

    openByKey(event, path, element) {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      path.openPopup();
      this.openedBy = element;
      path.getPopup().getElement().querySelector(".map-open, a").focus({ preventScroll: true });
    }

    returnFocus() {
      this.openedBy?.focus({ preventScroll: true });
      this.openedBy = null;
    }

    panIntoView(bounds) {
      const byKeyboard = this.box.querySelector(":focus-visible");
      if (byKeyboard && !this.map.getBounds().contains(bounds)) this.map.panTo(bounds.getCenter());
    }

    light(key, lit) {
      for (const element of this.page.get(key)?.elements ?? []) element.classList.toggle("is-lit", lit);
      const mark = this.drawn.get(key);
      if (!mark) return;
      mark.element.classList.toggle("is-lit", lit);
      mark.path.setZIndexOffset?.(mark.above + (lit ? LIT_ABOVE : 0));
      for (const shape of mark.outline ?? []) shape.remove();
      const isArea = mark.feature.geometry.type.endsWith("Polygon");
      mark.outline = lit && isArea ? hubmap.styles.outline(this, mark.feature, "is-lit") : null;
    }

    // ---- size ----

    // A map in a closed disclosure has no size; it is fitted when it is first seen, and again until somebody moves it.
    resize() {
      const { box, focus, map } = this;
      if (!box.clientWidth || !focus?.isValid()) return;
      map.invalidateSize({ animate: false });
      if (!this.moved) this.fit();
      this.apart.place();
      this.labels.place();
    }

    fit() {
      const { map, whole } = this;
      this.fitting = true;
      map.setMaxBounds(null);
      map.options.minZoom = 0;
      map.fitBounds(this.focus, FIT);
      if (whole.isValid()) {
        map.setMinZoom(Math.min(map.getZoom(), map.getBoundsZoom(whole)) - 0.5);
        map.options.maxBoundsViscosity = 1;
        map.setMaxBounds(L.latLngBounds(whole.pad(0.5)).extend(map.getBounds()));
      }
      this.fitting = false;
    }
  }

  const maps = new WeakMap();

  function pageMap(map) {
    if (!maps.has(map)) maps.set(map, new PageMap(map));
    return maps.get(map);
  }

  hubmap.base = (map, ...names) => {
    for (const layer of names) pageMap(map).wanted.push({ layer, style: layer === "stations" ? "stations" : "ground" });
  };
  hubmap.layer = (map, layer, style) => pageMap(map).wanted.push({ layer, style });
  hubmap.start = (map, kind) => pageMap(map).start(kind);
})();
