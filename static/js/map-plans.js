// The hubs of a scenario: those of the layer that the page lists, and those that only the page knows, which says
// where they are with data-at="lon,lat", and data-level and data-name. What becomes of a hub is said by its badge
// (data-badge) and its outline (data-state). Places that the page lists with data-at are dots.
"use strict";

(() => {
  const hubmap = (globalThis.hubmap ??= {});
  hubmap.styles ??= {};
  const BADGE_PX = 18;
  const CHANGED_ABOVE = 8000;

  function pointAt(text) {
    const lonLat = (text ?? "").split(",").map(Number);
    return lonLat.length === 2 && lonLat.every(Number.isFinite) ? lonLat : null;
  }

  const pointOf = (id, at, properties) => ({ id, properties, geometry: { type: "Point", coordinates: at } });

  // The mark, and its badge at its upper right corner.
  function drawing(level, badge, sizePx) {
    const { htmlNode, mark } = hubmap.drawing;
    const drawn = htmlNode("span", "plan-mark", mark(`level-${level}`, String(level), sizePx));
    if (badge) drawn.append(htmlNode("span", "plan-badge", badge));
    return drawn;
  }

  // Where a hub that moves is today, and the way to where it would be.
  function way(view, from, to) {
    const [here, there] = [from, to].map(([lon, lat]) => L.latLng(lat, lon));
    const look = { pane: "dots", interactive: false };
    L.polyline([here, there], { ...look, className: "plan-way" }).addTo(view.map);
    L.circleMarker(here, { ...look, radius: 5, className: "plan-way is-left" }).addTo(view.map);
  }

  function planned(view, layer, id, said, known) {
    const at = pointAt(said.at) ?? known?.geometry.coordinates;
    if (!at) return;
    const { level = String(known?.properties.level), name = known?.properties.name ?? "", state = "", badge = "" } = said;
    if (known && said.at) way(view, known.geometry.coordinates, at);
    const { addMark, markPx, targetPx, above } = hubmap.marking;
    const mark = addMark(view, layer, pointOf(id, at, { name, level }), {
      drawing: drawing(level, badge, markPx),
      look: `is-hub${state ? ` is-planned is-${state}` : ""}`,
      title: `${name}, level ${level} hub`,
      sidePx: targetPx,
      clearPx: (markPx + BADGE_PX) / 2,
      above: above.hubs + (state ? CHANGED_ABOVE : 0) - Number(level),
    });
    view.apart.add(mark, markPx);
  }

  function plans(view, layer, features) {
    const known = new Map(features.map((feature) => [String(feature.id), feature]));
    for (const [key, said] of view.page) {
      const cut = key.indexOf(":");
      const [kind, id] = [key.slice(0, cut), key.slice(cut + 1)];
      if (kind === layer) planned(view, layer, id, said, known.get(id));
      const at = kind === "places" && pointAt(said.at);
      if (at) hubmap.styles.dots(view, kind, [pointOf(id, at, { name: said.name ?? "" })]);
    }
  }

  hubmap.styles.plans = plans;
})();
