// How and why: docs/concept/browser.md
(() => {
  "use strict";
  if (window.siteChoice) return;

  const NAME = "site-choice";
  const GATED = "script[data-sc], template[data-sc], [data-sc-embed]";
  const { dataset: page, previousElementSibling: template } = document.currentScript;
  const offered = JSON.parse(page.services);
  const keys = Object.keys(offered);
  const declared = JSON.parse(page.stored);
  const channel = new BroadcastChannel(NAME);
  const STYLE = `
    .sc-banner, .sc-settings { border: 1px solid GrayText; box-shadow: 0 0 2em #0004; }
    .sc-banner {
      position: fixed; inset: auto 0 0; z-index: 99999;
      width: auto; max-width: none; max-height: 80dvh; overflow: auto; margin: 0;
    }
    .sc-banner[open] { display: grid; gap: 1em 2em; }
    :is(.sc-banner, .sc-settings) :is(h2, p) { margin: 0 0 0.5em; font-size: 1em; }
    .sc-banner a { margin-inline-end: 1em; color: inherit; }
    .sc-buttons { display: grid; grid-template-columns: repeat(auto-fit, minmax(7.5em, 1fr)); gap: 0.5em; align-content: center; }
    .sc-buttons button {
      min-height: 2.75em; padding: 0; border: 2px solid transparent; border-radius: var(--consent-radius, 0.5rem);
      background: var(--consent-accent, #1c5fc4); color: var(--consent-on-accent, #fff);
      font: inherit; font-weight: 600;
    }
    .sc-modal { inset: 0; max-width: 36em; margin: auto; }
    .sc-settings { width: 42em; }
    .sc-close { float: inline-end; }
    .sc-group { margin: 1em 0; padding: 0; border: 0; }
    .sc-group legend { font-size: 1.25em; font-weight: 600; }
    .sc-services { padding: 0; list-style: none; }
    .sc-service { padding: 0.75em 0; border-top: 1px solid GrayText; }
    .sc-check { display: flex; gap: 0.5em; font-weight: 600; }
    .sc-check input { width: 1.5em; height: 1.5em; margin: 0; }
    :root:has(.sc-banner) { scroll-padding-bottom: 50vh; }
    @media (min-width: 48em) {
      .sc-form .sc-buttons { position: sticky; bottom: -1em; padding: 1em 0; background: Canvas; }
      .sc-box { inset: auto auto 1em 1em; max-width: 30em; }
      .sc-bar { grid-template-columns: 1fr 28em; padding-inline: 5vw; }
    }
    @media print { .sc-banner[open] { display: none; } }`;
  const queues = {};
  const woken = new WeakSet();
  let choice = read() || { granted: [], refused: [] };
  let banner;

  function parse(text) {
    if (!/^1(\.[\w~-]*){6}\.[01]$/.test(text) || text.length > 3072) return;
    const [, material, made, yes, no, reference, secret, logged] = text.split(".");
    const [granted, refused] = [yes, no].map((it) => it.split("~").filter(Boolean));
    const age = Date.now() / 1000 - parseInt(made, 36);
    if (!(age > -86400 && age < page.seconds)) return;
    return { text, material, age, granted, refused, reference, secret, logged };
  }

  function cookies() {
    return document.cookie.split("; ").map((it) => it.split("="));
  }

  function read() {
    return cookies().map(([name, value]) => name === NAME && parse(value)).find(Boolean);
  }

  function write() {
    expire(NAME);
    document.cookie = NAME + "=" + choice.text + page.keep;
  }

  const isRefused = (key) => choice.refused.includes(key);
  const allows = (key) => keys.includes(key) && choice.granted.includes(key) && !isRefused(key);
  const granted = () => keys.filter(allows);
  const isNew = (key) => !allows(key) && !isRefused(key);
  const isCurrent = () => choice.material === page.material;
  const isDecided = () => isCurrent() && !keys.some(isNew);

  function choose(isWanted, source) {
    const { reference = "", secret = "" } = choice;
    const yes = keys.filter(isWanted);
    const no = keys.filter((it) => !yes.includes(it) && (source !== "embed" || isRefused(it)));
    const made = Math.floor(Date.now() / 1000).toString(36);
    const id = yes[0] ? [reference, secret] : ["", ""];
    choice = parse([1, page.material, made, yes.join("~"), no.join("~"), ...id, 0].join("."));
    write();
    channel.postMessage("");
    send(source, reference, secret);
    settle();
  }

  function settle() {
    erase();
    if (isDecided()) hide();
    const detail = { granted: granted(), refused: choice.refused };
    document.dispatchEvent(new CustomEvent(NAME + ":change", { detail }));
    if (choice.refused.some((key) => queues[key])) location.reload();
    else wakeAll();
  }

  function look() {
    const found = read();
    if (!found || choice.text === found.text) return;
    choice = found;
    settle();
  }

  async function send(source, reference, secret) {
    const sent = choice;
    const body = new URLSearchParams({
      choice: sent.granted[0] ? "some" : "none",
      source,
      page: location.pathname,
      revision: page.revision,
      reference,
      secret,
    });
    for (const key of sent.granted) body.append("service", key);
    try {
      const headers = { Accept: "application/json" };
      const answer = await fetch(page.url, { method: "POST", body, headers, keepalive: true });
      const { cookie } = await answer.json();
      if (choice !== sent) write();
      else choice = parse(cookie) || choice;
    } catch {}
  }

  function resend() {
    if (!isCurrent() || choice.logged > 0 || choice.age < 10) return;
    const isMixed = choice.granted[0] && choice.refused[0];
    send(isMixed ? "settings" : "banner", choice.reference, choice.secret);
  }

  function expire(name) {
    const { hostname, pathname } = location;
    const domains = hostname.split(".").map((_, at, all) => ";Domain=" + all.slice(at).join("."));
    const paths = pathname.split("/").map((_, at, all) => all.slice(0, at + 1).join("/"));
    for (const path of [...paths, ...paths.map((it) => it + "/")]) {
      for (const domain of ["", ...domains]) document.cookie = `${name}=;Max-Age=0;Path=${path}${domain}`;
    }
  }

  const fits = (name, pattern) =>
    name === pattern || (pattern.endsWith("*") && name.startsWith(pattern.slice(0, -1)));

  function goes(name, patterns) {
    const owners = Object.keys(patterns).filter((it) => fits(name, it)).flatMap((it) => patterns[it]);
    return owners[0] && owners.every(isRefused);
  }

  function remove(kind, patterns) {
    const jar = kind === "cookie" ? Object.fromEntries(cookies()) : patterns;
    const store = window[kind + "Storage"] || jar;
    for (const name of Object.keys(store).filter((it) => goes(it, patterns))) {
      if (store !== jar) store.removeItem(name);
      else if (kind === "cookie") expire(name);
      else indexedDB.deleteDatabase(name);
    }
  }

  function erase() {
    for (const kind in declared) {
      try {
        remove(kind, declared[kind]);
      } catch {}
    }
  }

  const keyOf = (node) => node.dataset.sc || node.dataset.scEmbed;
  const waiting = () => [...document.querySelectorAll(GATED)];

  function wakeAll() {
    if (document.readyState === "loading") return;
    for (const node of waiting()) {
      if (allows(keyOf(node))) wake(node);
      else node.querySelector("[hidden]")?.removeAttribute("hidden");
    }
  }

  function wake(node) {
    if (woken.has(node)) return;
    woken.add(node);
    const key = keyOf(node);
    const start = node.text === undefined ? unfold : run;
    queues[key] = Promise.resolve(queues[key]).then(() => start(node));
  }

  function swap(old, made) {
    document.write = document.writeln = (html) =>
      document.currentScript.before(document.createRange().createContextualFragment(html));
    old.replaceWith(made);
    delete document.write;
    delete document.writeln;
  }

  function unfold(node) {
    const template = node.content ? node : node.querySelector("template");
    const content = document.importNode(template.content, true);
    const next = node.contains(document.activeElement) && content.querySelector("iframe");
    swap(node, content);
    if (next) next.focus();
  }

  function run(old) {
    const script = old.cloneNode(true);
    const { scSrc, scType } = old.dataset;
    woken.add(script);
    script.type = scType || "";
    script.async = old.hasAttribute("async");
    if (scSrc) script.src = scSrc;
    const end = new Promise((done) => (script.onload = script.onerror = done));
    swap(old, script);
    return scSrc && !script.async && end;
  }

  const copy = (at) => template.content.children[at].cloneNode(true);

  function ask() {
    if (isDecided()) return;
    banner = copy(0);
    if (choice.text && !isCurrent()) sayWhatIsNew(banner.querySelector("[data-sc-new]"));
    banner.onkeydown = ({ key }) => {
      if (key === "Escape") hide();
    };
    paint();
    const first = document.body.firstElementChild;
    first[first.matches("a[href^='#']") ? "after" : "before"](banner);
    if (banner.matches(".sc-modal")) banner.showModal();
    else banner.open = true;
  }

  function hide() {
    banner?.remove();
    banner = null;
  }

  function sayWhatIsNew(line) {
    const names = keys.filter(isNew).map((key) => offered[key][1]);
    line.lastElementChild.textContent = names.join(", ");
    line.hidden = false;
  }

  function paint() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    document.adoptedStyleSheets.push(sheet);
  }

  async function open() {
    const dialog = copy(1);
    try {
      const html = await (await fetch(page.url + "?part=form")).text();
      if (document.querySelector(".sc-settings")) return;
      dialog.insertAdjacentHTML("beforeend", html);
      dialog.querySelector(".sc-form").onsubmit = save;
      dialog.onclose = () => dialog.remove();
      paint();
      document.body.append(dialog);
      dialog.showModal();
    } catch {
      location.assign(page.url);
    }
  }

  function save(event) {
    event.preventDefault();
    const fields = new FormData(event.target);
    const has = (name, value) => fields.getAll(name).includes(value);
    const isTicked = (key) => has("service", key) || has("category", offered[key][0]);
    const word = event.submitter.value;
    event.target.closest("dialog").close();
    choose((key) => word === "all" || (word === "some" && isTicked(key)), "settings");
  }

  const embedOf = (button) => button.closest("[data-sc-embed]");
  const actions = {
    scChoose: (button) => choose(() => button.dataset.scChoose, "banner"),
    scOpen: open,
    scOnce: (button) => wake(embedOf(button)),
    scAlways: (button) =>
      choose((key) => key === keyOf(embedOf(button)) || allows(key), "embed"),
  };

  document.addEventListener("click", (event) => {
    const target = event.target.closest("a, button");
    const name = target && Object.keys(actions).find((it) => it in target.dataset);
    if (!name || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    actions[name](target);
  });

  function scan() {
    wakeAll();
    if (banner && !banner.isConnected) ask();
  }

  window.siteChoice = {
    allows,
    granted,
    open,
    load: (key) => waiting().filter((it) => keyOf(it) === key).forEach(wake),
    on: (listener) =>
      document.addEventListener(NAME + ":change", ({ detail }) => listener(detail)),
  };
  channel.onmessage = () => {
    look();
    setTimeout(look, 500);
  };
  addEventListener("pageshow", look);
  addEventListener("visibilitychange", look);
  if (page.gpc && navigator.globalPrivacyControl && !isDecided()) choose(allows, "gpc");
  else resend();
  erase();
  ask();
  if (choice.age < 10) channel.postMessage("");
  scan();
  addEventListener("DOMContentLoaded", scan);
  new MutationObserver(scan).observe(document, { childList: true, subtree: true });
})();
