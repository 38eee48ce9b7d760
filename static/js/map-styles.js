// How each style draws the features of a layer. A style is called with the page's map, the layer's name and features.
"use strict";

(() => {
  const hubmap = (globalThis.hubmap ??= {});
  // Added to a mark's distance from the top, which is what Leaflet stacks marks by.
  const ABOVE = { here: -20_000, circles: 0, hubs: 10_000, pins: 20_000 };
  const TARGET_PX = 44;
  const NARROW = globalThis.matchMedia("(max-width: 40rem)").matches;
  const MARK_PX = NARROW ? 29 : 34;
  const SMALL_MARK_PX = NARROW ? 22 : 26;
  const HERE_PX = 52;
  const DOT_RADIUS_PX = 5;
  const STATION_RADIUS_PX = 4;
  const UNKNOWN_RADIUS_PX = 6;
  const LETTER_RADIUS_PX = 9;
  const LEVELS = 4;
  const NOWHERE = { x: 0, y: 0 };

  function latLngOf(feature) {
    const [lon, lat] = feature.geometry.coordinates;
    return L.latLng(lat, lon);
  }

  function addShape(view, feature, pane, className, interactive = false, smoothFactor = 1) {
    return L.GeoJSON.geometryToLayer(feature, { pane, interactive, className, smoothFactor }).addTo(view.map);
  }

  // ---- the ground ----

  function ground(view, layer, features) {
    for (const feature of features) addShape(view, feature, layer, `ground-${layer}`);
  }

  function stations(view, layer, features) {
    for (const feature of features) {
      const latlng = latLngOf(feature);
      const look = { pane: layer, interactive: false, radius: STATION_RADIUS_PX, className: "ground-station" };
      L.circleMarker(latlng, look).addTo(view.map);
      view.keepClear(latlng, STATION_RADIUS_PX);
      view.labels.add(latlng, feature.properties.name.replace(/ station$/i, ""), "is-station");
    }
  }

  // ---- areas: drawn twice, so that the lower copies show as one outline around all of them ----

  function drawAreas(view, layer, features, { className, interactive }) {
    for (const feature of features) addShape(view, feature, "casing", "area-casing");
    return features.map((feature) => {
      const look = `class-${view.said(layer, feature).class ?? "plain"}`;
      const path = addShape(view, feature, "areas", `${className} ${look}`, interactive);
      const [lon, lat] = hubmap.drawing.middle(feature.geometry);
      const label = `is-area ${interactive ? look : "is-quiet"}`;
      const { figure = "" } = view.said(layer, feature);
      view.labels.add(L.latLng(lat, lon), `${feature.properties.name} ${figure}`.trim(), label, { within: feature.geometry });
      view.extend(path.getBounds());
      if ("selected" in view.said(layer, feature)) outline(view, feature, "is-selected");
      return { feature, path, element: path.getElement() };
    });
  }

  function outlines(view, layer, features) {
    for (const area of drawAreas(view, layer, features, { className: "ward", interactive: false })) {
      view.keepMark(layer, area.feature, area);
    }
  }

  function areas(view, layer, features) {
    for (const area of drawAreas(view, layer, features, { className: "area", interactive: true })) {
      area.element.setAttribute("tabindex", "0");
      area.element.setAttribute("role", "button");
      area.element.addEventListener("focus", () => view.panIntoView(area.path.getBounds()));
      view.connectMark(layer, area.feature, { ...area, title: area.feature.properties.name });
    }
  }

  // An outline of its own, so that an area can stand out without moving in the order of the keyboard.
  function outline(view, feature, className) {
    const halo = addShape(view, feature, "lit", `area-halo ${className}`);
    return [halo, addShape(view, feature, "lit", `area-edge ${className}`)];
  }

  // ---- how far one can walk to a hub: areas that lie in each other, each with its minutes on its edge ----

  function rings(view, layer, features) {
    const widestFirst = [...features].sort((a, b) => b.properties.minutes - a.properties.minutes);
    widestFirst.forEach((feature, i) => {
      const { minutes } = feature.properties;
      const path = addShape(view, feature, "reach", `ring is-${widestFirst.length - i}`, false, 0);
      const { label = `${minutes} min` } = view.said(layer, feature);
      const along = hubmap.drawing.outermost(feature.geometry).map(([lon, lat]) => L.latLng(lat, lon));
      view.labels.add(along[0], label, "is-ring", { along, first: true });
      view.keepMark(layer, feature, { feature, path, element: path.getElement() });
      view.framed ??= path.getBounds();
    });
  }

  // ---- the modelled areas of networks: a tint where no ward is coloured below, and a broken edge ----

  function territories(view, layer, features) {
    for (const feature of features) {
      const { name, letter } = feature.properties;
      const look = groupLook(view.said(layer, feature).group ?? letter);
      const path = addShape(view, feature, layer, `territory ${look}`);
      view.keepMark(layer, feature, { feature, path, element: path.getElement() });
      const [lon, lat] = hubmap.drawing.middle(feature.geometry);
      view.labels.add(L.latLng(lat, lon), `${letter} ${name}`, "is-network", { within: feature.geometry, first: true });
    }
    const edges = { type: "Feature", geometry: { type: "MultiLineString", coordinates: hubmap.drawing.edges(features) } };
    for (const className of ["territory-halo", "territory-edge"]) addShape(view, edges, layer, className);
  }

  const LETTER = /^[A-F]$/;

  function groupLook(group) {
    return `group-${LETTER.test(group) ? group.toLowerCase() : "none"}`;
  }

  // ---- marks ----

  function addMark(view, layer, feature, { drawing, look, title, sidePx, clearPx, above, at = NOWHERE, tabbable = true }) {
    const icon = L.divIcon({
      html: drawing,
      className: `map-mark ${look}`,
      iconSize: [sidePx, sidePx],
      iconAnchor: [sidePx / 2 - at.x, sidePx / 2 - at.y],
      tooltipAnchor: [at.x, at.y - sidePx / 2],
      popupAnchor: [at.x, at.y - clearPx],
    });
    const latlng = latLngOf(feature);
    const path = L.marker(latlng, { icon, keyboard: tabbable, zIndexOffset: above }).addTo(view.map);
    view.keepClear(path, clearPx, at);
    const element = path.getElement();
    element.classList.toggle("is-selected", view.isSelected(layer, feature));
    view.connectMark(layer, feature, { feature, path, element, title, above });
    return path;
  }

  function marks(view, layer, features) {
    const sizePx = ["pcn", "overlay"].includes(view.kind) ? SMALL_MARK_PX : MARK_PX;
    for (const feature of features) {
      const { level, name } = feature.properties;
      const numeral = view.said(layer, feature).number ?? String(level);
      const mark = addMark(view, layer, feature, {
        drawing: hubmap.drawing.mark(`level-${level}`, numeral, sizePx),
        look: "is-hub",
        title: `${name}, level ${level} hub`,
        sidePx: TARGET_PX,
        clearPx: sizePx / 2,
        above: ABOVE.hubs + 1000 * (LEVELS - level),
      });
      view.apart.add(mark, sizePx);
    }
  }

  // Practices at one point are fanned out around it. The area of a circle is the list of patients: its radius in
  // pixels is the page's scale times the root of the patients, and the page draws its legend by the same scale.
  function circles(view, layer, features) {
    const bySpot = new Map();
    for (const feature of features) {
      const spot = feature.geometry.coordinates.join();
      bySpot.set(spot, [...(bySpot.get(spot) ?? []), feature]);
    }
    for (const together of bySpot.values()) {
      const patients = together.map((feature) => Number(view.said(layer, feature).size ?? 0));
      const radiiPx = patients.map((count) => view.sizeScale * Math.sqrt(count) || UNKNOWN_RADIUS_PX);
      const places = hubmap.drawing.fanOut(radiiPx);
      together.forEach((feature, i) => addCircle(view, layer, feature, { radiusPx: radiiPx[i], at: places[i] }));
    }
  }

  function addCircle(view, layer, feature, { radiusPx, at }) {
    const { size, group = feature.properties.letter, elements, ...said } = view.said(layer, feature);
    // What the page does not count, or says nothing of, is another network's; without a list of its own is another thing.
    const without = "other" in said || elements.length === 0 ? " is-other" : " is-unknown";
    const letter = LETTER.test(group) ? group : "";
    if (size && letter) view.apart.keepReadable(latLngOf(feature), LETTER_RADIUS_PX, [at.x, at.y]);
    addMark(view, layer, feature, {
      drawing: hubmap.drawing.circle(radiusPx, size ? letter : "", at),
      look: `is-circle ${groupLook(group)}${size ? "" : without}`,
      title: feature.properties.name,
      sidePx: 2 * radiusPx,
      clearPx: radiusPx,
      // Small circles stand on large ones.
      above: ABOVE.circles - Math.round(10 * radiusPx),
      at,
    });
  }

  // Places are many, and the list is the way to them by keyboard: dots, or pins where the page numbers them.
  function dots(view, layer, features) {
    for (const feature of features) {
      const { number } = view.said(layer, feature);
      if (number === undefined) addDot(view, layer, feature);
      else addPin(view, layer, feature, number);
    }
  }

  function addDot(view, layer, feature) {
    const look = { pane: "dots", radius: DOT_RADIUS_PX, className: "dot" };
    const path = L.circleMarker(latLngOf(feature), look).addTo(view.map);
    view.connectMark(layer, feature, { feature, path, element: path.getElement(), title: feature.properties.name });
  }

  function addPin(view, layer, feature, number) {
    addMark(view, layer, feature, {
      drawing: hubmap.drawing.mark("place", number, MARK_PX),
      look: "is-place",
      title: feature.properties.name,
      sidePx: MARK_PX,
      clearPx: MARK_PX / 2,
      above: ABOVE.pins,
      // The tip of the pin stands on the place.
      at: { x: 0, y: -0.45 * MARK_PX },
      tabbable: false,
    });
  }

  // A ring around where somebody is, wide enough to show a hub's mark inside it.
  function here(view, [lon, lat], label) {
    const latlng = L.latLng(lat, lon);
    const drawing = hubmap.drawing.mark("here", "", HERE_PX);
    const icon = L.divIcon({ html: drawing, className: "map-mark is-here", iconSize: [HERE_PX, HERE_PX] });
    const look = { icon, interactive: false, keyboard: false, zIndexOffset: ABOVE.here };
    const element = L.marker(latlng, look).addTo(view.map).getElement();
    element.setAttribute("role", "img");
    element.setAttribute("aria-label", label);
    view.labels.add(latlng, label, "is-here", { asidePx: HERE_PX / 2 + 2, first: true });
    view.keepClear(latlng, HERE_PX / 2);
  }

  hubmap.styles ??= {};
  Object.assign(hubmap.styles, { ground, stations, outlines, areas, rings, territories, marks, circles, dots, here, outline });
  hubmap.marking = { addMark, markPx: MARK_PX, targetPx: TARGET_PX, above: ABOVE };
})();
