// Names that Django's widgets draw without: each block says what it mends and may go when Django does it.
const labelOf = (field) => field.labels?.[0] || document.querySelector(`label[for="${field.id}"]`);

// select2 4.0.13: its combobox is named by the chosen value alone, so an empty one has no name.
function nameAutocompletes(root) {
  for (const select of root.querySelectorAll("select.admin-autocomplete")) {
    const label = labelOf(select);
    const box = select.parentElement.querySelector(".select2-selection");
    if (!label || !box) continue;
    label.id ||= `${select.id}_label`;
    const value = box.querySelector(".select2-selection__rendered");
    if (box.getAttribute("role") === "combobox" && value?.id) {
      box.setAttribute("aria-labelledby", `${label.id} ${value.id}`);
    } else {
      box.setAttribute("aria-labelledby", label.id);
    }
    box.querySelector(".select2-search__field")?.setAttribute("aria-label", label.textContent.trim());
  }
}

// SelectFilter2.js: the magnifier carries aria-label on a span without a role.
function nameFilters(root) {
  for (const icon of root.querySelectorAll(".search-label-icon[aria-label]")) icon.setAttribute("role", "img");
}

// change_list_results.html: cells come finished from Django, without their column's name.
function nameCells() {
  const table = document.getElementById("result_list");
  const names = Array.from(table?.tHead.rows[0].cells ?? [], (cell) => cell.textContent.trim());
  for (const cell of table?.querySelectorAll("tbody td:not(.action-checkbox)") ?? []) {
    cell.dataset.l = names[cell.cellIndex];
  }
}

function nameAll(root) {
  nameAutocompletes(root);
  nameFilters(root);
}

nameCells();
window.addEventListener("load", () => nameAll(document));
document.addEventListener("formset:added", (event) => setTimeout(() => nameAll(event.target)));
document.addEventListener("click", () => setTimeout(() => {
  // The search box select2 opens at the end of the page.
  for (const field of document.querySelectorAll(".select2-search--dropdown .select2-search__field")) {
    field.setAttribute("aria-label", "Gõ để tìm");
  }
}));
