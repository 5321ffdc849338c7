// Beside each text to take away a button, which says what it copies, keeps the focus, and tells that it is done.
(function () {
  "use strict";
  const SHOWN = 2000; // ms
  const said = document.createElement("p");
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  const names = new Map();

  // What stands above it: the title of its card, or of its section.
  function above(pre) {
    const section = pre.closest("section");
    const heading = (pre.closest("article.derivation")?.querySelector(".derivation-title") ??
      section?.querySelector(":scope > :is(h1, h2, h3, h4)"))?.cloneNode(true);
    for (const more of heading?.querySelectorAll(".headerlink, .section-number, .scenario") ?? []) more.remove();
    return heading?.textContent.trim().replace(/\s+/g, " ");
  }

  function name(pre) {
    const kind = pre.closest(".copyable")?.getAttribute("aria-label") ?? "code", place = above(pre);
    const plain = place ? `Copy ${kind}: ${place}` : `Copy ${kind}`, count = (names.get(plain) ?? 0) + 1;
    names.set(plain, count);
    return count > 1 ? `${plain}, ${count}` : plain;
  }

  async function copy(pre) {
    try {
      await navigator.clipboard.writeText(pre.textContent);
      return true;
    } catch {
      getSelection().selectAllChildren(pre);
      return false;
    }
  }

  for (const pre of document.querySelectorAll("div.highlight pre")) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "copy-button", textContent: "Copy" });
    button.setAttribute("aria-label", name(pre));
    button.addEventListener("click", async () => {
      said.textContent = "";
      const done = await copy(pre);
      button.textContent = done ? "Copied" : "Copy";
      said.textContent = done ? "Copied." : "The browser does not allow that: the text is selected, to be copied by hand.";
      setTimeout(() => { button.textContent = "Copy"; }, SHOWN);
    });
    pre.after(button);
  }
  if (names.size) document.body.append(said);
})();
