/* A pin on the map instead of a postcode: a tap, or the middle of the map. It travels by POST when it is sent. */
"use strict";

(() => {
  const PIN_PX = 44;

  function pinned(latlng, label, map, before) {
    before?.remove();
    const drawing = globalThis.hubmap.drawing.mark("place", "", PIN_PX);
    /* The tip of the pin stands on the point. */
    const anchor = [PIN_PX / 2, 0.95 * PIN_PX];
    const icon = L.divIcon({ html: drawing, className: "map-mark is-pin", iconSize: [PIN_PX, PIN_PX], iconAnchor: anchor });
    const pin = L.marker(latlng, { icon, interactive: false, keyboard: false, zIndexOffset: 30_000 }).addTo(map);
    pin.getElement().setAttribute("role", "img");
    pin.getElement().setAttribute("aria-label", label);
    return pin;
  }

  /* While somebody moves the map by keyboard, or is about to use its middle, a cross shows where that is. */
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

  function offerPin(form, map) {
    const [middle, send, status] = ["middle", "send", "status"].map((part) => form.querySelector(`[data-pin-${part}]`));
    let pin = null;
    const put = (at) => {
      const latlng = at.wrap();
      pin = pinned(latlng, form.dataset.label, map, pin);
      form.elements.lon.value = latlng.lng.toFixed(5);
      form.elements.lat.value = latlng.lat.toFixed(5);
      send.hidden = false;
      status.textContent = form.dataset.put;
    };
    map.on("click", ({ latlng }) => put(latlng));
    middle.addEventListener("click", () => put(map.getCenter()));
    showMiddle(map.getContainer(), middle);
    form.hidden = false;
  }

  document.addEventListener("hubmap:ready", ({ detail }) => {
    const form = document.querySelector("form[data-pin]");
    if (form) offerPin(form, detail.map);
  });
})();
