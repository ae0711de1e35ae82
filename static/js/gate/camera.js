/* The camera of a gate: with the browser's own reader of codes where it has one, else with ours in a worker. */

const PAUSE = 120 // milliseconds between two looks
const WIDTH = 640 // of the picture our reader gets

export class Camera {
  constructor(video, { worker, decoder, found }) {
    this.video = video
    this.addresses = { worker, decoder }
    this.found = found
    this.canvas = document.createElement("canvas")
  }

  /* Throws what getUserMedia throws: no camera, not allowed. */
  async start() {
    if (this.stream) return
    this.stream = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: { ideal: "environment" }, width: { ideal: 1280 } },
    })
    this.video.srcObject = this.stream
    await this.video.play()
    this.read = await this.reader()
    this.look()
  }

  stop() {
    for (const track of this.stream?.getTracks() || []) track.stop()
    this.stream = null
    this.worker?.terminate()
    this.worker = null
  }

  async reader() {
    if ("BarcodeDetector" in self && (await self.BarcodeDetector.getSupportedFormats()).includes("qr_code")) {
      const detector = new self.BarcodeDetector({ formats: ["qr_code"] })
      return async () => (await detector.detect(this.video))[0]?.rawValue || ""
    }
    this.worker = new Worker(this.addresses.worker)
    this.worker.postMessage({ decoder: this.addresses.decoder })
    return () => this.ask()
  }

  ask() {
    const width = Math.min(WIDTH, this.video.videoWidth)
    const height = Math.round((this.video.videoHeight * width) / this.video.videoWidth)
    this.canvas.width = width
    this.canvas.height = height
    const context = this.canvas.getContext("2d", { willReadFrequently: true })
    context.drawImage(this.video, 0, 0, width, height)
    const pixels = context.getImageData(0, 0, width, height).data
    return new Promise((resolve) => {
      this.worker.onmessage = ({ data }) => resolve(data)
      this.worker.onerror = () => resolve("")
      this.worker.postMessage({ pixels, width, height }, [pixels.buffer])
    })
  }

  async look() {
    if (!this.stream) return
    if (this.video.readyState >= 2 && this.video.videoWidth) {
      const text = await this.read().catch(() => "")
      if (text && this.stream) this.found(text)
    }
    setTimeout(() => this.look(), PAUSE)
  }
}
