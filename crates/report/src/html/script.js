(function () {
  "use strict";
  var root = document.documentElement;
  var form = document.getElementById("filters");
  var shown = document.getElementById("shown");
  var cards = Array.prototype.slice.call(document.querySelectorAll("article.card"));
  var others = Array.prototype.slice.call(document.querySelectorAll("[data-claim]"));
  if (!form) { return; }
  var fields = ["status", "area", "text", "theme"];

  function field(name) { return form.elements[name]; }

  function read() {
    var text = location.hash.slice(1);
    if (text.indexOf("=") < 0) { return; }
    var state = new URLSearchParams(text);
    fields.forEach(function (name) { field(name).value = state.get(name) || ""; });
  }

  function write() {
    var state = new URLSearchParams();
    fields.forEach(function (name) { if (field(name).value) { state.set(name, field(name).value); } });
    var text = state.toString();
    history.replaceState(null, "", text ? "#" + text : location.pathname + location.search);
  }

  function apply() {
    var status = field("status").value;
    var area = field("area").value;
    var words = field("text").value.toLowerCase().split(/\s+/).filter(Boolean);
    var visible = {};
    var count = 0;
    cards.forEach(function (card) {
      var data = card.dataset;
      var keep = (!status || data.status === status) && (!area || data.area === area) &&
        words.every(function (word) { return data.text.indexOf(word) >= 0; });
      card.hidden = !keep;
      visible[card.id] = keep;
      if (keep) { count += 1; }
    });
    others.forEach(function (item) { item.classList.toggle("filtered", !visible[item.dataset.claim]); });
    document.querySelectorAll("table.index tbody").forEach(function (body) {
      body.hidden = !body.querySelector("tr[data-claim]:not(.filtered)");
    });
    document.querySelectorAll("section.source").forEach(function (part) {
      part.hidden = !part.querySelector("article.card:not([hidden])");
    });
    shown.textContent = count === cards.length ? cards.length + " shown" : count + " of " + cards.length + " shown";
    if (field("theme").value) { root.dataset.theme = field("theme").value; } else { delete root.dataset.theme; }
  }

  function step(by) {
    var visible = cards.filter(function (card) { return !card.hidden; });
    if (!visible.length) { return; }
    var here = visible.indexOf(document.activeElement && document.activeElement.closest("article.card"));
    var next = here < 0 ? (by > 0 ? 0 : visible.length - 1) : Math.min(Math.max(here + by, 0), visible.length - 1);
    visible[next].focus();
    visible[next].scrollIntoView({ block: "start" });
  }

  form.hidden = false;
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("input", function () { write(); apply(); });
  window.addEventListener("hashchange", function () {
    read();
    apply();
    var target = document.getElementById(location.hash.slice(1));
    if (target && target.hidden) { target.hidden = false; target.scrollIntoView(); }
  });
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) {
      if (event.key === "Escape") { event.target.blur(); }
      return;
    }
    if (event.key === "/") { event.preventDefault(); field("text").focus(); }
    if (event.key === "j") { step(1); }
    if (event.key === "k") { step(-1); }
  });
  var folded = [];
  window.addEventListener("beforeprint", function () {
    folded = Array.prototype.slice.call(document.querySelectorAll("details:not([open])"));
    folded.forEach(function (item) { item.open = true; });
  });
  window.addEventListener("afterprint", function () {
    folded.forEach(function (item) { item.open = false; });
  });
  read();
  apply();
})();
