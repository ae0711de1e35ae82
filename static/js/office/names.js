// Names that Django's widgets draw without: each block says what it mends and may go when Django does it.
const labelOf = (field) => field.labels?.[0] || document.querySelector(`label[for="${field.id}"]`);

// select2 4.0.13: its combobox is named by the chosen value alone, so an empty one has no name; and the
// value is called a text box, which it is not.
function nameAutocompletes(root) {
  for (const select of root.querySelectorAll("select.admin-autocomplete")) {
    const label = labelOf(select);
    const box = select.parentElement.querySelector(".select2-selection");
    if (!label || !box) continue;
    label.id ||= `${select.id}_label`;
    const value = box.querySelector(".select2-selection__rendered");
    if (value?.getAttribute("role") === "textbox") {
      value.removeAttribute("role");
      value.removeAttribute("aria-readonly");
    }
    box.setAttribute("aria-labelledby", value?.id ? `${label.id} ${value.id}` : label.id);
    box.querySelector(".select2-search__field")?.setAttribute("aria-label", label.textContent.replace("*", "").trim());
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

// helpers.py writes the name of an inline with a capital, in the middle of “Thêm …”.
function nameAddButtons() {
  for (const link of document.querySelectorAll(".add-row a")) {
    link.textContent = link.textContent.replace(/(?<=^Thêm )\p{Lu}(?=\p{Ll}| )/u, (letter) => letter.toLowerCase());
  }
}

// admin_list.py: the icon of a yes-or-no column says “True” or “False”.
function nameAnswers(root) {
  const words = { True: "Có", False: "Không", None: "Chưa rõ" };
  for (const icon of root.querySelectorAll(":is(.results, .readonly) img")) icon.alt = words[icon.alt] ?? icon.alt;
}

function nameAll(root) {
  nameAnswers(root);
  nameAutocompletes(root);
  nameFilters(root);
  nameAddButtons();
}

nameCells();
// Django draws some widgets when jQuery is ready (which may come late), others on load.
const everything = () => nameAll(document);
window.django?.jQuery?.(everything);
window.addEventListener("load", () => setTimeout(everything));
document.addEventListener("formset:added", (event) => setTimeout(() => nameAll(event.target)));
// An open select2 stands at the end of the page, outside every landmark; its search box has no name,
// and its combobox says what it owns but not what it controls.
window.django?.jQuery?.(document).on("select2:open", (event) => {
  const box = event.target.parentElement.querySelector("[aria-owns]");
  box?.setAttribute("aria-controls", box.getAttribute("aria-owns"));
  for (const field of document.querySelectorAll(".select2-search--dropdown .select2-search__field")) {
    field.setAttribute("aria-label", "Gõ để tìm");
    const panel = field.closest(".select2-container");
    panel.setAttribute("role", "region");
    panel.setAttribute("aria-label", "Chọn trong danh sách");
  }
});
