// Keeps marks from covering each other: at every zoom those that are too close stand apart, and a line leads from
// each that moved to the point where it belongs. Letters, which do not move, are kept clear of too.
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

  // Where marks go that are at the given points, each with half its side: as near to them as there is room. Only the
  // first `movable` of them go.
  function spread(places, radii, movable = places.length) {
    const at = places.map(({ x, y }) => ({ x, y }));
    for (let round = 0, moved = true; moved && round < ROUNDS; round += 1) {
      moved = false;
      for (let i = 0; i < movable; i += 1) {
        for (let j = i + 1; j < at.length; j += 1) {
          const least = SHARE * (radii[i] + radii[j]);
          moved = part(at[i], at[j], least, i + j, j < movable ? 0.5 : 0) || moved;
        }
      }
    }
    return at;
  }

  // Push two points apart, the other by its share of the way; those at one point part in a direction of their own.
  function part(one, other, least, turn, share) {
    const [x, y] = [other.x - one.x, other.y - one.y];
    const apart = Math.hypot(x, y);
    if (apart > least - 0.5) return false;
    const [east, south] = apart < 0.5 ? [Math.cos(turn), Math.sin(turn)] : [x / apart, y / apart];
    const way = least - apart;
    one.x -= (1 - share) * way * east;
    one.y -= (1 - share) * way * south;
    other.x += share * way * east;
    other.y += share * way * south;
    return true;
  }

  class Apart {
    constructor(map) {
      this.map = map;
      this.marks = [];
      this.letters = [];
      this.leads = L.layerGroup().addTo(map);
      map.createPane(PANE).style.zIndex = PANE_ABOVE;
      map.on("zoomend", () => this.place());
    }

    add(marker, sidePx) {
      this.marks.push({ marker, truth: marker.getLatLng(), radiusPx: sidePx / 2 });
    }

    // A letter that marks have to leave readable, `offset` pixels from its point.
    keepReadable(latlng, radiusPx, offset) {
      this.letters.push({ truth: latlng, radiusPx, offset });
    }

    place() {
      const { map, marks, leads } = this;
      leads.clearLayers();
      const all = [...marks, ...this.letters];
      const places = all.map(({ truth, offset = [0, 0] }) => map.latLngToLayerPoint(truth).add(offset));
      const radii = all.map(({ radiusPx }) => radiusPx);
      spread(places, radii, marks.length).slice(0, marks.length).forEach((point, i) => {
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
