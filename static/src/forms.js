
// Appended to the GOV.UK button: of two presses within a second, a form is sent by the first alone.
document.body.classList.add("js-enabled", "govuk-frontend-supported");
for (const button of document.querySelectorAll('form[method="post" i] :is(button:not([type="button"]), input[type="submit"])')) {
  new Button(button, { preventDoubleClick: true });
}

// An old address with the anchor of a section leads on to the page that has that section now.
const moved = document.getElementById(location.hash.slice(1));
if (moved?.dataset.movedTo) location.replace(moved.dataset.movedTo);

// What only a script can do is offered where scripts run.
for (const part of document.querySelectorAll("[data-needs-script]")) part.hidden = false;

// A passkey that was refused, stopped or too slow: the page says so, beside the button.
document.addEventListener("allauth.error", (event) => {
  const problem = document.querySelector("[data-passkey-problem]");
  if (!problem) return;
  event.preventDefault();
  problem.hidden = true; // said again, also to who cannot see it
  requestAnimationFrame(() => { problem.hidden = false; });
});

// In the review of a report, letters outside of fields decide and lead on, unless they are switched off.
const review = document.querySelector("[data-review]");
const shortcuts = document.querySelector("[data-shortcuts]");
if (review && shortcuts) {
  shortcuts.checked = localStorage.getItem("review-keys") !== "off";
  shortcuts.addEventListener("change", () => localStorage.setItem("review-keys", shortcuts.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    if (!shortcuts.checked || event.altKey || event.metaKey) return;
    const inField = event.target.matches("input:not([type=checkbox]), select, textarea");
    const key = event.ctrlKey && event.key === "Enter" ? "a" : inField || event.ctrlKey ? "" : event.key;
    if (key === "c") {
      event.preventDefault();
      review.querySelector(".soc-review__form :is(input:not([type=hidden]), select, textarea)")?.focus();
    } else if (key) {
      review.querySelector(`[data-key="${CSS.escape(key)}"]`)?.click();
    }
  });
}

// A note of what was seen is kept in this tab while it is typed, until it is saved: a moment without connection, a page
// loaded anew or an ended session loses nothing. With the tab it goes, so that nobody else on this machine reads it.
const saved = document.querySelector(".govuk-notification-banner--success");
for (const key of saved ? Object.keys(sessionStorage) : []) {
  if (key.startsWith("note:") && JSON.parse(sessionStorage.getItem(key)).sent) sessionStorage.removeItem(key);
}
const note = document.querySelector("form[data-kept-here]");
if (note) {
  const key = `note:${note.dataset.keptFor}:${note.dataset.keptHere}`;
  const version = note.elements.expected_version.value;
  const fields = [...note.elements].filter((field) => field.name && !["hidden", "submit"].includes(field.type));
  const keep = (sent) => {
    const values = fields.map(({ value, checked }) => ({ value, checked }));
    sessionStorage.setItem(key, JSON.stringify({ values, version, sent }));
  };
  const say = (words) => {
    const place = note.querySelector("[data-kept-note]");
    place.textContent = words;
    place.hidden = false;
  };
  const kept = JSON.parse(sessionStorage.getItem(key) ?? "null");
  if (kept?.version === version && kept.values.length === fields.length && !note.querySelector(".govuk-error-message")) {
    fields.forEach((field, place) => {
      if (["checkbox", "radio"].includes(field.type)) field.checked = kept.values[place].checked;
      else field.value = kept.values[place].value;
    });
    say("What you typed here before and had not saved stands in the form again.");
  }
  note.addEventListener("input", () => keep(false));
  note.addEventListener("submit", (event) => {
    keep(true);
    if (navigator.onLine) return;
    event.preventDefault();
    say("There is no connection. What you typed is kept in this tab: save it once you are connected again.");
  });
}
