// A link to the reader's case, for who asks for one.
(function () {
  "use strict";
  const book = window.book;
  const { element } = book;

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return false;
    }
  }

  // Copy a link, or show it where the browser does not allow that.
  async function shareLink(text, fragment, { message, say: tell }) {
    const address = location.href.replace(/[?#].*$/, "") + book.ending(text, fragment);
    book.putInAddress(text, fragment);
    if (await copy(address)) return tell("The link is copied: it opens the calculator with these values.");
    const attributes = { class: "calc-link", readonly: "", "aria-label": "link to this what-if", value: address };
    const shown = element("input", attributes);
    message.replaceChildren("Copy it from here: ", shown);
    return shown.select();
  }

  book.shareLink = shareLink;
})();
