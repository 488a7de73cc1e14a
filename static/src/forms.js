
// Appended to the GOV.UK button: of two presses within a second, a form is sent by the first alone.
document.body.classList.add("js-enabled", "govuk-frontend-supported");
for (const button of document.querySelectorAll('form[method="post" i] :is(button:not([type="button"]), input[type="submit"])')) {
  new Button(button, { preventDoubleClick: true });
}

// An old address with the anchor of a section leads on to the page that has that section now.
const moved = document.getElementById(location.hash.slice(1));
if (moved?.dataset.movedTo) location.replace(moved.dataset.movedTo);

// What an anchor leads to stands open, also where the browser does not see to that.
function unfold() {
  const part = document.getElementById(location.hash.slice(1));
  for (let fold = part?.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
}
unfold();
addEventListener("hashchange", unfold);

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
      const fields = [...review.querySelectorAll(".soc-review__form form :is(input:not([type=hidden], [type=checkbox]), select, textarea)")];
      (fields.find((field) => field.required && !field.value) ?? fields[0])?.focus();
    } else if (key) {
      review.querySelector(`[data-key="${CSS.escape(key)}"]`)?.click();
    }
  });
}

// A saved note no longer has a draft on this device: see drafts.js.
for (const banner of document.querySelectorAll("[data-saved]")) {
  for (const place of banner.dataset.saved.split(" ")) localStorage.removeItem(`draft:${place}`);
}
