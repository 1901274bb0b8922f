"use strict";
(() => {
  const root = document.documentElement;
  const $ = (selector, from = document) => from.querySelector(selector);
  const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const remember = (key, value) => {
    try { if (value === undefined) return localStorage.getItem(key); localStorage.setItem(key, value); } catch { /* a file: page may have no storage */ }
    return null;
  };
  root.classList.add("js");

  // ---- theme
  const theme = () => root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  const kept = remember("livingdoc-theme");
  if (kept === "light" || kept === "dark") root.dataset.theme = kept;
  const switchTheme = () => { root.dataset.theme = theme() === "dark" ? "light" : "dark"; remember("livingdoc-theme", root.dataset.theme); };
  $(".bar").append(make("button", { type: "button", textContent: "◐", title: "light or dark (t)", ariaLabel: "Switch between light and dark", onclick: switchTheme }));

  // ---- evidence beside the text
  const aside = $(".beside");
  const wide = matchMedia("(min-width: 1000px)");
  let current = null, pinned = false, settled = 0;
  const visible = (element) => getComputedStyle(element).display !== "none";
  const unfolded = (element) => element.checkVisibility(); // not in a closed fold, not filtered away
  // what is unfolded rarely is one text, in a noscript, until somebody looks at it
  const fill = (fold) => {
    const kept = $(":scope > noscript", fold), same = $(":scope > .same > a", fold);
    if (kept) kept.outerHTML = kept.textContent;
    if (same) same.parentElement.replaceWith(...[...fill(document.getElementById(decodeURIComponent(same.hash.slice(1)))).children].slice(1).map((child) => child.cloneNode(true)));
    return fold;
  };
  const withCopy = (fragment) => {
    for (const cql of $$("pre.cql", fragment)) cql.before(make("button", { type: "button", className: "copy", textContent: "copy", title: "copy the statement" }));
    for (const caption of $$(".shot > figcaption", fragment)) caption.append(make("button", { type: "button", className: "enlarge", textContent: "enlarge" }));
    return fragment;
  };
  const show = (step) => {
    if (!step || !aside) return;
    if (step === current && step.classList.contains("on")) return;
    current?.classList.remove("on", "pinned");
    current = step;
    step.classList.add("on");
    if (!wide.matches) return;
    const sentence = $(".sentence", step);
    const heading = make("h2");
    heading.append(...[...sentence.children].slice(0, 2).map((child) => child.cloneNode(true)));
    heading.firstChild.after(" ");
    const meta = make("p", { className: "meta" });
    const number = [...step.parentElement.children].indexOf(step) + 1;
    meta.append(make("a", { textContent: `step ${number}`, href: `#${step.id}`, title: "address of this step" }));
    const bodyOf = (each) => {
      const evidence = $(":scope > .ev", each);
      return evidence && visible(evidence) ? $(":scope > .body", fill(evidence)) : null;
    };
    const copyOf = (body) => {
      const copy = body.cloneNode(true);
      const originals = $$(".rv", body);
      $$(".rv", copy).forEach((part, position) => { if (!visible(originals[position])) part.remove(); });
      $$(".times, .copy, .enlarge", copy).forEach((part) => part.remove());
      return withCopy(copy);
    };
    const parts = [heading, meta];
    const body = bodyOf(step);
    if (body) {
      const times = $$(".times", body).find((line) => visible(line.parentElement));
      if (times?.textContent) meta.append(make("span", { textContent: times.textContent }));
      parts.push(copyOf(body));
    } else {
      let earlier = step.previousElementSibling;
      while (earlier && !bodyOf(earlier)) earlier = earlier.previousElementSibling;
      parts.push(make("p", { className: "empty", textContent: "Nothing was sent in this step." }));
      if (earlier) parts.push(make("p", { className: "before", textContent: `Before it, “${$(".sentence > :nth-child(2)", earlier).textContent}”:` }), copyOf(bodyOf(earlier)));
    }
    const models = $(":scope > .models", step.closest(".case"));
    if (models) {
      const copy = fill(models).cloneNode(true);
      copy.removeAttribute("id");
      copy.open = Number(models.dataset.lines) < 30;
      parts.push(copy);
    }
    aside.hidden = false;
    aside.replaceChildren(...parts);
    aside.scrollTop = 0;
  };
  const address = (step) => history.replaceState(null, "", `#${step.id}`);
  const pin = (step) => {
    pinned = !(pinned && step === current);
    show(step);
    step.classList.toggle("pinned", pinned);
  };
  const light = make("dialog", { className: "light", ariaLabel: "Picture", onclick: () => light.close() });
  document.body.append(light);
  const enlarge = (shot) => {
    const copy = shot.cloneNode(true);
    $(".enlarge", copy)?.remove();
    light.replaceChildren(make("button", { type: "button", textContent: "close (Esc)" }), copy);
    light.showModal();
  };
  let timer = 0;
  document.addEventListener("pointerover", (event) => {
    if (pinned || !wide.matches || event.pointerType === "touch") return;
    const step = event.target.closest?.(".step");
    clearTimeout(timer);
    if (step) timer = setTimeout(() => { if (!pinned) show(step); }, 90);
  });
  document.addEventListener("click", (event) => {
    const target = event.target;
    if (target.closest(".copy")) {
      const button = target.closest(".copy");
      navigator.clipboard?.writeText(button.nextElementSibling.textContent).then(() => {
        button.textContent = "copied";
        setTimeout(() => { button.textContent = "copy"; }, 1200);
      });
      return;
    }
    const shot = target.closest(".shot");
    if (shot && target.closest(".pic, img, .enlarge")) { enlarge(shot); return; }
    const step = target.closest(".step");
    const keyword = target.closest("a.kw") && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!step || target.closest("a, label, .trace, .failure") && !keyword || String(getSelection())) return;
    if (keyword) event.preventDefault();
    if (wide.matches) {
      if (target.closest(".ev > summary")) event.preventDefault();
      pin(step);
    } else {
      show(step);
      settled = performance.now() + 500; // what unfolds moves other steps under the eye
      const fold = $(":scope > .ev", step);
      if (fold && !target.closest("details")) fold.open = !fold.open;
    }
    address(step);
  });
  document.addEventListener("change", (event) => {
    const input = event.target;
    if (input.type !== "radio" || !current || !input.closest(".case")?.contains(current)) return;
    const step = current;
    current = null;
    show(step);
    step.classList.toggle("pinned", pinned);
  });
  // The step under the reader's eye: the one that crosses a line at a third of the window.
  const eye = new IntersectionObserver((entries) => {
    if (pinned || performance.now() < settled) return;
    const crossing = entries.filter((entry) => entry.isIntersecting);
    if (crossing.length) show(crossing[0].target);
  }, { rootMargin: "-32% 0px -66% 0px" });
  const steps = $$("li.step");
  steps.forEach((step) => eye.observe(step));
  document.addEventListener("toggle", (event) => {
    const fold = event.target;
    if (fold.open && fold.matches(".ev, .models")) fill(fold);
    if (fold.open && fold.matches(".ev, .around") && !$(".copy, .enlarge", fold) && fold.closest("main")) withCopy(fold);
  }, true);

  // ---- where the reader is, in the tree
  const entries = new Map($$(".tree a").map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
  let at = null, chapter = null;
  const here = (id) => {
    const link = entries.get(id);
    if (!link) return;
    at?.classList.remove("at");
    at = link.closest("li");
    at.classList.add("at");
    const holder = link.closest(".chapter");
    if (holder !== chapter) {
      if (chapter) { chapter.classList.remove("here"); $("details", chapter).open = false; }
      chapter = holder;
      chapter.classList.add("here");
      $("details", chapter).open = true;
      const tree = $(".tree");
      const top = chapter.offsetTop - tree.offsetTop;
      if (top < tree.scrollTop || top > tree.scrollTop + tree.clientHeight - 120) tree.scrollTop = top - 80;
    }
  };
  const place = new IntersectionObserver((seen) => {
    for (const entry of seen) if (entry.isIntersecting) here(entry.target.id);
  }, { rootMargin: "-20% 0px -70% 0px" });
  $$("article.feature, section.scenario").forEach((section) => place.observe(section));

  // ---- deep links
  const go = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && document.getElementById(id);
    if (!target) return;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    const step = target.matches(".step") ? target : target.matches(".scenario, .example") ? $$(".step", target).filter(unfolded).reduce((best, each) => best && ($(".failure", best) || !$(".failure", each)) ? best : each, null) : null;
    const aim = step && $(".failure", step) ? step : target;  // who comes for what failed wants to see where
    const block = aim.matches(".step") ? "center" : "start";
    aim.scrollIntoView({ block });
    requestAnimationFrame(() => { aim.scrollIntoView({ block }); here(target.closest(".scenario, .rule, .feature")?.id); });
    if (step) { pinned = false; show(step); settled = performance.now() + 500; }
    if ($("#show-tree")) $("#show-tree").checked = false;
  };
  addEventListener("hashchange", go);

  // ---- filter by tags and status
  const scenarios = $$("section.scenario");
  const bar = make("p", { className: "filter", hidden: true });
  $(".columns").before(bar);
  const parse = (text) => {
    const tokens = text.match(/\(|\)|[^\s()]+/g) || [];
    let position = 0;
    const primary = () => {
      const token = tokens[position++];
      if (token === "not") { const inner = primary(); return (has) => !inner(has); }
      if (token === "(") { const inner = either(); position++; return inner; }
      if (!token?.startsWith("@")) throw new Error(token);
      return (has) => has(token);
    };
    const both = () => { let left = primary(); while (tokens[position] === "and") { position++; const a = left, b = primary(); left = (has) => a(has) && b(has); } return left; };
    const either = () => { let left = both(); while (tokens[position] === "or") { position++; const a = left, b = both(); left = (has) => a(has) || b(has); } return left; };
    const expression = either();
    if (position < tokens.length) throw new Error(tokens[position]);
    return expression;
  };
  const filter = (test, words) => {
    let count = 0;
    for (const scenario of scenarios) {
      scenario.hidden = Boolean(test) && !test(scenario);
      if (!scenario.hidden) count++;
      const entry = entries.get(scenario.id);
      if (entry) entry.closest("li").hidden = scenario.hidden;
    }
    for (const group of $$("section.rule, article.feature")) {
      group.hidden = Boolean(test) && !$("section.scenario:not([hidden])", group);
      const entry = entries.get(group.id);
      if (entry) entry.closest("li").hidden = group.hidden;
    }
    bar.hidden = !test;
    if (test) bar.replaceChildren(make("span", { textContent: `Only ${words}: ${count} of ${scenarios.length} scenarios` }), make("button", { type: "button", textContent: "show all (Esc)", onclick: () => filter(null) }));
    if (test) $("article.feature:not([hidden])")?.scrollIntoView();
  };
  const byTags = (text) => {
    const expression = parse(text);
    filter((scenario) => { const tags = new Set(scenario.dataset.tags.split(" ")); return expression((tag) => tags.has(tag)); }, text);
  };
  document.addEventListener("click", (event) => {
    const tag = event.target.closest("a.tag");
    const status = event.target.closest(".bar a[data-status]");
    if (tag) { event.preventDefault(); byTags(tag.textContent); }
    if (status) { event.preventDefault(); filter((scenario) => scenario.dataset.status === status.dataset.status, status.dataset.status); }
  });

  // ---- search
  const input = make("input", { type: "search", placeholder: "/  search Gherkin, statements, errors; @tag and not @tag", ariaLabel: "Search", autocomplete: "off", spellcheck: false });
  const hits = make("div", { className: "hits", hidden: true });
  $(".find").append(input, hits);
  let index = null, chosen = -1;
  const entities = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#x27;": "'", "&amp;": "&" };
  const asRead = (html) => html.replace(/<\/?(?:i|b|em|code|span|a)\b[^>]*>/g, "").replace(/<[^>]*>/g, " ").replace(/\s+/g, " ")
    .replace(/&(?:lt|gt|quot|#x27|amp);/g, (entity) => entities[entity]).trim();
  const sourceOf = (fold) => $(":scope > noscript", fold)?.textContent ?? $(":scope > .body", fold).innerHTML;
  const build = () => {
    const found = [];
    const add = (kind, id, text, context, mono) => { if (text) found.push({ kind, id, text, low: text.toLowerCase(), context, mono }); };
    for (const feature of $$("article.feature")) {
      const title = $("h2", feature).textContent;
      add("feature", feature.id, title, $(".crumbs", feature).textContent);
      add("prose", feature.id, $(":scope > .prose", feature)?.textContent.trim(), title);
      for (const rule of $$("section.rule", feature)) {
        add("rule", rule.id, $("h3 a", rule).textContent, title);
        add("prose", rule.id, $(":scope > .prose", rule)?.textContent.trim(), title);
      }
      for (const scenario of $$("section.scenario", feature)) {
        const name = $("header a", scenario).textContent;
        add("scenario", scenario.id, name, title);
        add("tags", scenario.id, scenario.dataset.tags, `${title} › ${name}`);
        add("prose", scenario.id, $(":scope > .prose", scenario)?.textContent.trim(), `${title} › ${name}`);
        for (const reason of $$(".reason", scenario)) add("reason", scenario.id, reason.textContent, `${title} › ${name}`);
        for (const step of $$("li.step, li.written", scenario)) {
          const id = step.id || scenario.id, context = `${title} › ${name}`;
          add("step", id, [...$(".sentence", step).children].slice(0, 2).map((part) => part.textContent).join(" "), context);
          for (const extra of $$(":scope > .scroll, :scope > .doc", step)) add("step", id, extra.textContent, context);
          const fold = $(":scope > .ev", step), failure = $(":scope .failure", step);
          if (failure) add("error", id, failure.textContent, context);
          const seen = new Set();
          for (const piece of fold ? sourceOf(fold).split(/(?=<div class="(?:stmt|http)")/) : []) {
            const sent = piece.match(/^<div class="(stmt|http)"(?: data-language="([^"]+)")?/);
            if (!sent) continue;
            const text = asRead(piece);
            if (seen.has(text)) continue;
            seen.add(text);
            for (const error of piece.matchAll(/<p class="error">(.*?)<\/p>/g)) add("error", id, asRead(error[1]), context);
            add(sent[1] === "http" ? "HTTP" : sent[2]?.toUpperCase() || "CQL", id, text, context, true);
          }
        }
      }
    }
    return found;
  };
  const excerpt = (entry, word) => {
    const start = entry.low.indexOf(word);
    const from = Math.max(0, start - 50);
    const line = make("span", { className: entry.mono ? "m" : "" });
    line.append((from ? "…" : "") + entry.text.slice(from, start), make("mark", { textContent: entry.text.slice(start, start + word.length) }), entry.text.slice(start + word.length, start + word.length + 110));
    return line;
  };
  const close = () => { hits.hidden = true; chosen = -1; };
  const choose = (step) => {
    const links = $$("a", hits);
    if (!links.length) return;
    links[chosen]?.classList.remove("on");
    chosen = (chosen + step + links.length) % links.length;
    links[chosen].classList.add("on");
    links[chosen].scrollIntoView({ block: "nearest" });
  };
  const search = () => {
    const text = input.value.trim().toLowerCase();
    hits.replaceChildren();
    if (/^(@|not\b|\()/.test(text)) {
      hits.append(make("p", { textContent: "Enter shows only the scenarios with these tags." }));
      hits.hidden = false;
      return;
    }
    if (text.length < 2) { close(); return; }
    index ??= build();
    const words = text.split(/\s+/);
    const found = index.filter((entry) => words.every((word) => entry.low.includes(word)));
    const rank = { feature: 0, rule: 1, scenario: 2, error: 3, step: 4, tags: 5, reason: 5, CQL: 6, HTTP: 7, prose: 8 };
    found.sort((a, b) => (rank[a.kind] ?? 6) - (rank[b.kind] ?? 6));
    for (const entry of found.slice(0, 60)) {
      hits.append(make("a", { href: `#${entry.id}` }, make("small", { textContent: `${entry.kind} · ${entry.context}` }), excerpt(entry, words[0])));
    }
    hits.append(make("p", { textContent: found.length > 60 ? `The first 60 of ${found.length.toLocaleString("en")}.` : `${found.length} found.` }));
    hits.hidden = false;
    chosen = -1;
  };
  input.addEventListener("input", search);
  input.addEventListener("focus", () => { if (input.value) search(); });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") { event.preventDefault(); choose(1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); choose(-1); }
    else if (event.key === "Enter") {
      const text = input.value.trim();
      if (/^(@|not\b|\()/.test(text)) {
        try { byTags(text); close(); input.blur(); } catch (error) { hits.replaceChildren(make("p", { textContent: `Not a tag expression: “${error.message}”. Say @a and not (@b or @c).` })); }
        return;
      }
      if (chosen < 0) choose(1);
      const link = $("a.on", hits);
      if (link) { location.hash = link.hash; go(); close(); input.blur(); }
    } else if (event.key === "Escape") { close(); input.blur(); event.stopPropagation(); }
  });
  document.addEventListener("click", (event) => { if (!event.target.closest(".find") || event.target.closest(".hits a")) close(); });

  // ---- keyboard
  const keys = [["/", "search"], ["j  k", "next, previous step"], ["n  p", "next, previous scenario"], ["Enter", "pin the step, or let it go"], ["r", "the scenario’s next run"], ["t", "light or dark"], ["Esc", "close, let go, show all"]];
  const help = make("dialog", { className: "help" }, make("b", { textContent: "Keys" }), make("dl"));
  for (const [key, what] of keys) $("dl", help).append(make("dt", {}, make("kbd", { textContent: key })), make("dd", { textContent: what }));
  document.body.append(help);
  const move = (list, from, by) => {
    const shown = list.filter(unfolded);
    if (!shown.length) return null;
    const position = shown.indexOf(from);
    return shown[Math.min(shown.length - 1, Math.max(0, position < 0 ? 0 : position + by))];
  };
  const reach = (step) => {
    if (!step) return;
    pinned = true;
    step.scrollIntoView({ block: "center" });
    step.focus({ preventScroll: true });
    show(step);
    step.classList.add("pinned");
    address(step);
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(input|textarea|select)$/i.test(event.target.tagName) && event.target.type !== "radio") return;
    const actions = {
      "/": () => { input.focus({ preventScroll: true }); input.select(); },
      j: () => reach(move(steps, current, 1)),
      k: () => reach(move(steps, current, -1)),
      n: () => reach($(".step", move(scenarios, current?.closest(".scenario"), 1) || document)),
      p: () => reach($(".step", move(scenarios, current?.closest(".scenario"), -1) || document)),
      r: () => { const inputs = $$(":scope > input", current?.closest(".case") || document.createElement("p")); if (inputs.length) inputs[(inputs.findIndex((each) => each.checked) + 1) % inputs.length].click(); },
      t: switchTheme,
      "?": () => help.showModal(),
      Escape: () => { const dialog = $("dialog[open]"); if (dialog) { dialog.close(); return; } pinned = false; current?.classList.remove("pinned"); filter(null); },
    };
    if (event.key === "Enter" && event.target.matches(".step")) { pin(event.target); address(event.target); }
    else if (actions[event.key]) { event.preventDefault(); actions[event.key](); }
  });

  if (aside) { aside.hidden = false; aside.replaceChildren(make("p", { className: "empty", textContent: "The statements, values and rows of the step that you read stand here. Press ? for the keys." })); }
  go();
})();
