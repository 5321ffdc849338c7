// What every page can do and the theme's own script leaves out: show which colours are chosen, and go back to the top.
(function () {
  "use strict";
  window.bookScript = true; // which the page's head looks for
  const root = document.documentElement;
  const choices = document.querySelectorAll(".book-colours input");
  function show() {
    for (const one of choices) one.checked = one.value === root.dataset.mode;
  }
  show();
  for (const one of choices) one.addEventListener("change", show);

  // A page without calculators hands a case on as it came.
  const { search } = location;
  if (!window.book && /^\?(?!q=|highlight=)[a-z]/.test(search)) {
    for (const link of document.querySelectorAll("a[href]")) {
      if (/^(?!\w+:)[^?#]*\.html(#|$)/.test(link.getAttribute("href"))) link.search = search;
    }
  }

  const button = document.getElementById("pst-back-to-top");
  let last = scrollY;
  addEventListener("scroll", () => {
    button.style.display = scrollY < last && scrollY > innerHeight / 2 ? "block" : "none";
    last = scrollY;
  }, { passive: true });
  button.addEventListener("click", () => scrollTo(0, 0));
})();
