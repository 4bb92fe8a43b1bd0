// Passkeys; the lock of a page that is left alone, and what was typed into it. Without this script the server shows the
// lock, and a code or the PIN opens it.
"use strict";

(() => {
  const lock = document.getElementById("kunci");
  const body = document.body;
  const page = [...body.children].filter((one) => one !== lock);
  const idle = Number(body.dataset.idle) * 1000;
  const json = { headers: { Accept: "application/json" } };
  const MINUTE = 60000;
  let timer = 0;
  let awake = Date.now();  // when the server last knew that somebody is here
  let told = 0;  // when the server was last told so
  let back = null;  // where the cursor was
  let waiting = null;  // a form that was sent while the page was locked

  function show() {
    if (!lock || !lock.hidden) return;
    clearTimeout(timer);
    back = document.activeElement;
    for (const one of page) one.hidden = true;
    lock.hidden = false;
    document.title = "Terkunci · Loket";
    (document.getElementById("kunci-pin") || lock.querySelector("button")).focus();
  }

  function open() {
    for (const one of page) one.hidden = false;
    lock.hidden = true;
    document.title = title;
    awake = Date.now();
    touched();
    if (back) back.focus();
    if (!waiting) return;
    const [sent, button] = waiting;
    waiting = null;
    sent.requestSubmit(button);
  }
  const title = document.title;

  // Sends what unlocks the page; what was typed stays, because the page stays.
  async function unlock(form) {
    const fields = new URLSearchParams(new FormData(form));
    if (pin) { pin.value = ""; pin.focus(); }
    const answer = await fetch("/staf/buka", { method: "POST", body: fields, ...json }).catch(() => null);
    const told = document.getElementById("kunci-kabar");
    if (answer && answer.status === 204) {
      told.hidden = true;
      return idle ? open() : location.reload();
    }
    if (answer && answer.status === 422) {
      document.getElementById("kunci-sisa").textContent = (await answer.json()).left;
      told.hidden = false;
    } else if (answer) location.reload();
  }

  // A passkey signs what the server asks for, and the form takes its answer along. Binary values travel as base64url.
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
  const encoded = (buffer) => buffer && btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  async function signed(form) {
    const asked = await (await fetch(form.dataset.pilihan, json)).json();
    asked.challenge = bytes(asked.challenge);
    if (asked.user) asked.user.id = bytes(asked.user.id);
    for (const one of [...(asked.allowCredentials || []), ...(asked.excludeCredentials || [])]) one.id = bytes(one.id);
    const made = await navigator.credentials[form.dataset.kunci]({ publicKey: asked });
    const response = {};
    for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (made.response[part]) response[part] = encoded(made.response[part]);
    }
    return JSON.stringify({ id: made.id, rawId: encoded(made.rawId), type: made.type, response });
  }

  for (const form of document.querySelectorAll("form[data-buka], form[data-kunci]")) {
    const answer = form.querySelector('[name="kunci-sandi"]');
    form.addEventListener("submit", async (event) => {
      const alone = "buka" in form.dataset && !("biasa" in form.dataset);
      if (!answer && !alone) return;
      if (answer && answer.value) return;
      event.preventDefault();
      if (answer) {
        const told = form.querySelector("[data-gagal]");
        told.hidden = true;
        try {
          answer.value = await signed(form);
        } catch (_) {
          told.hidden = false;
          return;
        }
      }
      if (alone) await unlock(form);
      else form.submit();
      if (answer) answer.value = "";
    });
  }
  const pin = document.getElementById("kunci-pin");
  if (pin && !idle) pin.focus();
  if (!idle) return;

  // Another page of the same officer may be in use, so the server says whether this one is locked.
  async function ask() {
    const answer = await fetch("/staf/kunci", json).catch(() => null);
    if (answer && answer.status === 204) return true;
    if (lock && (!answer || answer.status === 423)) show();
    else location.replace(location.pathname + location.search);
    return false;
  }
  async function rest() {
    if (await ask()) timer = setTimeout(rest, MINUTE);
  }
  function touched() {
    if (lock && !lock.hidden) return;
    clearTimeout(timer);
    timer = setTimeout(rest, idle + 1000);
    const now = Date.now();
    if (now - Math.max(awake, told) < MINUTE) return;
    told = now;  // typing is no idling
    fetch("/staf/hadir", json).then((answer) => {
      if (answer.status === 204) awake = now;
      if (answer.status === 423) show();
    }).catch(() => {});
  }
  for (const name of ["keydown", "pointerdown"]) document.addEventListener(name, touched, { passive: true });
  body.addEventListener("terkunci", show);
  touched();

  // A form that is sent after a long rest waits until the page is unlocked.
  document.addEventListener("submit", (event) => {
    if (!lock || Date.now() - awake < idle - 2 * MINUTE || lock.contains(event.target)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const sent = [event.target, event.submitter];
    ask().then((open) => {
      if (!open) { waiting = sent; return; }
      awake = Date.now();
      sent[0].requestSubmit(sent[1]);
    });
  }, true);

  // What was typed is kept in the entry of the browser's history, for this session only, so that it is still there after
  // "back" or a page of the lock. Searches are left out, and fields with a whole NIK.
  const MOST = 65536;
  const kept = 'form[method="post"]:not([role="search"]) :is(input[type="text"], input[type="date"], input[type="time"], input[type="number"], textarea, select)';
  const fields = () => [...document.querySelectorAll(kept)].filter((one) => one.name && !one.closest("#kunci"));
  const name = (one) => `${one.form.getAttribute("action")} ${one.name}`;
  const changed = (one) => (one.matches("select") ? [...one.options].some((o) => o.selected !== o.defaultSelected) : one.value !== one.defaultValue);
  const isNik = (one) => one.matches("input") && /(?:\d\D?){15}/.test(one.value);
  window.addEventListener("pagehide", () => {
    const typed = Object.fromEntries(fields().filter((one) => changed(one) && !isNik(one)).map((one) => [name(one), one.value]));
    if (JSON.stringify(typed).length > MOST) return;
    history.replaceState({ siapa: body.dataset.siapa, typed }, "");
  });
  const state = history.state;
  if (state && state.siapa === body.dataset.siapa) {
    for (const one of fields()) if (name(one) in state.typed) one.value = state.typed[name(one)];
  }
})();
