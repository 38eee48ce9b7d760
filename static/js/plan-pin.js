/* A pin for a hub of a scenario: a tap on the map, or its middle, fills longitude and latitude of the forms. */
"use strict";

(() => {
  const PIN_PX = 44;

  function pinned(latlng, label, map, before) {
    before?.remove();
    const anchor = [PIN_PX / 2, 0.95 * PIN_PX];
    const html = globalThis.hubmap.drawing.mark("place", "", PIN_PX);
    const icon = L.divIcon({ html, className: "map-mark is-pin", iconSize: [PIN_PX, PIN_PX], iconAnchor: anchor });
    const pin = L.marker(latlng, { icon, interactive: false, keyboard: false, zIndexOffset: 30_000 }).addTo(map);
    pin.getElement().setAttribute("role", "img");
    pin.getElement().setAttribute("aria-label", label);
    return pin;
  }

  function showMiddle(box, button) {
    const cross = document.createElement("div");
    cross.className = "map-middle";
    cross.setAttribute("aria-hidden", "true");
    box.append(cross);
    const show = (shown) => () => cross.classList.toggle("is-shown", shown);
    for (const event of ["mouseenter", "focus"]) button.addEventListener(event, show(true));
    for (const event of ["mouseleave", "blur"]) button.addEventListener(event, show(false));
    box.addEventListener("keydown", show(true));
    box.addEventListener("blur", show(false));
  }

  function fill(latlng) {
    for (const input of document.querySelectorAll("[data-pin-lon]")) input.value = latlng.lng.toFixed(5);
    for (const input of document.querySelectorAll("[data-pin-lat]")) input.value = latlng.lat.toFixed(5);
    for (const place of document.querySelectorAll("[data-pin-place]")) place.value = "";
  }

  function offer(box, map) {
    const [middle, next, status] = ["middle", "next", "status"].map((part) => box.querySelector(`[data-pin-${part}]`));
    let pin = null;
    const put = (at) => {
      const latlng = at.wrap();
      pin = pinned(latlng, box.dataset.label, map, pin);
      fill(latlng);
      next.hidden = false;
      status.textContent = box.dataset.put;
    };
    /* A ward keeps a click to itself, to say what it is; here the pin goes before, and the words would cover it. */
    let isPutting = false;
    map.on("preclick", ({ latlng, originalEvent }) => {
      if (originalEvent.target.closest(".map-mark")) return;
      isPutting = true;
      setTimeout(() => (isPutting = false));
      put(latlng);
    });
    map.on("popupopen", ({ popup }) => isPutting && map.closePopup(popup));
    middle.addEventListener("click", () => put(map.getCenter()));
    showMiddle(map.getContainer(), middle);
    box.hidden = false;
  }

  document.addEventListener("hubmap:ready", ({ detail }) => {
    const box = document.querySelector("[data-plan-pin]");
    if (box) offer(box, detail.map);
  });
})();
