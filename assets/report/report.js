// SPDX-License-Identifier: Apache-2.0
// Draws the plots of a report: curves as SVG, maps on a canvas. No library, no network.
"use strict";
(() => {
  const plots = JSON.parse(document.getElementById("plots-data").textContent);
  const words = JSON.parse(document.getElementById("plots-words").textContent);
  const svgNamespace = "http://www.w3.org/2000/svg";

  function element(name, attributes = {}, text = null) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    if (text !== null) node.textContent = text;
    return node;
  }
  function shape(name, attributes = {}, text = null) {
    const node = document.createElementNS(svgNamespace, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    if (text !== null) node.textContent = text;
    return node;
  }

  // ---- Numbers and units

  const prefixes = {"-15": "f", "-12": "p", "-9": "n", "-6": "µ", "-3": "m", "0": "", "3": "k", "6": "M", "9": "G", "12": "T", "15": "P"};
  const plainUnits = /^(m|s|Hz|V|A|W|J|N|Pa|T|F|H|C|S|V\/m|A\/m|W\/m|J\/m|V\/s|W\/m2|W\/m\^2|m\/s)$/;

  // The factor and unit that leave numbers of size `largest` between 1 and 1000; units that take no prefix stay.
  function readable(largest, unit) {
    if (!(largest > 0) || !plainUnits.test(unit)) return {factor: 1, unit: pretty(unit)};
    const power = Math.max(-15, Math.min(15, 3 * Math.floor(Math.log10(largest) / 3 + 1e-9)));
    return {factor: 10 ** -power, unit: prefixes[power] + pretty(unit)};
  }
  // "W/m2" and "m^-1" as print has them.
  function pretty(unit) {
    return unit.replace(/\^?(-?\d+)/g, (match, power) => unit === "1" ? "" : [...power].map((c) => c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(c)]).join(""))
      .replace(/(^|[^a-zA-Z])u(?=[a-zA-Z])/g, "$1µ").replace(/([a-zA-Z]?)ohm/g, "$1Ω").replace(/^deg$/, "°");
  }
  function withUnit(name, unit) { return unit ? `${name} (${unit})` : name; }
  function number(value, digits = 5) {
    if (!Number.isFinite(value)) return "–";
    if (value === 0) return "0";
    const size = Math.abs(value);
    if (size >= 1e5 || size < 1e-3) {
      const [mantissa, power] = value.toExponential(digits - 1).split("e");
      const raised = [...String(Number(power))].map((c) => c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(c)]).join("");
      return `${String(Number(mantissa)).replace("-", "−")}·10${raised}`;
    }
    return String(Number(value.toPrecision(digits))).replace("-", "−");
  }
  // Round numbers from lower to upper, about `count` of them.
  function ticks(lower, upper, count) {
    const raw = (upper - lower) / count, power = 10 ** Math.floor(Math.log10(raw));
    const step = [1, 2, 2.5, 5, 10].find((s) => s * power >= raw * 0.999) * power;
    const list = [];
    for (let i = Math.ceil(lower / step - 1e-9); i * step <= upper + 1e-9 * step; ++i) list.push(i * step);
    return list;
  }
  function limitsOf(values, isLog) {
    let lower = Infinity, upper = -Infinity;
    for (const v of values) if (v !== null && Number.isFinite(v) && (!isLog || v > 0)) { if (v < lower) lower = v; if (v > upper) upper = v; }
    return [lower, upper];
  }

  // ---- Curves

  const width = 760, height = 380, left = 78, right = 18, top = 14, bottom = 52;

  function linePlot(plot, host) {
    const isSmall = window.matchMedia("(max-width: 40rem)").matches;
    const margin = isSmall ? {left: 110, right: 24, top: 16, bottom: 84} : {left, right, top, bottom};
    const tall = isSmall ? 520 : height;
    const inner = {w: width - margin.left - margin.right, h: tall - margin.top - margin.bottom};
    const xScale = readable(Math.max(...limitsOf(plot.x.values.map(Math.abs), false).map((v) => v || 0)), plot.x.unit);
    const all = plot.lines.flatMap((line) => line.values);
    const yScale = readable(limitsOf(all.map((v) => v === null ? null : Math.abs(v)), false)[1], plot.unit);
    const xs = plot.x.values.map((v) => v * xScale.factor);
    const lines = plot.lines.map((line) => ({name: line.name, values: line.values.map((v) => v === null ? NaN : v * yScale.factor)}));
    const canLog = all.some((v) => v > 0) && all.every((v) => v === null || v >= 0);

    const full = limitsOf(xs, false);
    let window_ = full, isLog = false, cursor = -1;

    const head = element("div", {class: "plot-head"});
    head.append(element("h3", {}, plot.title));
    const tools = element("div", {class: "tools"});
    if (canLog) {
      const label = element("label"), box = element("input", {type: "checkbox"});
      box.addEventListener("change", () => { isLog = box.checked; draw(); });
      label.append(box, words.logScale);
      tools.append(label);
    }
    const reset = element("button", {type: "button"}, words.reset);
    reset.addEventListener("click", () => { window_ = full; draw(); });
    reset.hidden = true;
    tools.append(reset);
    head.append(tools);
    const readout = element("div", {class: "readout", "aria-live": "polite"});
    const svg = shape("svg", {viewBox: `0 0 ${width} ${tall}`, role: "img", tabindex: "0",
      "aria-label": `${plot.title}: ${withUnit(plot.label, yScale.unit)} / ${withUnit(plot.x.name, xScale.unit)}. ${words.keys}`});
    host.append(head, svg, readout);
    if (lines.length > 1) {
      const legend = element("ul", {class: "legend"});
      lines.forEach((line, k) => {
        const item = element("li"), mark = element("i");
        mark.style.borderColor = `var(--series-${k % 8 + 1})`;
        item.append(mark, line.name);
        legend.append(item);
      });
      host.append(legend);
    }

    const transform = (y) => isLog ? Math.log10(y) : y;
    let toX, toY, cursorLayer;
    function draw() {
      svg.replaceChildren();
      reset.hidden = window_ === full;
      const inside = [];
      xs.forEach((x, i) => { if (x >= window_[0] && x <= window_[1]) lines.forEach((line) => inside.push(line.values[i])); });
      let [lower, upper] = limitsOf(inside, isLog);
      if (!(upper >= lower)) [lower, upper] = isLog ? [1, 10] : [0, 1];
      if (isLog) lower = Math.max(lower, upper * 1e-12);
      let yLow = transform(lower), yHigh = transform(upper);
      if (yHigh === yLow) { yLow -= 0.5 * (Math.abs(yLow) || 1); yHigh += 0.5 * (Math.abs(yHigh) || 1); }
      const pad = 0.05 * (yHigh - yLow);
      yLow -= pad; yHigh += pad;
      const span = window_[1] - window_[0] || 1;
      toX = (x) => margin.left + (x - window_[0]) / span * inner.w;
      toY = (y) => margin.top + (1 - (transform(y) - yLow) / (yHigh - yLow)) * inner.h;

      const clip = `clip-${plot.index}`;
      const definition = shape("clipPath", {id: clip});
      definition.append(shape("rect", {x: margin.left, y: margin.top, width: inner.w, height: inner.h}));
      svg.append(definition);
      const xTicks = ticks(window_[0], window_[0] + span, isSmall ? 4 : 8);
      for (const t of xTicks) {
        svg.append(shape("line", {class: "grid", x1: toX(t), x2: toX(t), y1: margin.top, y2: margin.top + inner.h}));
        svg.append(shape("text", {x: toX(t), y: margin.top + inner.h + (isSmall ? 26 : 18), "text-anchor": "middle"}, number(t)));
      }
      let yTicks = isLog ? [] : ticks(yLow, yHigh, 5).map((t) => [t, number(t)]);
      if (isLog) {
        const step = Math.max(1, Math.ceil((yHigh - yLow) / 7));
        for (let p = Math.ceil(yLow); p <= yHigh; p += step) yTicks.push([10 ** p, number(10 ** p)]);
        if (yTicks.length < 2) yTicks = ticks(lower, upper, 4).filter((t) => t > 0).map((t) => [t, number(t)]);
      }
      for (const [t, text] of yTicks) {
        const y = toY(t);
        svg.append(shape("line", {class: "grid", x1: margin.left, x2: margin.left + inner.w, y1: y, y2: y}));
        svg.append(shape("text", {x: margin.left - 7, y: y + (isSmall ? 7 : 4), "text-anchor": "end"}, text));
      }
      svg.append(shape("text", {x: margin.left + inner.w / 2, y: tall - (isSmall ? 16 : 10), "text-anchor": "middle"}, withUnit(plot.x.name, xScale.unit)));
      const middle = margin.top + inner.h / 2, away = isSmall ? 22 : 14;
      svg.append(shape("text", {x: away, y: middle, "text-anchor": "middle", transform: `rotate(-90 ${away} ${middle})`}, withUnit(plot.label, yScale.unit)));
      svg.append(shape("rect", {class: "frame", x: margin.left, y: margin.top, width: inner.w, height: inner.h}));
      lines.forEach((line, k) => {
        let path = "", isPen = false;
        xs.forEach((x, i) => {
          const y = line.values[i];
          if (!Number.isFinite(y) || (isLog && y <= 0)) { isPen = false; return; }
          path += `${isPen ? "L" : "M"}${toX(x).toFixed(2)} ${toY(y).toFixed(2)}`;
          isPen = true;
        });
        const curve = shape("path", {class: "curve", d: path, "clip-path": `url(#${clip})`});
        curve.style.stroke = `var(--series-${k % 8 + 1})`;
        svg.append(curve);
      });
      cursorLayer = shape("g");
      svg.append(cursorLayer);
      showCursor();
    }

    function showCursor(start = null, end = null) {
      cursorLayer.replaceChildren();
      if (start !== null) cursorLayer.append(shape("rect", {class: "selection", x: Math.min(start, end), y: margin.top, width: Math.abs(end - start), height: inner.h}));
      if (cursor < 0 || xs[cursor] < window_[0] || xs[cursor] > window_[1]) { readout.textContent = ""; return; }
      const x = toX(xs[cursor]);
      cursorLayer.append(shape("line", {class: "cursor", x1: x, x2: x, y1: margin.top, y2: margin.top + inner.h}));
      const parts = [`${plot.x.name} ${number(xs[cursor], 6)} ${xScale.unit}`];
      lines.forEach((line, k) => {
        const y = line.values[cursor];
        if (!Number.isFinite(y)) return;
        if (!isLog || y > 0) {
          const dot = shape("circle", {cx: x, cy: toY(y), r: 4});
          dot.style.fill = `var(--series-${k % 8 + 1})`;
          cursorLayer.append(dot);
        }
        parts.push(`${lines.length > 1 ? line.name : plot.label} ${number(y, 6)} ${yScale.unit}`);
      });
      readout.textContent = parts.join("   ·   ");
    }
    function positionOf(event) {
      const box = svg.getBoundingClientRect();
      const x = (event.clientX - box.left) / box.width * width;
      return Math.max(margin.left, Math.min(margin.left + inner.w, x));
    }
    const valueAt = (x) => window_[0] + (x - margin.left) / inner.w * (window_[1] - window_[0]);
    function nearest(value) {
      let low = 0, high = xs.length - 1;
      while (high - low > 1) { const m = (low + high) >> 1; if (xs[m] < value) low = m; else high = m; }
      return Math.abs(xs[low] - value) < Math.abs(xs[high] - value) ? low : high;
    }
    let start = null;
    svg.addEventListener("pointerdown", (event) => { if (event.pointerType === "mouse") start = positionOf(event); });
    svg.addEventListener("pointermove", (event) => {
      const x = positionOf(event);
      cursor = nearest(valueAt(x));
      if (start !== null) showCursor(start, x); else showCursor();
    });
    window.addEventListener("pointerup", (event) => {
      if (start === null) return;
      const end = positionOf(event);
      if (Math.abs(end - start) > 8) { window_ = [valueAt(Math.min(start, end)), valueAt(Math.max(start, end))]; draw(); }
      start = null;
      showCursor();
    });
    svg.addEventListener("pointerleave", () => { if (start === null) { cursor = -1; showCursor(); } });
    svg.addEventListener("dblclick", () => { window_ = full; draw(); });
    function zoom(factor, about) {
      const lower = Math.max(full[0], about - (about - window_[0]) * factor), upper = Math.min(full[1], about + (window_[1] - about) * factor);
      window_ = lower <= full[0] && upper >= full[1] ? full : [lower, upper];
      draw();
    }
    svg.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.shiftKey) return;  // The plain wheel scrolls the page.
      event.preventDefault();
      zoom(event.deltaY > 0 ? 1.25 : 0.8, valueAt(positionOf(event)));
    }, {passive: false});
    svg.addEventListener("keydown", (event) => {
      const steps = {ArrowLeft: -1, ArrowRight: 1, PageDown: -10, PageUp: 10}[event.key];
      if (steps) { cursor = Math.max(0, Math.min(xs.length - 1, (cursor < 0 ? 0 : cursor) + steps)); showCursor(); }
      else if (event.key === "+" || event.key === "-") zoom(event.key === "+" ? 0.7 : 1 / 0.7, cursor >= 0 ? xs[cursor] : (window_[0] + window_[1]) / 2);
      else if (event.key === "0") { window_ = full; draw(); }
      else return;
      event.preventDefault();
    });
    draw();
  }

  // ---- Maps

  // Paths through OKLab (B. Ottosson 2020): lightness, chroma, hue in degrees; the same stations as the pictures' maps.
  const dusk = [[0.12, 0.04, 278], [0.27, 0.125, 290], [0.42, 0.165, 325], [0.56, 0.18, 363], [0.69, 0.165, 400], [0.82, 0.15, 435], [0.96, 0.09, 463]];
  const tideArm = [[0.975, 0], [0.86, 0.065], [0.72, 0.135], [0.57, 0.165], [0.43, 0.135], [0.32, 0.085]];
  const tide = [...tideArm.slice(1).reverse().map(([l, c]) => [l, c, 255]), [0.975, 0, 255], [0.975, 0, 30], ...tideArm.slice(1).map(([l, c]) => [l, c, 30])];

  function toRgb([lightness, chroma, hue]) {
    const a = chroma * Math.cos(hue * Math.PI / 180), b = chroma * Math.sin(hue * Math.PI / 180);
    const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
    const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
    const s = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3;
    const linear = [4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s, -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
      -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s];
    return linear.map((v) => 255 * Math.max(0, Math.min(1, v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055)));
  }
  function colours(stations) {
    // The diverging path's two middle stations are one colour: it has one interval less than it seems.
    const table = new Uint8ClampedArray(3 * 1024);
    const isDiverging = stations === tide, parts = isDiverging ? stations.length - 2 : stations.length - 1;
    for (let i = 0; i < 1024; ++i) {
      const t = i / 1023 * parts;
      let k = Math.min(Math.floor(t), parts - 1);
      const u = t - k;
      if (isDiverging && k >= parts / 2) k += 1;
      const [p, q] = [stations[k], stations[k + 1]];
      table.set(toRgb([0, 1, 2].map((c) => p[c] + u * (q[c] - p[c]))), 3 * i);
    }
    return table;
  }
  const tables = {diverging: colours(tide), sequential: colours(dusk)};

  function mapPlot(plot, host) {
    const bytes = Uint8Array.from(atob(plot.data), (c) => c.charCodeAt(0));
    const codes = new Uint16Array(bytes.buffer);
    const table = tables[plot.scale];
    const valueScale = readable(Math.max(Math.abs(plot.lower), Math.abs(plot.upper)), plot.unit);
    const xScale = readable(Math.max(...plot.x.range.map(Math.abs)), plot.x.unit), yScale = readable(Math.max(...plot.y.range.map(Math.abs)), plot.y.unit);
    const valueOf = (code) => (plot.lower + (plot.upper - plot.lower) * code / 65535) * valueScale.factor;

    const head = element("div", {class: "plot-head"});
    head.append(element("h3", {}, plot.title));
    const readout = element("div", {class: "readout", "aria-live": "polite"});
    const isSmall = window.matchMedia("(max-width: 40rem)").matches;
    const margin = isSmall ? {left: 110, right: 150, top: 16, bottom: 84} : {left: 78, right: 110, top: 14, bottom: 52};
    const w = width - margin.left - margin.right;
    const dx = Math.abs(plot.x.range[1] - plot.x.range[0]) || 1, dy = Math.abs(plot.y.range[1] - plot.y.range[0]) || 1;
    // Lengths on both axes keep their proportion as far as a page allows.
    const h = plot.x.unit === plot.y.unit ? Math.max(w / 4, Math.min(1.2 * w, w * dy / dx)) : 0.55 * w;
    const tall = h + margin.top + margin.bottom;
    const image = element("canvas", {width: plot.nx, height: plot.ny}), context = image.getContext("2d");
    const pixels = context.createImageData(plot.nx, plot.ny);
    for (let j = 0; j < plot.ny; ++j)
      for (let i = 0; i < plot.nx; ++i) {
        const code = codes[j * plot.nx + i], entry = 3 * (code >> 6), at = 4 * ((plot.ny - 1 - j) * plot.nx + i);
        for (let c = 0; c < 3; ++c) pixels.data[at + c] = table[entry + c];
        pixels.data[at + 3] = 255;
      }
    context.putImageData(pixels, 0, 0);
    const bar = element("canvas", {width: 1, height: 256}), barContext = bar.getContext("2d"), barPixels = barContext.createImageData(1, 256);
    for (let j = 0; j < 256; ++j) {
      for (let c = 0; c < 3; ++c) barPixels.data[4 * (255 - j) + c] = table[3 * (4 * j + 1) + c];
      barPixels.data[4 * (255 - j) + 3] = 255;
    }
    barContext.putImageData(barPixels, 0, 0);

    const label = withUnit(plot.label, valueScale.unit);
    const svg = shape("svg", {viewBox: `0 0 ${width} ${tall}`, role: "img",
      "aria-label": `${plot.title}: ${label}, ${number(valueOf(0), 3)} … ${number(valueOf(65535), 3)}; ${plot.x.name} × ${plot.y.name}`});
    svg.append(shape("image", {href: image.toDataURL(), x: margin.left, y: margin.top, width: w, height: h, preserveAspectRatio: "none", style: "image-rendering: auto"}));
    svg.append(shape("rect", {class: "frame", x: margin.left, y: margin.top, width: w, height: h}));
    const xRange = plot.x.range.map((v) => v * xScale.factor), yRange = plot.y.range.map((v) => v * yScale.factor);
    const size = isSmall ? 26 : 18;
    for (const t of ticks(Math.min(...xRange), Math.max(...xRange), isSmall ? 4 : 7)) {
      const x = margin.left + (t - xRange[0]) / (xRange[1] - xRange[0]) * w;
      svg.append(shape("line", {class: "frame", x1: x, x2: x, y1: margin.top + h, y2: margin.top + h + 5}));
      svg.append(shape("text", {x, y: margin.top + h + size, "text-anchor": "middle"}, number(t)));
    }
    for (const t of ticks(Math.min(...yRange), Math.max(...yRange), 5)) {
      const y = margin.top + (1 - (t - yRange[0]) / (yRange[1] - yRange[0])) * h;
      svg.append(shape("line", {class: "frame", x1: margin.left - 5, x2: margin.left, y1: y, y2: y}));
      svg.append(shape("text", {x: margin.left - 8, y: y + size / 4, "text-anchor": "end"}, number(t)));
    }
    svg.append(shape("text", {x: margin.left + w / 2, y: tall - 10, "text-anchor": "middle"}, withUnit(plot.x.name, xScale.unit)));
    const middle = margin.top + h / 2, away = isSmall ? 22 : 14;
    svg.append(shape("text", {x: away, y: middle, "text-anchor": "middle", transform: `rotate(-90 ${away} ${middle})`}, withUnit(plot.y.name, yScale.unit)));
    const barX = margin.left + w + 14, barWidth = 16;
    svg.append(shape("image", {href: bar.toDataURL(), x: barX, y: margin.top, width: barWidth, height: h, preserveAspectRatio: "none"}));
    svg.append(shape("rect", {class: "frame", x: barX, y: margin.top, width: barWidth, height: h}));
    const low = valueOf(0), high = valueOf(65535);
    for (const t of high > low ? ticks(low, high, 5) : [low])
      svg.append(shape("text", {x: barX + barWidth + 6, y: margin.top + (high > low ? 1 - (t - low) / (high - low) : 0.5) * h + size / 4}, number(t, 3)));
    const barLabel = width - (isSmall ? 12 : 8);
    svg.append(shape("text", {x: barLabel, y: middle, "text-anchor": "middle", transform: `rotate(-90 ${barLabel} ${middle})`}, label));
    svg.addEventListener("pointermove", (event) => {
      const box = svg.getBoundingClientRect();
      const u = ((event.clientX - box.left) / box.width * width - margin.left) / w, v = 1 - ((event.clientY - box.top) / box.height * tall - margin.top) / h;
      if (u < 0 || u > 1 || v < 0 || v > 1) { readout.textContent = ""; return; }
      const i = Math.min(plot.nx - 1, Math.floor(u * plot.nx)), j = Math.min(plot.ny - 1, Math.floor(v * plot.ny));
      readout.textContent = `${plot.x.name} ${number(xRange[0] + u * (xRange[1] - xRange[0]), 4)} ${xScale.unit}   ·   ${plot.y.name} ` +
        `${number(yRange[0] + v * (yRange[1] - yRange[0]), 4)} ${yScale.unit}   ·   ${plot.label} ${number(valueOf(codes[j * plot.nx + i]), 4)} ${valueScale.unit}`;
    });
    svg.addEventListener("pointerleave", () => { readout.textContent = ""; });
    host.append(head, svg, readout);
  }

  const list = document.getElementById("plot-list");
  plots.forEach((plot, index) => {
    plot.index = index;
    const host = element("div", {class: "plot"});
    list.append(host);
    if (plot.kind === "map") mapPlot(plot, host); else linePlot(plot, host);
  });

  const copy = document.getElementById("copy");
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(document.getElementById("command").textContent);
      copy.textContent = copy.dataset.done;
    } catch {
      // Pages opened from a disk may not reach the clipboard: mark the text, so that it can be copied by hand.
      getSelection().selectAllChildren(document.getElementById("command"));
    }
  });
})();
