/*
 * Sends lead forms without leaving the page. Without this script they work the same:
 * the browser posts the form, and the server answers with a page. Here its answer is
 * fetched, and the part that concerns the form takes the form's place.
 */
(() => {
  "use strict";

  const FRAGMENT = "[data-consent-fragment]";

  async function answerOf(form) {
    const response = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      headers: { Accept: "text/html", "X-Requested-With": "fetch" },
      credentials: "omit",
    });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fragment = page.querySelector(FRAGMENT);
    if (!fragment) throw new Error("no answer to show");
    return document.importNode(fragment, true);
  }

  function focusOf(fragment) {
    return (
      fragment.querySelector("[aria-invalid=true]") ||
      fragment.querySelector("[data-consent-sent], .consent-mistakes, h1, h2") ||
      fragment
    );
  }

  function show(fragment, answer) {
    fragment.replaceWith(answer);
    const target = focusOf(answer);
    if (!target.matches("input, select, textarea")) target.tabIndex = -1;
    target.focus();
  }

  function setBusy(form, busy) {
    const fragment = form.closest(FRAGMENT);
    const status = fragment.querySelector("[data-consent-status]");
    form.dataset.consentBusy = busy ? "yes" : "";
    form.setAttribute("aria-busy", String(busy));
    for (const button of form.querySelectorAll("[type=submit]")) {
      button.setAttribute("aria-disabled", String(busy));
    }
    if (status) status.textContent = busy ? fragment.dataset.consentBusy : "";
  }

  async function send(form) {
    setBusy(form, true);
    try {
      show(form.closest(FRAGMENT), await answerOf(form));
    } catch {
      // Whatever went wrong, the browser's own way still works.
      form.submit();
    }
  }

  // Where the script is loaded twice, the second listener finds the form busy.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-consent-form]") || !form.closest(FRAGMENT)) return;
    event.preventDefault();
    if (form.dataset.consentBusy !== "yes") send(form);
  });

  // Coming back with the browser's button shows the page as it was left: busy.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("[data-consent-form]")) {
      if (form.dataset.consentBusy === "yes") setBusy(form, false);
    }
  });
})();
