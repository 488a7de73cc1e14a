
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
