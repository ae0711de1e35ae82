// Pages read here can be read again without the network: static/js/offline/worker.js. No page needs this script.
if ("serviceWorker" in navigator) {
  // After everything a reader waits for. Refused (private window, storage full) nothing is lost.
  addEventListener("load", () => navigator.serviceWorker.register("/sw.js").catch(() => {}));
}
