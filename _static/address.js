// A what-if in the page's address: read from it, put into it, and copied with it.
(function () {
  "use strict";
  const book = window.book;
  const { quantities, style, has, Refusal, inside, words, element } = book;

  // The numbers in an address, {name: number}, and the unknown, which stands there without a number. All of it or
  // nothing: what is not a known name with a number of its domain is refused, and never shown.
  function readAddress(search, accepted) {
    const given = {};
    let unknown = null;
    if (search.length > style.longest) {
      throw new Refusal("The address is too long to be a what-if; nothing was changed.");
    }
    for (const part of search.replace(/^\?/, "").split("&").filter(Boolean)) {
      const [, name, value] = /^([a-z][a-z0-9_]{0,40})=([0-9.eE+-]{0,30})$/.exec(part) || [];
      if (!name || !accepted.has(name) || has(given, name)) {
        throw new Refusal("The address names something that this calculator does not have; nothing was changed.");
      }
      if (value === "") {
        unknown = name;
        continue;
      }
      const plain = book.typed(value), number = plain === null ? NaN : Number(plain);
      if (!inside(quantities[name].domain, number)) {
        throw new Refusal(`The address gives ${words(name)} a value that it cannot have; nothing was changed. ` +
          `Accepted: ${quantities[name].domain.words}.`);
      }
      given[name] = number;
    }
    return { given, unknown };
  }

  const query = (given) => Object.entries(given).map(([name, value]) => `${name}=${value}`).join("&");
  const ending = (text, fragment) => (text ? "?" + text : "") + (fragment ? "#" + fragment : "");

  function putInAddress(text, fragment) {
    try {
      history.replaceState(null, "", location.pathname + ending(text, fragment));
    } catch {
      // Some browsers refuse it on pages opened as files; the link can still be copied.
    }
  }

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return false;
    }
  }

  // Copy a link, or show it where the browser does not allow that.
  async function shareLink(text, fragment, { message, say }) {
    const address = location.href.replace(/[?#].*$/, "") + ending(text, fragment);
    putInAddress(text, fragment);
    if (await copy(address)) return say("The link is copied: it opens the calculator with these values.");
    const attributes = { class: "calc-link", readonly: "", "aria-label": "link to this what-if", value: address };
    const shown = element("input", attributes);
    message.replaceChildren("Copy it from here: ", shown);
    return shown.select();
  }

  const hasState = () => location.search && !/^\?highlight=[^&]*$/.test(location.search);

  // What is wrong with the address, above the page's text.
  function complain(text) {
    const note = element("p", { class: "calc-page", role: "status" });
    document.querySelector(".bd-article").prepend(note);
    note.textContent = text;
  }

  Object.assign(book, { readAddress, query, putInAddress, shareLink, hasState, complain });
})();
