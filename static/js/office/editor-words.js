// The text editor's buttons are named in English in its source, past any catalogue (django-prose-editor
// 0.28: menu.js). Its dialogs are in locale/vi. May go when the buttons ask gettext.
const words = {
  paragraph: "Đoạn văn",
  "heading 2": "Tiêu đề mục",
  "heading 3": "Tiêu đề nhỏ",
  "unordered list": "Danh sách có chấm",
  "ordered list": "Danh sách có số",
  blockquote: "Trích lời",
  bold: "Đậm",
  italic: "Nghiêng",
  underline: "Gạch chân",
  strike: "Gạch ngang",
  subscript: "Chỉ số dưới",
  superscript: "Chỉ số trên",
  "insert link": "Gắn đường dẫn",
  "remove link": "Bỏ đường dẫn",
  "insert image": "Chèn ảnh",
  "insert figure": "Chèn ảnh",
  "insert table": "Chèn bảng",
  "add column": "Thêm cột",
  "delete column": "Bỏ cột",
  "add row": "Thêm hàng",
  "delete row": "Bỏ hàng",
  "merge cells": "Gộp ô",
  "split cell": "Tách ô",
  "toggle header cell": "Đổi ô tiêu đề",
  "delete table": "Bỏ bảng",
  "horizontal rule": "Đường kẻ ngang",
  "hard break": "Xuống dòng",
  undo: "Hoàn tác",
  redo: "Làm lại",
  "edit html": "Sửa mã HTML",
};
// Shown with the name, so that they are learned by the way (the same list: templates/…/_keys.html).
const keys = {
  "Tiêu đề mục": "Ctrl+Alt+2",
  "Tiêu đề nhỏ": "Ctrl+Alt+3",
  "Danh sách có chấm": "Ctrl+Shift+8",
  "Danh sách có số": "Ctrl+Shift+7",
  "Trích lời": "Ctrl+Shift+B",
  Đậm: "Ctrl+B",
  Nghiêng: "Ctrl+I",
  "Gắn đường dẫn": "Ctrl+K",
  "Xuống dòng": "Shift+Enter",
  "Hoàn tác": "Ctrl+Z",
  "Làm lại": "Ctrl+Y",
};
const inVietnamese = (text) => words[text?.trim().toLowerCase()];

function translate(bar) {
  for (const button of bar.querySelectorAll("button, [title], h1, h2, h3, h4, p")) {
    const title = inVietnamese(button.title);
    if (title) button.title = keys[title] ? `${title} (${keys[title]})` : title;
    const label = inVietnamese(button.ariaLabel);
    if (label) button.ariaLabel = label;
    // Icons are words too (“format_bold”); only an option of the paragraph menu is text to be read.
    const text = button.classList.contains("material-icons") ? undefined : inVietnamese(button.textContent);
    if (text && !button.children.length) button.textContent = text;
  }
}

function attend() {
  for (const bar of document.querySelectorAll(".prose-menubar:not([data-vi])")) {
    bar.dataset.vi = "";
    translate(bar);
    new MutationObserver(() => translate(bar)).observe(bar, { childList: true, subtree: true });
  }
}

// The bar is drawn a moment after the editor says it is ready.
document.addEventListener("prose-editor:ready", () => setTimeout(attend));
window.addEventListener("load", () => setTimeout(attend));
