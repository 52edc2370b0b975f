(function () {
  "use strict";
  var ROW = 19, LEAST = 0.6;
  var root = JSON.parse(document.getElementById("stacks").textContent);
  var place = document.getElementById("flame"), told = document.getElementById("told");
  var found = document.getElementById("found"), search = document.getElementById("search");
  var path = [root];

  /** Colour by whose code it is: the reader's warm, the JDK's cool, others grey; a name has always the same. */
  function colour(name) {
    var hash = 0;
    for (var i = 0; i < name.length; i++) hash = (hash * 31 + name.charCodeAt(i)) | 0;
    var v = (hash >>> 0) % 100 / 100;
    if (name.indexOf("io.github.czi4j.") === 0) return "hsl(" + (24 + 22 * v) + " 88% " + (64 + 8 * v) + "%)";
    if (/^(java|javax|jdk|sun|com\.sun)\./.test(name)) return "hsl(" + (196 + 20 * v) + " 55% " + (70 + 8 * v) + "%)";
    return "hsl(" + (90 + 40 * v) + " 18% " + (72 + 8 * v) + "%)";
  }

  function short(name) {
    var parts = name.split(".");
    return parts.length > 2 && parts.length < 30 ? parts.slice(-2).join(".") : name;
  }

  function describe(node) {
    return node[0] + ": " + node[1] + " samples, " + (100 * node[1] / Math.max(1, root[1])).toFixed(1) + " % of all";
  }

  function box(node, depth, left, width, term, parents) {
    var div = document.createElement("div");
    div.style.left = left + "px";
    div.style.width = width + "px";
    div.style.top = depth * ROW + "px";
    div.style.background = colour(node[0]);
    div.title = describe(node);
    if (width > 28) div.textContent = short(node[0]);
    else div.style.padding = 0;
    if (parents < path.length && path[parents] === node && parents < path.length - 1) div.className = "parent";
    if (term && node[0].toLowerCase().indexOf(term) >= 0) div.classList.add("hit");
    place.appendChild(div);
    return div;
  }

  function draw() {
    var total = place.clientWidth, term = search.value.trim().toLowerCase(), deepest = 0, zoomed = path[path.length - 1];
    place.textContent = "";
    place.classList.toggle("searching", term !== "");
    path.slice(0, -1).forEach(function (node, i) {
      box(node, i, 0, total, term, i).addEventListener("click", function () { path = path.slice(0, i + 1); draw(); });
    });
    (function level(node, depth, left, width, chain) {
      if (width < LEAST) return;
      deepest = Math.max(deepest, depth);
      var div = box(node, depth, left, width, term, path.length);
      div.addEventListener("click", function () { path = chain; draw(); });
      div.addEventListener("mouseenter", function () { told.textContent = describe(node); });
      var at = left;
      node[2].forEach(function (child) {
        var w = width * child[1] / node[1];
        level(child, depth + 1, at, w, chain.concat([child]));
        at += w;
      });
    })(zoomed, path.length - 1, 0, total, path.slice());
    place.style.height = (deepest + 1) * ROW + "px";
    found.textContent = term ? (100 * share(root, term) / Math.max(1, root[1])).toFixed(1) + " % of all samples pass through a match" : "";
  }

  /** Samples below the uppermost matches: none is counted twice. */
  function share(node, term) {
    if (node[0].toLowerCase().indexOf(term) >= 0) return node[1];
    return node[2].reduce(function (sum, child) { return sum + share(child, term); }, 0);
  }

  var theme = document.getElementById("theme"), system = window.matchMedia("(prefers-color-scheme: dark)");
  function isDark() {
    var set = document.documentElement.dataset.theme;
    return set ? set === "dark" : system.matches;
  }
  theme.textContent = isDark() ? "Light" : "Dark";
  theme.addEventListener("click", function () {
    document.documentElement.dataset.theme = isDark() ? "light" : "dark";
    theme.textContent = isDark() ? "Light" : "Dark";
  });
  document.getElementById("reset").addEventListener("click", function () { path = [root]; search.value = ""; draw(); });
  search.addEventListener("input", draw);
  place.addEventListener("keydown", function (event) {
    var node = path[path.length - 1];
    if (event.key === "Escape") path = [root];
    else if (event.key === "Enter" && node[2].length) {
      path = path.concat([node[2].reduce(function (a, b) { return b[1] > a[1] ? b : a; })]);
    } else if (event.key === "Backspace" && path.length > 1) path = path.slice(0, -1);
    else return;
    told.textContent = describe(path[path.length - 1]);
    event.preventDefault();
    draw();
  });
  window.addEventListener("resize", draw);
  draw();
})();
