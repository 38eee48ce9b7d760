// Keeps marks from covering each other: at every zoom those that are too close stand apart, and a line leads from
// each that moved to the point where it belongs.
"use strict";

(() => {
  const hubmap = (globalThis.hubmap ??= {});
  const ROUNDS = 60;
  // The share of two marks' sizes that lies between their middles: corners may touch.
  const SHARE = 0.95;
  const WORTH_A_LINE_PX = 4;
  const PANE = "leads";
  const PANE_ABOVE = 395;
  const TRUTH_RADIUS_PX = 2.5;

  // Where marks go that are at the given points, each with half its side: as near to them as there is room.
  function spread(places, radii) {
    const at = places.map(({ x, y }) => ({ x, y }));
    for (let round = 0, moved = true; moved && round < ROUNDS; round += 1) {
      moved = false;
      for (let i = 0; i < at.length; i += 1) {
        for (let j = i + 1; j < at.length; j += 1) moved = part(at[i], at[j], SHARE * (radii[i] + radii[j]), i + j) || moved;
      }
    }
    return at;
  }

  // Push two points apart, half the way each; those at one point part in a direction of their own.
  function part(one, other, least, turn) {
    const [x, y] = [other.x - one.x, other.y - one.y];
    const apart = Math.hypot(x, y);
    if (apart > least - 0.5) return false;
    const [east, south] = apart < 0.5 ? [Math.cos(turn), Math.sin(turn)] : [x / apart, y / apart];
    const step = (least - apart) / 2;
    one.x -= step * east;
    one.y -= step * south;
    other.x += step * east;
    other.y += step * south;
    return true;
  }

  class Apart {
    constructor(map) {
      this.map = map;
      this.marks = [];
      this.leads = L.layerGroup().addTo(map);
      map.createPane(PANE).style.zIndex = PANE_ABOVE;
      map.on("zoomend", () => this.place());
    }

    add(marker, sidePx) {
      this.marks.push({ marker, truth: marker.getLatLng(), radiusPx: sidePx / 2 });
    }

    place() {
      const { map, marks, leads } = this;
      leads.clearLayers();
      const places = marks.map(({ truth }) => map.latLngToLayerPoint(truth));
      const radii = marks.map(({ radiusPx }) => radiusPx);
      spread(places, radii).forEach((point, i) => {
        const { marker, truth } = marks[i];
        const moved = Math.hypot(point.x - places[i].x, point.y - places[i].y) > WORTH_A_LINE_PX;
        const at = moved ? map.layerPointToLatLng(L.point(point.x, point.y)) : truth;
        marker.setLatLng(at);
        if (moved) this.lead(truth, at);
      });
    }

    lead(truth, at) {
      const look = { pane: PANE, interactive: false };
      L.polyline([truth, at], { ...look, className: "map-lead" }).addTo(this.leads);
      L.circleMarker(truth, { ...look, radius: TRUTH_RADIUS_PX, className: "map-lead is-truth" }).addTo(this.leads);
    }
  }

  hubmap.Apart = Apart;
  hubmap.spread = spread;
})();
