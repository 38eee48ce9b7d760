// What maps draw with: the marks, and labels that keep out of each other's way. Text is only ever appended as text.
"use strict";

(() => {
  const hubmap = (globalThis.hubmap ??= {});
  const SVG = "http://www.w3.org/2000/svg";

  // The paths of static/marks.svg: origin in the middle of a box of 40.
  const SHAPES = {
    "level-1": "M-15 0a15 15 0 1 0 30 0a15 15 0 1 0-30 0z",
    "level-2": "M-13.5-13.5h27v27h-27z",
    "level-3": "M0-18l18 30h-36z",
    "level-4": "M0-18l18 18l-18 18l-18-18z",
    place: "M0 18c-3.5-7-12-12.5-12-22a12 12 0 1 1 24 0c0 9.5-8.5 15-12 22z",
    here:
      "M-18 0a18 18 0 1 0 36 0a18 18 0 1 0-36 0zm4.5 0a13.5 13.5 0 1 1 27 0a13.5 13.5 0 1 1-27 0z" +
      "m7.5 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0z",
  };
  const BOX = 40;

  function svgNode(tag, attributes, ...children) {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }

  function htmlNode(tag, className, ...children) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.append(...children);
    return made;
  }

  // A mark of the sprite with its numeral, as an SVG element `sizePx` wide.
  function mark(shape, numeral, sizePx) {
    const drawn = svgNode("svg", {
      class: `map-shape is-${shape}`,
      viewBox: `${-BOX / 2} ${-BOX / 2} ${BOX} ${BOX}`,
      width: sizePx,
      height: sizePx,
      "aria-hidden": "true",
    });
    drawn.append(svgNode("path", { class: "map-shape-face", d: SHAPES[shape] }));
    if (numeral) drawn.append(svgNode("text", { class: numeral.length > 1 ? "is-long" : "" }, numeral));
    return drawn;
  }

  // A circle with a letter, drawn `offset` pixels from its point and joined to it by a line where that is not 0.
  function circle(radiusPx, letter, offset) {
    const side = 2 * radiusPx;
    const drawn = svgNode("svg", {
      class: "circle",
      viewBox: `${-radiusPx} ${-radiusPx} ${side} ${side}`,
      width: side,
      height: side,
      "aria-hidden": "true",
    });
    if (offset.x || offset.y) {
      drawn.append(svgNode("line", { class: "circle-leader", x1: 0, y1: 0, x2: -offset.x, y2: -offset.y }));
      drawn.append(svgNode("circle", { class: "circle-foot", cx: -offset.x, cy: -offset.y, r: 2.5 }));
    }
    // An edge of the ground's colour around the dark one, which so stands out on dark ground too.
    drawn.append(svgNode("circle", { class: "circle-halo", r: radiusPx }));
    drawn.append(svgNode("circle", { class: "circle-disc", r: radiusPx }));
    const letterPx = Math.min(15, Math.max(9, radiusPx * 1.1));
    if (letter) drawn.append(svgNode("text", { "font-size": letterPx }, letter));
    return drawn;
  }

  // Where circles of the given radii at one point are drawn: around it, none over another. One circle stays there.
  function fanOut(radiiPx) {
    if (radiiPx.length === 1) return [{ x: 0, y: 0 }];
    const step = (2 * Math.PI) / radiiPx.length;
    const widest = Math.max(...radiiPx);
    const reach = widest / Math.sin(step / 2) + 6;
    return radiiPx.map((_, turn) => ({
      x: Math.round(-reach * Math.cos(turn * step)),
      y: Math.round(-reach * Math.sin(turn * step)),
    }));
  }

  // Hatching for "no data"; the style sheet fills with it by its id.
  function hatching() {
    const pattern = svgNode("pattern", {
      id: "map-no-data",
      width: 8,
      height: 8,
      patternUnits: "userSpaceOnUse",
      patternTransform: "rotate(45)",
    });
    pattern.append(svgNode("rect", { class: "hatch-ground", width: 8, height: 8 }));
    pattern.append(svgNode("rect", { class: "hatch-line", width: 2, height: 8 }));
    return svgNode("svg", { class: "map-patterns", "aria-hidden": "true", width: 0, height: 0 }, pattern);
  }

  // Which way from the middle of an area a label is tried: north, then round to the west, as steps of lon and lat.
  const WAYS = [[0, 1], [0.4, 0.9], [-0.4, 0.9], [1, 0], [-1, 0], [0, -1], [0.4, -0.9], [-0.4, -0.9]];
  const NUDGES_PX = [[0, 0], [0, 14], [0, -14], [14, 0], [-14, 0], [0, 28], [0, -28], [28, 0], [-28, 0]];

  // Labels in order of importance: each is shown at the first of its places that is free, or not at all.
  class Labels {
    // `marks` gives the boxes to keep clear of, [left, top, right, bottom] in pixels of the map's layer.
    constructor(map, marks) {
      this.map = map;
      this.marks = marks;
      this.pane = map.createPane("map-labels");
      this.pane.setAttribute("aria-hidden", "true");
      this.labels = [];
      map.on("zoom viewreset moveend", () => this.place());
    }

    // A label stands beside its point, `asidePx` away, or inside the polygon `within`, or on one of the points `along`
    // a line, or is not shown. Labels choose in the order in which they were added, but for one that is to be first.
    add(latlng, text, className, { within = null, along = null, asidePx = 9, first = false } = {}) {
      const element = htmlNode("span", `map-label ${className}`, text);
      this.pane.append(element);
      this.labels[first ? "unshift" : "push"]({ latlng, element, within, along, asidePx });
    }

    place() {
      const taken = [...this.marks(), ...this.controls()];
      const { min, max } = this.map.getPixelBounds();
      const origin = this.map.getPixelOrigin();
      const seen = [min.x - origin.x, min.y - origin.y, max.x - origin.x, max.y - origin.y];
      const isFree = (box) => isInside(box, seen) && !taken.some((other) => overlap(box, other));
      // Measure everything before moving anything, so that the browser lays the labels out once.
      const sizes = this.labels.map(({ element }) => [element.offsetWidth, element.offsetHeight]);
      this.labels.forEach((label, i) => {
        const box = this.candidates(label, ...sizes[i]).find(isFree);
        label.element.classList.toggle("is-shown", Boolean(box));
        if (!box) return;
        taken.push(box);
        L.DomUtil.setPosition(label.element, L.point(box[0], box[1]));
      });
    }

    candidates({ latlng, within, along, asidePx }, width, height) {
      const at = this.map.latLngToLayerPoint(latlng);
      const boxAt = (x, y) => [x, y, x + width, y + height];
      if (along) {
        const points = along.map((point) => this.map.latLngToLayerPoint(point));
        return points.map(({ x, y }) => boxAt(x - width / 2, y - height / 2));
      }
      if (!within) {
        return [
          boxAt(at.x + asidePx, at.y - height / 2),
          boxAt(at.x - asidePx - width, at.y - height / 2),
          boxAt(at.x - width / 2, at.y - asidePx - height),
          boxAt(at.x - width / 2, at.y + asidePx),
        ];
      }
      const isHeld = ([left, top, right, bottom]) =>
        [left, right].every((x) =>
          [top + height / 4, bottom - height / 4].every((y) => holds(within, this.map.layerPointToLatLng([x, y]))),
        );
      return NUDGES_PX.map(([x, y]) => boxAt(at.x - width / 2 + x, at.y - height / 2 + y)).filter(isHeld);
    }

    // The boxes of the buttons and the scale.
    controls() {
      const frame = this.map.getContainer().getBoundingClientRect();
      return [...this.map.getContainer().querySelectorAll(".leaflet-control")].map((control) => {
        const { left, top, right, bottom } = control.getBoundingClientRect();
        const a = this.map.containerPointToLayerPoint([left - frame.left, top - frame.top]);
        const b = this.map.containerPointToLayerPoint([right - frame.left, bottom - frame.top]);
        return [a.x, a.y, b.x, b.y];
      });
    }
  }

  function isInside(box, outer) {
    return box[0] >= outer[0] && box[1] >= outer[1] && box[2] <= outer[2] && box[3] <= outer[3];
  }

  function overlap(a, b) {
    return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
  }

  function partsOf(geometry) {
    return geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  }

  // Whether a position lies inside an area: a ray from it crosses the rings an odd number of times.
  function holds(geometry, { lng, lat }) {
    let crossings = 0;
    for (const ring of partsOf(geometry).flat()) {
      for (let i = 1; i < ring.length; i += 1) {
        const [[x0, y0], [x1, y1]] = [ring[i - 1], ring[i]];
        if (y0 > lat !== y1 > lat && lng < x0 + ((lat - y0) / (y1 - y0)) * (x1 - x0)) crossings += 1;
      }
    }
    return crossings % 2 === 1;
  }

  // The points of an area's edge that lie furthest out each way, north first, as [lon, lat].
  function outermost(geometry) {
    const points = partsOf(geometry).flatMap(([ring]) => ring);
    const squeeze = Math.cos((points[0][1] * Math.PI) / 180);
    return WAYS.map(([x, y]) => {
      const far = ([lon, lat]) => x * lon * squeeze + y * lat;
      return points.reduce((best, next) => (far(next) > far(best) ? next : best));
    });
  }

  // The edges of areas that meet, each once, as lines: one that two areas drew would fill the gaps of its own dashes.
  function edges(features) {
    const seen = new Set();
    const lines = [];
    for (const ring of features.flatMap(({ geometry }) => partsOf(geometry).flat())) {
      let line = [];
      ring.slice(1).forEach((end, i) => {
        const key = [ring[i].join(), end.join()].sort().join(" ");
        if (seen.has(key)) line = [];
        else if (line.length) line.push(end);
        else lines.push((line = [ring[i], end]));
        seen.add(key);
      });
    }
    return lines;
  }

  // The middle of an area's largest part: the centroid of its outer ring, as [lon, lat].
  function middle(geometry) {
    const measured = partsOf(geometry).map(([ring]) => centroid(ring));
    const largest = measured.reduce((best, next) => (next.area > best.area ? next : best));
    return [largest.lon, largest.lat];
  }

  function centroid(ring) {
    let [sum, lon, lat] = [0, 0, 0];
    for (let i = 1; i < ring.length; i += 1) {
      const [[x0, y0], [x1, y1]] = [ring[i - 1], ring[i]];
      const cross = (x0 - ring[0][0]) * (y1 - ring[0][1]) - (x1 - ring[0][0]) * (y0 - ring[0][1]);
      sum += cross;
      lon += (ring[0][0] + x0 + x1) * cross;
      lat += (ring[0][1] + y0 + y1) * cross;
    }
    return { area: Math.abs(sum), lon: lon / (3 * sum), lat: lat / (3 * sum) };
  }

  hubmap.drawing = { mark, circle, fanOut, hatching, htmlNode, edges, middle, outermost, Labels };
})();
