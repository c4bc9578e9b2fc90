// Says in each [data-since] how long ago that moment was, by the second.

function show(place) {
  const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(place.dataset.since)) / 1000));
  place.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

setInterval(() => document.querySelectorAll("[data-since]").forEach(show), 1000);
