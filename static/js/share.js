// The ways to pass a page on that need a script: each button is shown only where this browser can do it.
for (const row of document.querySelectorAll("[data-share]")) {
  const url = row.dataset.share;
  const said = row.querySelector("[role=status]");
  const say = (words) => {
    said.textContent = words;
    setTimeout(() => { said.textContent = ""; }, 4000);
  };
  const copy = async (button) => {
    const label = button.querySelector("span");
    try {
      await navigator.clipboard.writeText(url);
      label.textContent = "Đã chép";
      say("Đã chép liên kết của bài.");
    } catch {
      label.textContent = "Chưa chép được";
      say("Chưa chép được; hãy chép địa chỉ trên thanh địa chỉ.");
    }
    setTimeout(() => { label.textContent = "Chép liên kết"; }, 4000);
  };
  const ways = { print: () => window.print() };
  if (navigator.clipboard) ways.copy = copy;
  // Closing the phone's own list of applications is no mistake.
  if (navigator.share) ways.send = () => navigator.share({ title: document.title, url }).catch(() => {});
  for (const [name, act] of Object.entries(ways)) {
    const button = row.querySelector(`[data-way=${name}]`);
    if (!button) continue;
    button.hidden = false;
    button.addEventListener("click", () => act(button));
  }
}
