// The tools of a page's cards: what is solved for, what a field says, and which folds were open.
(function () {
  "use strict";
  const book = window.book;
  const { element, rangeOf, readField } = book;

  // What is typed: a value, or one with its ends.
  const readEntry = (one, unit) => rangeOf(one.input.value, one.name, unit) || { value: readField(one, unit), ends: null };

  // The tools above or below a table: what to choose, share, reset.
  function tools(id, label, options, onChoice, onShare, onReset) {
    const choice = element("select", { id }, ...options.map(([value, text]) => element("option", { value }, text)));
    const share = element("button", { type: "button", class: "calc-share" }, book.style.case.share);
    const clear = element("button", { type: "button", class: "calc-reset" }, "Reset");
    choice.addEventListener("change", () => onChoice(choice.value));
    share.addEventListener("click", onShare);
    clear.addEventListener("click", () => {
      onReset();
      if (clear.disabled) choice.focus(); // one that is disabled would take the keyboard's place with it
    });
    const message = element("p", { class: "calc-message", role: "status" });
    const box = element("div", { class: "calc-tools" }, element("label", { for: id }, label), choice, share, clear);
    let waiting;
    // Spoken by screen readers; while someone types, only once they pause.
    const say = (text, pause = 0) => {
      clearTimeout(waiting);
      waiting = setTimeout(() => message.replaceChildren(text), pause);
    };
    return { box, choice, clear, message, say };
  }

  // What was opened is open again when the page is seen again, where the browser keeps anything.
  function remember() {
    const key = "open " + location.pathname, folds = [...document.querySelectorAll(".quiet > .fold")];
    const name = (fold) => fold.parentNode.id + " " + fold.className;
    const guarded = (action) => {
      try {
        return action();
      } catch {
        return ""; // storage is blocked or full: nothing is remembered
      }
    };
    const kept = (guarded(() => sessionStorage.getItem(key)) || "").split(",");
    const keep = () => guarded(() => sessionStorage.setItem(key, folds.filter((one) => one.open).map(name)));
    for (const fold of folds) {
      fold.open ||= kept.includes(name(fold));
      fold.addEventListener("toggle", keep);
    }
  }

  const isEmpty = ({ words, given }) => !Object.keys({ ...words, ...given }).length;

  Object.assign(book, { isEmpty, readEntry, tools, remember });
})();
