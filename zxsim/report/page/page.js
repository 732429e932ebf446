"use strict";
// Which runs are shown, links into what is folded, and printing with everything unfolded.
(function () {
  const which = document.querySelector(".which");
  if (which) {
    const panels = Array.from(document.querySelectorAll(".panel[data-run]"));
    const show = (value) => {
      document.body.dataset.which = value;
      panels.forEach((panel) => {
        panel.hidden = value !== "side" && value !== "below" && panel.dataset.run !== value;
      });
    };
    which.addEventListener("change", (event) => show(event.target.value));
    which.querySelector("input[value=side]").checked = true;
    which.hidden = false;
    show("side");
  }

  let opened = [];
  addEventListener("beforeprint", () => {
    opened = Array.from(document.querySelectorAll("details:not([open])"));
    opened.forEach((details) => { details.open = true; });
  });
  addEventListener("afterprint", () => {
    opened.forEach((details) => { details.open = false; });
    opened = [];
  });
})();
