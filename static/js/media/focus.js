// A tap on the picture writes its focal point into the two number boxes and marks it.
document.addEventListener("DOMContentLoaded", () => {
  const picture = document.querySelector("[data-focus]");
  const boxes = [document.getElementById("id_focal_x"), document.getElementById("id_focal_y")];
  if (!picture || !boxes.every(Boolean)) return;
  const frame = document.createElement("span");
  const mark = document.createElement("span");
  frame.className = "photo-focus";
  mark.className = "photo-focus-mark";
  picture.before(frame);
  frame.append(picture, mark);
  const show = () => {
    mark.style.insetInlineStart = `${boxes[0].value}%`;
    mark.style.insetBlockStart = `${boxes[1].value}%`;
  };
  picture.addEventListener("click", (event) => {
    const { left, top, width, height } = picture.getBoundingClientRect();
    boxes[0].value = Math.round(((event.clientX - left) / width) * 100);
    boxes[1].value = Math.round(((event.clientY - top) / height) * 100);
    show();
  });
  for (const box of boxes) box.addEventListener("input", show);
  show();
});
