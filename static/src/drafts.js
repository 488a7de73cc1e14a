// What is typed in a form that has data-draft is kept on this device, until it is saved: a closed tab, a moment without
// connection or an ended session loses nothing. It is kept as a cipher, whose key the site gives to the writer's account
// alone, so that nobody else who signs in on this device can read it; after a month it goes.
const form = document.querySelector("form[data-draft]");
const MONTH = 30 * 24 * 60 * 60 * 1000;

for (const name of Object.keys(localStorage).filter((each) => each.startsWith("draft:"))) {
  if (Date.now() - JSON.parse(localStorage.getItem(name)).since > MONTH) localStorage.removeItem(name);
}

const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const text = (buffer) => btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(""));
const clock = (since) => new Date(since).toLocaleString("en-GB", { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });

const isTicked = (field) => ["checkbox", "radio"].includes(field.type);

const start = async () => {
  const place = `draft:${form.dataset.draft}`;
  const line = form.querySelector("[data-draft-line]");
  const discard = form.querySelector("[data-draft-discard]");
  const fields = [...form.elements].filter((field) => field.name && !["hidden", "submit"].includes(field.type));
  const version = form.elements.expected_version;
  const say = (words) => {
    if (line.textContent !== words) line.textContent = words;
    line.hidden = false;
  };
  if (!crypto.subtle) return say("Drafts are not kept on this device: the connection to this site is not secure.");
  const key = await crypto.subtle.importKey("raw", bytes(form.dataset.draftKey), "AES-GCM", false, ["encrypt", "decrypt"]);

  const read = async () => {
    const { nonce, cipher, since } = JSON.parse(localStorage.getItem(place));
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes(nonce) }, key, bytes(cipher));
    return { since, ...JSON.parse(new TextDecoder().decode(plain)) };
  };
  let since = null;
  let turn = 0;
  const keep = async () => {
    const mine = ++turn;
    since ??= Date.now();
    const values = fields.map(({ name, value, checked }) => ({ name, value, checked }));
    const plain = new TextEncoder().encode(JSON.stringify({ values, version: version.value }));
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const cipher = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain);
    if (mine < turn) return; // what was typed since is kept instead
    localStorage.setItem(place, JSON.stringify({ since, nonce: text(iv), cipher: text(cipher) }));
    say(`Draft kept on this device since ${clock(since)}.`);
    discard.hidden = false;
  };

  const kept = localStorage.getItem(place) ? await read().catch(() => null) : null;
  if (kept && !document.querySelector(".govuk-error-summary, .govuk-error-message")) {
    const is = (field, { name, value }) => field.name === name && (!isTicked(field) || field.value === value);
    for (const entry of kept.values) {
      const field = fields.find((each) => is(each, entry));
      if (field && isTicked(field)) field.checked = entry.checked;
      else if (field) field.value = entry.value;
    }
    version.value = kept.version; // what somebody else has saved since is shown beside the draft, and not overwritten
    say(`Draft kept on this device since ${clock(kept.since)}: what you had not saved stands in the form again.`);
    discard.hidden = false;
  }
  since = kept?.since ?? null;

  form.addEventListener("input", keep);
  discard.addEventListener("click", () => {
    turn += 1;
    localStorage.removeItem(place);
    location.reload();
  });
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    say("There is no connection. The draft is kept on this device: save it once you are connected again.");
  });
};
if (form) start();
