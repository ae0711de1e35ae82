// Open menus and filters close on Escape and on a click elsewhere; without script each closes by its own button.
const closable = ".o-top .menu[open], .pick[open]";

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll(closable)) {
    const inside = menu.contains(document.activeElement);
    menu.open = false;
    if (inside) menu.querySelector("summary").focus();
  }
});

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(closable)) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
