// What a symbol means, shown beside it: under the pointer, and for a whole equation that has the keyboard's focus.
(function () {
  "use strict";
  const { book } = window;
  const tip = book.element("div", { class: "symbol-tip", role: "tooltip", id: "symbol-tip", hidden: true });
  document.body.append(tip);
  let holder = null;

  const meaning = (name) => {
    const { meaning: text, counted, unit } = book.quantities[name];
    return [text, counted, unit === "1" ? "a pure number" : `in ${book.unitText(unit)}`].filter(Boolean).join(", ");
  };

  function show(names, at, owner) {
    tip.replaceChildren(...names.map((name) => book.element("p", {}, meaning(name))));
    tip.hidden = false;
    const box = at.getBoundingClientRect(), width = document.documentElement.clientWidth;
    tip.style.left = `${Math.max(8, Math.min(box.left, width - tip.offsetWidth - 8)) + scrollX}px`;
    tip.style.top = `${box.bottom + 6 + scrollY}px`;
    holder = owner;
    if (owner) owner.setAttribute("aria-describedby", tip.id);
  }

  function hide() {
    tip.hidden = true;
    if (holder) holder.removeAttribute("aria-describedby");
    holder = null;
  }

  const known = (mark) => mark && Object.hasOwn(book.quantities, mark.dataset.quantity);
  document.addEventListener("pointerover", ({ target }) => {
    const mark = target.closest("math [data-quantity]");
    if (known(mark)) show([mark.dataset.quantity], mark, null);
    else if (!tip.hidden && !holder && !tip.contains(target)) hide();
  });
  document.addEventListener("focusin", ({ target }) => {
    const marks = target.matches(".math-scroll") ? [...target.querySelectorAll("[data-quantity]")].filter(known) : [];
    if (marks.length && target.matches(":focus-visible")) {
      show([...new Set(marks.map((mark) => mark.dataset.quantity))], target, target);
    } else hide();
  });
  document.addEventListener("keydown", ({ key }) => key === "Escape" && hide());
})();
