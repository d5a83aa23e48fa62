// The camera in the page: nothing is left of a photograph but the one in the draft, and no other app can end this one meanwhile.

/**
 * Shows what the camera sees until the person takes a photograph or goes back; rejects where the camera is denied or missing.
 * @param {HTMLDialogElement} dialog  holds a video, and buttons named "take" and "back"
 * @returns {Promise<Blob | null>}
 */
export async function takePhoto(dialog) {
  const video = dialog.querySelector("video");
  /** @type {HTMLButtonElement | null} */
  const take = dialog.querySelector('[value="take"]');
  if (!video || !take) throw new Error("The camera's dialog holds a video and a button to take");
  if (!navigator.mediaDevices?.getUserMedia) throw new DOMException("There is no camera in pages", "NotFoundError");
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { facingMode: { ideal: "environment" }, width: { ideal: 1920 }, height: { ideal: 1440 } },
    audio: false,
  });
  try {
    take.disabled = true;
    // The way back is there also while the camera gives nothing.
    const pressed = new Promise((resolve, reject) => {
      dialog.onclose = () => resolve("back");
      dialog.onclick = ({ target }) => {
        const button = /** @type {Element} */ (target).closest("button");
        if (button) resolve(button.value);
      };
      for (const track of stream.getTracks()) track.onended = () => reject(new DOMException("The camera has gone", "NotReadableError"));
    });
    video.srcObject = stream;
    dialog.showModal();
    const shown = video.play().then(() => {
      take.disabled = false;
      take.focus();
    });
    await Promise.race([pressed, shown]);
    return (await pressed) === "take" ? await frame(video) : null;
  } finally {
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
    if (dialog.open) dialog.close();
  }
}

/** What the video shows now. @param {HTMLVideoElement} video @returns {Promise<Blob>} */
function frame(video) {
  const canvas = Object.assign(document.createElement("canvas"), { width: video.videoWidth, height: video.videoHeight });
  canvas.getContext("2d")?.drawImage(video, 0, 0);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The camera gave nothing"))), "image/jpeg", 0.92),
  );
}
