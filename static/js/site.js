/* Small additions; every page works without them. */
"use strict";

(() => {
  /* "Use my location": the position goes into the form and travels by POST, like a postcode. */
  function offerLocation(form) {
    const button = form.querySelector("[data-use-location]");
    const status = form.querySelector("[data-location-status]");
    if (!button || !navigator.geolocation) return;
    form.querySelector("[data-locate]").hidden = false;
    button.addEventListener("click", () => {
      status.textContent = button.dataset.waiting;
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          form.elements.lon.value = coords.longitude.toFixed(5);
          form.elements.lat.value = coords.latitude.toFixed(5);
          form.elements.postcode.required = false;
          form.elements.postcode.value = "";
          form.submit();
        },
        () => {
          status.textContent = button.dataset.failed;
        },
        { timeout: 10000, maximumAge: 60000 },
      );
    });
  }

  for (const element of document.querySelectorAll("[data-scripted]")) element.hidden = false;
  document.querySelectorAll("form[data-find]").forEach(offerLocation);
})();
