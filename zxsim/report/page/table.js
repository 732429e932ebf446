"use strict";
// Sorting by headings and filtering of every table; without scripts the tables are plain lists.
(function () {
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

  function keyOf(row, at) {
    const cell = row.cells[at];
    return cell.dataset.value === undefined ? cell.textContent : Number(cell.dataset.value);
  }

  function compare(a, b) {
    const empty = (key) => key === "";
    if (empty(a) || empty(b)) return empty(a) - empty(b);
    if (typeof a === "number" && typeof b === "number") return a - b;
    if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
    return collator.compare(a, b);
  }

  function sorted(rows, at, direction) {
    const keyed = rows.map((row) => [keyOf(row, at), row]);
    keyed.sort(([a], [b]) => {
      const ends = a === "" || b === ""; // what is empty stands last in both directions
      return ends ? compare(a, b) : direction * compare(a, b);
    });
    return keyed.map(([, row]) => row);
  }

  function sortable(table) {
    const body = table.tBodies[0];
    const first = Array.from(body.rows);
    const headings = Array.from(table.tHead.rows[0].cells);
    headings.forEach((heading, at) => {
      const button = document.createElement("button");
      button.type = "button";
      button.title = table.dataset.sorting;
      const printed = document.createElement("span"); // a control is not painted where a heading is repeated
      printed.className = "printed";
      printed.textContent = heading.textContent;
      button.append(...heading.childNodes);
      heading.append(button, printed);
      heading.setAttribute("aria-sort", "none");
      button.addEventListener("click", () => {
        const next = { none: "ascending", ascending: "descending", descending: "none" };
        const state = next[heading.getAttribute("aria-sort")];
        headings.forEach((other) => other.setAttribute("aria-sort", "none"));
        heading.setAttribute("aria-sort", state);
        const direction = state === "descending" ? -1 : 1;
        body.append(...(state === "none" ? first : sorted(first, at, direction)));
      });
    });
  }

  function chooser(rows, heading, at, any) {
    const label = document.createElement("label");
    const select = document.createElement("select");
    const values = [...new Set(rows.map((row) => row.cells[at].textContent))].sort(collator.compare);
    label.append(heading.textContent, " ", select);
    select.append(new Option(any, ""));
    values.filter((value) => value !== "").forEach((value) => select.append(new Option(value, value)));
    return [label, select, at];
  }

  function tell(count, rows, shown) {
    const added = count.dataset.added;
    const cents = shown.reduce((sum, row) => sum + Math.round(100 * Number(row.cells[added]?.dataset.value || 0)), 0);
    const digits = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
    count.textContent = count.dataset.pattern
      .replace("{shown}", shown.length.toLocaleString("en"))
      .replace("{all}", rows.length.toLocaleString("en"))
      .replace("{sum}", (cents / 100).toLocaleString("en", digits));
  }

  function textOf(row) {
    return Array.from(row.cells, (cell) => cell.textContent).join("\n").toLocaleLowerCase();
  }

  function filtered(holder) {
    const filter = holder.querySelector(".filter");
    const count = holder.querySelector(".count");
    const table = holder.querySelector("table");
    const rows = Array.from(table.tBodies[0].rows);
    const texts = new Map(rows.map((row) => [row, textOf(row)]));
    const search = filter.querySelector("input");
    const choosers = Array.from(table.tHead.rows[0].cells)
      .map((heading, at) => [heading, at])
      .filter(([heading]) => heading.dataset.choice !== undefined)
      .map(([heading, at]) => chooser(rows, heading, at, filter.dataset.any));
    choosers.forEach(([label]) => filter.insertBefore(label, filter.querySelector(".clear")));

    function apply() {
      const words = search.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
      const shown = rows.filter((row) => {
        const found = words.every((word) => texts.get(row).includes(word));
        const chosen = choosers.every(([, select, at]) => !select.value || row.cells[at].textContent === select.value);
        row.hidden = !(found && chosen);
        return !row.hidden;
      });
      tell(count, rows, shown);
    }

    filter.addEventListener("input", apply);
    filter.addEventListener("change", apply); // a list that is chosen from may tell of nothing else
    filter.querySelector(".clear").addEventListener("click", () => {
      search.value = "";
      choosers.forEach(([, select]) => { select.value = ""; });
      apply();
    });
    filter.hidden = count.hidden = false;
    apply();
  }

  document.querySelectorAll(".table").forEach((holder) => {
    if (holder.querySelector(".filter")) filtered(holder);
    if (holder.querySelector("table.sortable")) sortable(holder.querySelector("table"));
  });
})();
