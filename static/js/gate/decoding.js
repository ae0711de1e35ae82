// Reads QR codes beside the page, so that the page stays quick. The first message names the decoder (jsQR).
self.onmessage = ({ data }) => {
  if (data.decoder) {
    importScripts(data.decoder);
    return;
  }
  const found = self.jsQR(data.pixels, data.width, data.height, { inversionAttempts: "dontInvert" });
  self.postMessage(found ? found.data : "");
};
