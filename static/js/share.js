/* "Copy link" or, where the device has a way to share, "Share link". The address is on the page for everybody else. */
"use strict";

(() => {
  function offerSharing(button) {
    const line = button.closest("p");
    const status = line.querySelector("[data-share-status]");
    const shown = line.querySelector("[data-share-url]");
    const url = new URL(shown.textContent.trim(), location.href).href;
    shown.textContent = url;
    const share = navigator.share;
    if (!share && !navigator.clipboard) return;
    if (share) button.textContent = button.dataset.shareWords;
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        if (share) await navigator.share({ title: button.dataset.title, url });
        else {
          await navigator.clipboard.writeText(url);
          status.textContent = button.dataset.copied;
        }
      } catch {
        status.textContent = "";
      }
    });
  }

  document.querySelectorAll("[data-share]").forEach(offerSharing);
})();
