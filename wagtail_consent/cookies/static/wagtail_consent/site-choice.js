/* Nothing of a third party loads before the visitor says so; without this, nothing does.
 * How it works, its API and the cookie: docs/reference/browser.md */
(() => {
  "use strict";
  if (window.siteChoice) return;

  const NAME = "site-choice";
  const DAY = 86400;
  const GATED = "script[data-sc], template[data-sc], [data-sc-embed]";
  const page = document.currentScript.dataset;
  const words = (text, separator) => (text ? text.split(separator) : []);
  const categories = new Map(words(page.services, " ").map((pair) => pair.split(":")));
  const keys = [...categories.keys()];
  const declared = words(page.stored, " ").map((it) => it.split("/").map(decodeURIComponent));
  const channel = new BroadcastChannel(NAME);
  const STYLE = `
    .sc-banner {
      position: fixed; inset: auto 0 0; z-index: 2147483000; box-sizing: border-box;
      width: auto; max-width: none; max-height: 100dvh; overflow: auto; margin: 0;
      padding: 1.25em; border: 1px solid GrayText;
      background: var(--sc-back, Canvas); color: var(--sc-text, CanvasText);
      font: inherit; line-height: 1.5; box-shadow: 0 0 2em #0004;
    }
    .sc-banner[open] { display: grid; gap: 1em 2em; }
    .sc-banner :is(h2, p) { margin: 0 0 0.5em; font-size: 1em; }
    .sc-banner h2 { font-size: 1.25em; }
    .sc-banner a { margin-inline-end: 1em; color: inherit; }
    .sc-banner .sc-buttons { display: grid; grid-template-columns: 1fr 1fr; gap: 0.5em; align-content: center; margin: 0; }
    .sc-banner button {
      min-height: 2.75em; padding: 0.25em; border: 2px solid transparent;
      border-radius: var(--consent-radius, 0.5rem);
      background: var(--consent-accent, #1c5fc4); color: var(--consent-on-accent, #fff);
      font: inherit; font-weight: 600; cursor: pointer;
    }
    .sc-banner .sc-plain { grid-column: 1 / -1; border-color: currentColor; background: none; color: inherit; }
    .sc-banner :focus-visible { outline: 3px solid var(--sc-text, CanvasText); outline-offset: 2px; }
    .sc-modal { inset: 0; width: fit-content; max-width: 36em; margin: auto; }
    :root:has(.sc-banner) { scroll-padding-bottom: 50vh; }
    @media (min-width: 48em) {
      .sc-box { right: auto; bottom: 1em; left: 1em; max-width: 30em; }
      .sc-bar { grid-template-columns: 1fr minmax(20em, auto); padding-inline: max(1.25em, 50vw - 36em); }
    }
    @media print { .sc-banner { display: none !important; } }`;
  const queues = {};
  const woken = new WeakSet();
  let choice = read();
  let banner;

  /* What was chosen */

  function parse(text) {
    const found =
      /^1\.([\da-f]{8})\.([\da-z]{1,8})\.([\w~-]*)\.([\w~-]*)\.([\da-f]{32})?\.([\da-f]{32})?\.([01])$/.exec(text);
    if (!found || text.length > 3072) return;
    const [, material, made, allowed, denied, reference, secret, logged] = found;
    const granted = words(allowed, "~");
    const refused = words(denied, "~");
    const age = Date.now() / 1000 - parseInt(made, 36);
    if (age < -DAY || age >= page.days * DAY || granted.some((key) => refused.includes(key))) return;
    return { text, material, age, granted, refused, reference, secret, logged };
  }

  function cookies() {
    return words(document.cookie, "; ").map((pair) => pair.split("="));
  }

  function read() {
    return cookies().map(([name, value]) => name === NAME && parse(value)).find(Boolean);
  }

  function write() {
    expire(NAME);
    const domain = page.domain && `;Domain=${page.domain}`;
    const secure = location.protocol === "https:" ? ";Secure" : "";
    document.cookie = `${NAME}=${choice.text};Path=/;SameSite=Lax;Max-Age=${page.days * DAY}${domain}${secure}`;
  }

  const refused = () => (choice ? choice.refused : []);
  const granted = () => keys.filter((key) => choice && choice.granted.includes(key));
  const allows = (key) => granted().includes(key);
  const isNew = (key) => !allows(key) && !refused().includes(key);
  const isOld = () => choice && choice.material !== page.material;
  const isDecided = () => choice && !isOld() && !keys.some(isNew);

  function choose(isWanted, source, isAsked = () => true) {
    const former = choice || {};
    const yes = keys.filter(isWanted);
    const no = keys.filter((key) => !yes.includes(key) && isAsked(key));
    const made = Math.floor(Date.now() / 1000).toString(36);
    const id = yes.length && former.secret ? `${former.reference}.${former.secret}` : ".";
    choice = parse(`1.${page.material}.${made}.${yes.join("~")}.${no.join("~")}.${id}.0`);
    write();
    channel.postMessage("");
    send(source, former);
    settle();
  }

  function settle() {
    erase();
    if (isDecided()) hide();
    const detail = { granted: granted(), refused: refused() };
    document.dispatchEvent(new CustomEvent("site-choice:change", { detail }));
    // What runs can't be stopped otherwise.
    if (refused().some((key) => queues[key])) location.reload();
    else wakeAll(document);
  }

  // Another tab chose, or this page comes out of the browser's cache.
  function look() {
    const found = read();
    if (!found || (choice && choice.text === found.text)) return;
    choice = found;
    settle();
  }

  async function send(source, { reference = "", secret = "" }) {
    const sent = choice;
    const word = sent.granted[0] ? (sent.refused[0] ? "some" : "all") : "none";
    const facts = { choice: word, source, page: location.pathname, revision: page.revision };
    const body = new URLSearchParams({ ...facts, reference, secret });
    for (const key of sent.granted) body.append("service", key);
    try {
      const headers = { Accept: "application/json" };
      const answer = await fetch(page.url, { method: "POST", body, headers, keepalive: true });
      const { cookie } = await answer.json();
      // An answer that comes late brought back an older choice.
      if (choice !== sent) write();
      else choice = parse(cookie) || choice;
    } catch {
      // The next page sends it again.
    }
  }

  // What was sent a moment ago may still be on its way.
  function resend() {
    if (!choice || choice.logged > 0 || choice.age < 10 || isOld()) return;
    send(choice.granted[0] && choice.refused[0] ? "settings" : "banner", choice);
  }

  /* What refused services left */

  // Only the domain and path that it was set with delete a cookie.
  function expire(name) {
    const all = (text, separator, part) => text.split(separator).map(part);
    const domains = all(location.hostname, ".", (_, at, it) => `;Domain=${it.slice(at).join(".")}`);
    const paths = all(location.pathname, "/", (_, at, it) => it.slice(0, at + 1).join("/"));
    for (const domain of ["", ...domains]) {
      for (const path of ["/", ...paths, ...paths.map((it) => it + "/")]) {
        document.cookie = `${name}=;Max-Age=0;Path=${path}${domain}`;
      }
    }
  }

  const fits = (name, pattern) =>
    pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern;

  function remove(kind, pattern) {
    const isKept = (name) =>
      declared.some(([key, at, it]) => at === kind && fits(name, it) && !refused().includes(key));
    const goes = (name) => fits(name, pattern) && !isKept(name);
    if (kind === "indexed") return goes(pattern) && indexedDB.deleteDatabase(pattern);
    if (kind === "cookie") return cookies().map(([name]) => name).filter(goes).forEach(expire);
    const storage = window[`${kind}Storage`];
    Object.keys(storage).filter(goes).forEach((name) => storage.removeItem(name));
  }

  function erase() {
    for (const [key, kind, pattern] of declared) {
      try {
        if (refused().includes(key)) remove(kind, pattern);
      } catch {
        // Storage that is switched off holds nothing.
      }
    }
  }

  /* What waits */

  const keyOf = (node) => node.dataset.sc || node.dataset.scEmbed;

  function wakeAll(root) {
    for (const node of root.querySelectorAll(GATED)) {
      if (allows(keyOf(node))) wake(node);
      else node.querySelector("[hidden]")?.removeAttribute("hidden");
    }
  }

  // In order for each service; none waits for another's.
  function wake(node) {
    if (woken.has(node)) return;
    woken.add(node);
    const key = keyOf(node);
    queues[key] = Promise.resolve(queues[key]).then(() =>
      node.text === undefined ? unfold(node) : run(node),
    );
  }

  function swap(old, made) {
    // It would empty the page that is there already.
    document.write = document.writeln = (html) =>
      document.currentScript.before(document.createRange().createContextualFragment(html));
    old.replaceWith(made);
    delete document.write;
    delete document.writeln;
  }

  function unfold(node) {
    const template = node.content ? node : node.querySelector("template");
    const content = document.importNode(template.content, true);
    const focusable = node.contains(document.activeElement) && content.querySelector("iframe, a");
    swap(node, content);
    if (focusable) focusable.focus();
  }

  function run(old) {
    const script = document.createElement("script");
    for (const { name, value } of old.attributes) {
      if (!/^(type|data-sc)$/.test(name)) script.setAttribute(name.replace("data-sc-", ""), value);
    }
    script.nonce = old.nonce;
    script.async = old.hasAttribute("async");
    script.text = old.text;
    const end = new Promise((done) => (script.onload = script.onerror = done));
    swap(old, script);
    return script.src && !script.async && end;
  }

  /* Asking */

  const copy = (at) =>
    document.importNode(document.getElementById("sc-banner").content.children[at], true);

  function ask() {
    if (isDecided() || !document.getElementById("sc-banner")) return;
    banner = copy(0);
    if (isOld()) sayWhatIsNew(banner.querySelector("[data-sc-new]"));
    paint();
    document.body.prepend(banner);
    if (banner.matches(".sc-modal")) banner.showModal();
    else banner.open = true;
  }

  function paint() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    document.adoptedStyleSheets = [sheet];
  }

  function hide() {
    if (banner) banner.remove();
    banner = null;
  }

  function sayWhatIsNew(line) {
    const names = line.dataset.scNew.split("|").filter((_, at) => isNew(keys[at]));
    line.lastElementChild.textContent = names.join(", ");
    line.hidden = false;
  }

  async function open() {
    if (document.querySelector(".sc-settings")) return;
    const dialog = copy(1);
    dialog.onclose = () => dialog.remove();
    document.body.append(dialog);
    try {
      const html = await (await fetch(`${page.url}?part=form`)).text();
      dialog.append(new DOMParser().parseFromString(html, "text/html").querySelector(".sc-form"));
      dialog.showModal();
    } catch {
      location.assign(page.url);
    }
  }

  function save(form, word) {
    const ticked = [...new FormData(form).values()];
    form.closest("dialog").close();
    const isTicked = (key) => ticked.includes(key) || ticked.includes(categories.get(key));
    choose((key) => word === "all" || (word === "some" && isTicked(key)), "settings");
  }

  const embedOf = (button) => button.closest("[data-sc-embed]");
  const always = (key) =>
    choose((it) => it === key || allows(it), "embed", (it) => refused().includes(it));
  const actions = {
    scChoose: (button) => choose(() => button.dataset.scChoose, "banner"),
    scOpen: open,
    scClose: (button) => button.closest("dialog").close(),
    scOnce: (button) => wake(embedOf(button)),
    scAlways: (button) => always(keyOf(embedOf(button))),
  };

  document.addEventListener("click", (event) => {
    const target = event.target.closest("a, button");
    const name = target && Object.keys(actions).find((it) => it in target.dataset);
    if (!name || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    actions[name](target);
  });

  document.addEventListener("submit", (event) => {
    if (!event.target.closest(".sc-settings")) return;
    event.preventDefault();
    save(event.target, event.submitter.value);
  });

  document.addEventListener("keydown", ({ key, target }) => {
    if (key === "Escape" && banner && banner.contains(target)) hide();
  });

  /* The start */

  function start() {
    const scan = () => {
      wakeAll(document);
      // Somebody replaced the whole body.
      if (banner && !banner.isConnected) ask();
    };
    scan();
    new MutationObserver(scan).observe(document, { childList: true, subtree: true });
  }

  window.siteChoice = {
    allows,
    granted,
    open,
    load: (key) =>
      [...document.querySelectorAll(GATED)].filter((it) => keyOf(it) === key).forEach(wake),
    on: (listener) =>
      document.addEventListener("site-choice:change", ({ detail }) => listener(detail)),
  };
  channel.onmessage = look;
  addEventListener("pageshow", look);
  document.addEventListener("visibilitychange", look);
  if (page.gpc && navigator.globalPrivacyControl && !isDecided()) choose(allows, "gpc");
  else resend();
  erase();
  ask();
  channel.postMessage("");
  // Before, an element may be there by half.
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
