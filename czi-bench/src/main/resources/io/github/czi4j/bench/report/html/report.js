(function () {
  "use strict";
  var root = document.documentElement;
  var charts = JSON.parse(document.getElementById("charts").textContent);
  var drawn = [];

  function css(name) {
    return getComputedStyle(root).getPropertyValue(name).trim();
  }

  function seconds(v) {
    if (v === null || v === undefined) return "–";
    var a = Math.abs(v);
    function s(x) { return x >= 99.95 ? x.toFixed(0) : x >= 9.995 ? x.toFixed(1) : x.toFixed(2); }
    return a === 0 ? "0" : a >= 1 ? s(v) + " s" : a >= 1e-3 ? s(v * 1e3) + " ms" : s(v * 1e6) + " µs";
  }

  function trimmed(text) {
    return text.replace(/\.0+(?= )|(\.\d*?)0+(?= )/, "$1");
  }

  function axis(extra) {
    return Object.assign({
      stroke: css("--muted"), font: "12px system-ui, sans-serif", labelFont: "12px system-ui, sans-serif",
      grid: { stroke: css("--grid"), width: 1 }, ticks: { stroke: css("--grid"), width: 1, size: 5 }
    }, extra);
  }

  function size(place) {
    return { width: Math.max(260, place.clientWidth), height: 290 };
  }

  /** The ideal and the measured speed-up; names stand at the ends of the lines. */
  function scaling(place, data) {
    var x = data.threads.map(function (t) { return Math.log2(t); });
    var colours = ["--c1", "--c2", "--c3", "--c4", "--c5"];
    var series = [{}];
    var columns = [x];
    data.series.forEach(function (one, i) {
      var colour = css(colours[i % colours.length]);
      columns.push(one.median);
      series.push({ label: one.name, stroke: colour, width: 2, spanGaps: true, points: { show: true, size: 8, fill: colour } });
    });
    var compact = place.clientWidth < 560;
    var top = Math.max.apply(null, data.threads) * 1.04;
    return new uPlot({
      width: size(place).width, height: size(place).height, padding: [16, compact ? 14 : 130, 0, 0],
      legend: { show: false }, cursor: { y: false, points: { size: 10 } },
      scales: { x: { time: false, range: [x[0] - 0.1, x[x.length - 1] + 0.1] }, y: { range: [0, top] } },
      axes: [
        axis({ label: "workers", labelSize: 18, size: 30, splits: function () { return x; }, values: function (u, v) { return v.map(function (s) { return String(Math.round(Math.pow(2, s))); }); } }),
        axis({ label: "speed-up, ×", labelSize: 20, size: 44 })
      ],
      series: series,
      hooks: {
        setCursor: [function (u) {
          var i = u.cursor.idx, line = " ";
          if (i !== null && i !== undefined) {
            line = data.threads[i] + " workers: " + data.series.filter(function (s) { return s.median[i] !== null; }).map(function (s) {
              return s.name + " " + s.median[i].toFixed(2) + " ×" + (s.low[i] === null ? "" : " (" + s.low[i].toFixed(2) + "–" + s.high[i].toFixed(2) + ")");
            }).join("; ");
          }
          document.getElementById("read-scaling").textContent = line;
        }],
        draw: [function (u) { scalingMarks(u, data, x, compact, top); }]
      }
    }, columns, place);
  }

  function scalingMarks(u, data, x, compact, top) {
    var c = u.ctx, ratio = devicePixelRatio || 1;
    c.save();
    c.font = 12 * ratio + "px system-ui, sans-serif";
    c.textBaseline = "middle";
    c.lineWidth = 1.5 * ratio;
    var labels = [];
    // Straight lines between few counts would lie: the axis is logarithmic, the ideal is not.
    c.strokeStyle = css("--muted");
    c.setLineDash([6 * ratio, 5 * ratio]);
    c.beginPath();
    for (var at = x[0]; at <= x[x.length - 1] + 1e-9; at += (x[x.length - 1] - x[0]) / 64) {
      c.lineTo(u.valToPos(at, "x", true), u.valToPos(Math.pow(2, at), "y", true));
    }
    c.stroke();
    c.setLineDash([]);
    data.series.forEach(function (one, s) {
      c.strokeStyle = u.series[s + 1]._stroke;
      for (var i = 0; i < x.length; i++) {
        if (one.low[i] === null || one.high[i] === null || one.median[i] === null) continue;
        var px = u.valToPos(x[i], "x", true), cap = 4 * ratio;
        var y0 = u.valToPos(one.low[i], "y", true), y1 = u.valToPos(one.high[i], "y", true);
        c.beginPath();
        c.moveTo(px, y0); c.lineTo(px, y1);
        c.moveTo(px - cap, y0); c.lineTo(px + cap, y0);
        c.moveTo(px - cap, y1); c.lineTo(px + cap, y1);
        c.stroke();
      }
      var last = one.median.length - 1;
      while (last > 0 && one.median[last] === null) last--;
      labels.push({ text: one.name, x: x[last], y: u.valToPos(one.median[last], "y", true), colour: u.series[s + 1]._stroke });
    });
    labels.push({ text: "ideal", x: x[x.length - 1], y: u.valToPos(data.threads[data.threads.length - 1], "y", true), colour: css("--muted") });
    labels.sort(function (a, b) { return a.y - b.y; });
    var gap = 16 * ratio;
    for (var k = 1; k < labels.length; k++) {
      if (labels[k].y - labels[k - 1].y < gap) labels[k].y = labels[k - 1].y + gap;
    }
    labels.forEach(function (l) {
      c.fillStyle = l.colour;
      c.textAlign = compact ? "right" : "left";
      var px = u.valToPos(compact ? l.x : x[x.length - 1], "x", true) + (compact ? -14 : 16) * ratio;
      c.fillText(l.text, px, l.y + (compact && l.text !== "ideal" ? 24 * ratio : 0));
    });
    if (data.processors && Math.log2(data.processors) >= x[0] && Math.log2(data.processors) < x[x.length - 1]) {
      var p = u.valToPos(Math.log2(data.processors), "x", true);
      c.strokeStyle = css("--muted");
      c.setLineDash([2 * ratio, 3 * ratio]);
      c.beginPath(); c.moveTo(p, u.bbox.top); c.lineTo(p, u.bbox.top + u.bbox.height); c.stroke();
      c.setLineDash([]);
      c.fillStyle = css("--muted");
      c.textAlign = "left";
      c.fillText(data.processors + " processors", p + 5 * ratio, u.bbox.top + 8 * ratio);
    }
    c.restore();
  }

  /** Marks of two shapes: circles and triangles. */
  function marks(shape) {
    return function (u, si, i0, i1) {
      var c = u.ctx, ratio = devicePixelRatio || 1, r = (u.data[0].length > 600 ? 2 : 3.2) * ratio;
      c.save();
      c.fillStyle = u.series[si]._stroke;
      c.globalAlpha = 0.85;
      for (var i = i0; i <= i1; i++) {
        var v = u.data[si][i];
        if (v === null || v === undefined || v <= 0) continue;
        var px = u.valToPos(u.data[0][i], "x", true), py = u.valToPos(v, "y", true);
        c.beginPath();
        if (shape === "circle") c.arc(px, py, r, 0, 2 * Math.PI);
        else { c.moveTo(px, py - 1.2 * r); c.lineTo(px + 1.1 * r, py + r); c.lineTo(px - 1.1 * r, py + r); c.closePath(); }
        c.fill();
      }
      c.restore();
      return null;
    };
  }

  function tiles(place, data) {
    var positive = data.first.concat(data.second).filter(function (v) { return v > 0; });
    var high = Math.max.apply(null, positive), low = Math.min.apply(null, positive);
    var log = high / low > 50;
    var split = [];
    if (log) for (var e = Math.floor(Math.log10(low)); e <= Math.ceil(Math.log10(high)); e++) split.push(Math.pow(10, e));
    var first = data.binned ? "slowest" : "all", second = data.binned ? "median" : "reading";
    return new uPlot({
      width: size(place).width, height: size(place).height, padding: [14, 12, 0, 0], legend: { show: false }, cursor: { y: false, points: { size: 9 } },
      scales: { x: { time: false }, y: log ? { distr: 3, range: [split[0], split[split.length - 1]] } : { range: [0, high * 1.06] } },
      axes: [
        axis({ label: "time since the pass began", labelSize: 18, size: 30, values: function (u, v) { return v.map(function (s) { return s === null ? "" : trimmed(seconds(s)); }); } }),
        axis({ label: "time of a tile" + (log ? ", logarithmic" : ""), labelSize: 20, size: 66, splits: log ? function () { return split; } : undefined,
          filter: log ? function (u, s) { return s; } : undefined, values: function (u, v) { return v.map(function (s) { return s === null ? "" : trimmed(seconds(s)); }); } })
      ],
      series: [{}, { label: first, stroke: css("--c1"), paths: function () { return null; }, points: { show: marks(data.binned ? "triangle" : "circle") } },
        { label: second, stroke: css("--c2"), paths: function () { return null; }, points: { show: marks(data.binned ? "circle" : "triangle") } }],
      hooks: {
        setCursor: [function (u) {
          var i = u.cursor.idx;
          document.getElementById("read-tiles").textContent = i === null || i === undefined ? " "
            : data.names[i] + " at " + seconds(data.x[i]) + ": " + first + " " + seconds(data.first[i]) + ", " + second + " " + seconds(data.second[i]);
        }]
      }
    }, [data.x, data.first, data.second], place);
  }

  function draw() {
    drawn.forEach(function (u) { u.destroy(); });
    drawn = [];
    [["scaling", scaling], ["tiles", tiles]].forEach(function (kind) {
      var place = document.getElementById("chart-" + kind[0]);
      if (place && charts[kind[0]]) drawn.push(kind[1](place, charts[kind[0]]));
    });
  }

  var button = document.getElementById("theme");
  var system = window.matchMedia("(prefers-color-scheme: dark)");
  function isDark() {
    return root.dataset.theme ? root.dataset.theme === "dark" : system.matches;
  }
  function show(theme) {
    if (theme) root.dataset.theme = theme; else delete root.dataset.theme;
    button.textContent = isDark() ? "Light" : "Dark";
    button.setAttribute("aria-label", "Show the page " + (isDark() ? "light" : "dark"));
    draw();
  }
  var kept = null;
  try { kept = localStorage.getItem("czi4j-theme"); } catch (e) { kept = null; }
  if (location.hash === "#dark" || location.hash === "#light") kept = location.hash.substring(1);
  button.addEventListener("click", function () {
    var theme = isDark() ? "light" : "dark";
    try { localStorage.setItem("czi4j-theme", theme); } catch (e) { kept = theme; }
    show(theme);
  });
  system.addEventListener("change", function () { show(root.dataset.theme); });
  show(kept === "dark" || kept === "light" ? kept : undefined);

  var width = 0;
  if (window.ResizeObserver) {
    new ResizeObserver(function () {
      if (document.body.clientWidth !== width) { width = document.body.clientWidth; draw(); }
    }).observe(document.body);
  }
  // Paper is light, whatever the screen was.
  var before;
  window.addEventListener("beforeprint", function () { before = root.dataset.theme; show("light"); });
  window.addEventListener("afterprint", function () { show(before); });

  var map = document.querySelector(".map svg");
  if (map) {
    map.addEventListener("mousemove", function (event) {
      document.getElementById("read-map").textContent = event.target.getAttribute("data-t") || " ";
    });
  }

  document.getElementById("download").addEventListener("click", function () {
    var text = JSON.stringify(JSON.parse(document.getElementById("result").textContent), null, 2) + "\n";
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = "czi4j-result.json";
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
  });
})();
