/* Loads the scripts of services that listen, once they were told what was decided:
 * first everything is denied, then what is allowed is granted, and only then their own
 * script comes. If this file is blocked, they don't load at all.
 *
 * It comes itself only when such a service was allowed: for somebody who said no,
 * nothing is told and nothing is stored. Its element carries
 *   data-signals: who listens, "key:how:category …"
 *   data-then:    the service's script, {"attributes": {…}, "code": "…"} as JSON */
(function (script) {
  "use strict";

  var state = (window.siteChoiceSignals = window.siteChoiceSignals || {
    services: [],
    told: {},
    listening: false,
  });

  /* Google's names of what a category allows. */
  var GOOGLE = {
    marketing: ["ad_storage", "ad_user_data", "ad_personalization"],
    statistics: ["analytics_storage"],
    functional: ["functionality_storage", "personalization_storage"],
  };

  var TELLERS = {
    google: function (kind, word) {
      var told = {};
      Object.keys(GOOGLE).forEach(function (category) {
        GOOGLE[category].forEach(function (name) {
          told[name] = word(category);
        });
      });
      gtag("consent", kind, told);
    },
    uet: function (kind, word) {
      queue("uetq").push("consent", kind, { ad_storage: word() });
    },
    clarity: function (kind, word) {
      window.clarity =
        window.clarity ||
        function () {
          (window.clarity.q = window.clarity.q || []).push(arguments);
        };
      window.clarity("consentv2", {
        ad_Storage: word("marketing"),
        analytics_Storage: word("statistics"),
      });
    },
    /* Nothing that Matomo remembers by itself: the choice is kept in one place. */
    matomo: function (kind, word) {
      var given = word() === "granted" ? "setConsentGiven" : "forgetConsentGiven";
      queue("_paq").push([kind === "default" ? "requireConsent" : given]);
    },
  };

  function queue(name) {
    return (window[name] = window[name] || []);
  }

  /* Google reads an arguments object, and no array. */
  function gtag() {
    queue("dataLayer").push(arguments);
  }

  function parsed(line) {
    var parts = line.split(":");
    return { key: parts[0], how: parts[1], category: parts[2] };
  }

  /* Says for a category, or for any, whether a service is allowed that listens so. */
  function wording(how, granted) {
    return function (category) {
      var allowed = state.services.some(function (it) {
        var fits = it.how === how && (!category || it.category === category);
        return fits && granted.indexOf(it.key) >= 0;
      });
      return allowed ? "granted" : "denied";
    };
  }

  function tell(granted) {
    Object.keys(TELLERS).forEach(function (how) {
      var keys = state.services
        .filter(function (it) {
          return it.how === how;
        })
        .map(function (it) {
          return it.key;
        });
      var now = granted.filter(function (key) {
        return keys.indexOf(key) >= 0;
      });
      var told = now.sort().join();
      if (!keys.length || state.told[how] === told) return;
      if (!(how in state.told)) TELLERS[how]("default", wording(how, []));
      state.told[how] = told;
      TELLERS[how]("update", wording(how, now));
    });
  }

  function load(then) {
    var made = document.createElement("script");
    made.async = false;
    Object.keys(then.attributes).forEach(function (name) {
      made.setAttribute(name, then.attributes[name]);
    });
    if (script.nonce) made.nonce = script.nonce;
    made.text = then.code;
    script.after(made);
  }

  state.services = (script.dataset.signals || "").split(" ").map(parsed);
  tell(Array.from(window.siteChoice.granted()));
  if (!state.listening) {
    state.listening = true;
    document.addEventListener("site-choice:change", function (event) {
      tell(Array.from(event.detail.granted));
    });
  }
  if (script.dataset.then) load(JSON.parse(script.dataset.then));
})(document.currentScript);
