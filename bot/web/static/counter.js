// The chat page: joins the line, the paper and the shelf to write on.
(function () {
  "use strict";
  const Loket = window.Loket;
  const IDLE_MS = 15 * 60 * 1000;
  const byId = (id) => document.getElementById(id);
  const sentences = JSON.parse(byId("texts").textContent);
  const text = byId("text");
  const status = byId("line");
  const photo = byId("photo");
  const tellers = new Set();
  let language = document.documentElement.lang;
  let unread = 0;
  let idle = 0;
  let writingSoon = 0;
  let backNotice = 0;

  function t(key) { return sentences[language][key]; }

  function speak(wanted) {
    if (!sentences[wanted] || wanted === language) { return; }
    language = wanted;
    document.documentElement.lang = wanted;
    document.cookie = "loket-bahasa=" + wanted + "; path=/; max-age=31536000; samesite=lax" +
      (location.protocol === "https:" ? "; secure" : "");
    document.querySelectorAll("[data-text]").forEach((one) => {
      if (sentences[wanted][one.dataset.text]) { one.textContent = t(one.dataset.text); }
    });
    document.querySelectorAll("[data-title]").forEach((one) => { one.title = t(one.dataset.title); });
    document.querySelectorAll("[data-label]").forEach((one) => one.setAttribute("aria-label", t(one.dataset.label)));
    text.placeholder = t("web-placeholder");
    title();
  }

  function title() {
    document.title = (unread ? "(" + unread + ") " : "") + t("web-title");
  }

  // Waiting for words: the dots come a moment later, quick answers need none.
  function expect(id) {
    tellers.add(id);
    clearTimeout(writingSoon);
    writingSoon = setTimeout(() => { if (tellers.size && line.isOnline()) { paper.wait(); } }, 400);
  }

  function stir() {
    clearTimeout(idle);
    idle = setTimeout(() => {
      wipe();
      paper.notice(t("web-idle"), t("web-start-again"), () => ask("/menu"));
    }, IDLE_MS);
  }

  // In another tab of this browser somebody is done. The office tells it to tabs at the same process only.
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("loket") : null;
  if (tabs) { tabs.onmessage = leave; }

  function leave() {
    wipe();
    paper.notice(t("web-finished"));
  }

  // Another person may sit down at this screen.
  function wipe() {
    line.forget();
    tellers.clear();
    paper.clear();
    text.value = "";
  }

  // Says something for the resident without writing it down (a button of the page was tapped).
  function ask(command) {
    expect(line.send({ text: command }));
    stir();
  }

  function send(message, words, under) {
    const id = line.send(message);
    paper.own(id, words, under);
    paper.mark(id, line.isOnline() ? "pending" : "unsent");
    expect(id);
    stir();
    return id;
  }

  function locate() {
    const failed = () => paper.notice(t("web-no-location"));
    if (!navigator.geolocation) { failed(); return; }
    navigator.geolocation.getCurrentPosition((found) => {
      const spot = { latitude: found.coords.latitude, longitude: found.coords.longitude };
      send({ location: spot }, "📍 " + t("web-location"));
    }, failed, { timeout: 10000 });
  }

  const paper = Loket.layPaper(byId("log"), byId("newer"), t, (choice, said, byKeyboard) => {
    send({ choice: choice.token, under: said.dataset.id }, choice.label, said);
    // A keyboard goes on from the shelf, next to where the new choices appear; a finger needs no keyboard on its screen.
    if (byKeyboard && !matchMedia("(pointer: coarse)").matches) { text.focus(); }
  }, locate);

  const line = Loket.openLine({
    state(state) {
      const was = status.dataset.state;
      clearTimeout(backNotice);
      if (state === "online" && was === "offline") {
        status.dataset.state = "back";
        status.textContent = t("web-back");
        status.hidden = false;
        backNotice = setTimeout(() => { status.hidden = true; }, 4000);
      } else if (state === "online") {
        status.dataset.state = state;
        status.textContent = "";
        status.hidden = true;
      } else {
        status.dataset.state = state;
        status.textContent = t("web-" + state);
        status.hidden = false;
        paper.quiet();
        tellers.forEach((id) => paper.mark(id, "unsent"));
      }
    },
    ready(isFirst, hasOpenQuestion) {
      tellers.forEach((id) => paper.mark(id, "pending"));
      if (!isFirst) { return; }
      // A receipt's code may lead here: the number stands behind the #, which no server and no log sees.
      const payload = /^#(s_[\w-]{4,40})$/.exec(location.hash);
      if (payload) {
        history.replaceState(null, "", location.pathname);
        ask("/start " + payload[1]);
      } else if (!hasOpenQuestion) {
        ask("/menu");
      }
    },
    heard(id, isDuplicate) {
      paper.mark(id, "sent");
      tellers.delete(id);
      if (isDuplicate) { paper.quiet(); }
    },
    frame(frame) {
      if (frame.op === "say") {
        clearTimeout(writingSoon);
        if (frame.lang) { speak(frame.lang); }
        paper.say(frame);
        if (document.hidden) { unread += 1; title(); }
      } else if (frame.op === "file") {
        paper.file(frame);
      } else if (frame.op === "forget") {
        paper.forget(frame.id);
      } else if (frame.op === "left") {
        leave();
      }
    },
  });

  byId("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    const words = text.value.trim();
    if (!words) { text.focus(); return; }
    send({ text: words }, words);
    text.value = "";
    text.focus();
  });

  photo.addEventListener("change", async () => {
    const file = photo.files[0];
    photo.value = "";
    if (!file) { return; }
    try {
      const ready = await Loket.readPhoto(file, Number(byId("texts").dataset.fileBytes));
      send({ file: ready }, "📷 " + t("web-photo"));
    } catch (error) {
      paper.notice(t(/^web-photo/.test(error.message) ? error.message : "web-photo-unreadable"));
    }
  });

  byId("language").addEventListener("click", () => ask("/bahasa"));
  byId("finish").addEventListener("click", () => {
    leave();
    if (tabs) { tabs.postMessage("left"); }
    expect(line.send({ left: true }));
    stir();
  });
  byId("newer").addEventListener("click", () => paper.toEnd());
  ["scroll", "resize"].forEach((kind) => window.addEventListener(kind, () => paper.moved(), { capture: true, passive: true }));
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) { unread = 0; title(); }
  });
  ["keydown", "pointerdown", "touchstart"].forEach((kind) => document.addEventListener(kind, stir, { passive: true }));

  byId("old-browser").remove();
  document.querySelector(".tools").hidden = false;
  byId("composer").hidden = false;
  stir();
}());
