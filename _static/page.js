// What every page can do and the theme's own script leaves out: show which colours are chosen, and go back to the top.
(function () {
  "use strict";
  const root = document.documentElement;
  const choices = document.querySelectorAll(".book-colours input");
  function show() {
    for (const one of choices) one.checked = one.value === root.dataset.mode;
  }
  show();
  for (const one of choices) one.addEventListener("change", show);

  const button = document.getElementById("pst-back-to-top");
  let last = scrollY;
  addEventListener("scroll", () => {
    button.style.display = scrollY < last && scrollY > innerHeight / 2 ? "block" : "none";
    last = scrollY;
  }, { passive: true });
  button.addEventListener("click", () => scrollTo(0, 0));
})();
