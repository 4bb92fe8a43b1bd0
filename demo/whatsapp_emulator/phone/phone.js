// The demo's phone: asks for the chat again and again, and says what the resident does.
(function () {
  "use strict";
  const Phone = window.Phone;
  const byId = (id) => document.getElementById(id);
  const log = byId("log");
  const sheet = byId("sheet");
  const text = byId("text");
  let version = "";
  let drawn = new Map();

  function deed(name, asked) {
    return fetch("/phone/" + name, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Phone": "1" },
      body: JSON.stringify(asked || {}),
    });
  }

  function tap(bubble, place) {
    const line = drawn.get(bubble.id).line;
    const buttons = line.querySelectorAll(".tap");
    if (!bubble.opens) { buttons[place].classList.add("taken"); }
    deed("tap", { bubble: bubble.id, place: place });
    text.focus({ preventScroll: true });
  }

  function open(bubble) {
    byId("sheet-title").textContent = bubble.opens;
    const rows = byId("rows");
    rows.replaceChildren();
    bubble.choices.forEach((choice, place) => {
      const row = rows.appendChild(Phone.make("li")).appendChild(Phone.make("button", "row", choice.label));
      row.type = "button";
      if (choice.hint) { row.appendChild(Phone.make("span", "", choice.hint)); }
      row.addEventListener("click", () => { sheet.close(); tap(bubble, place); });
    });
    sheet.showModal();
  }

  // A long answer begins at its beginning.
  function scroll() {
    const last = log.lastElementChild;
    log.scrollTop = log.scrollHeight;
    if (last.offsetHeight > log.clientHeight) {
      log.scrollTop += last.getBoundingClientRect().top - log.getBoundingClientRect().top - 8;
    }
  }

  function show(chat) {
    byId("name").textContent = chat.name;
    byId("number").textContent = chat.phone;
    byId("total").textContent = chat.bill.reduce((sum, one) => sum + one.rupiah, 0).toLocaleString("id-ID");
    byId("bill").replaceChildren(...Phone.bill(chat.bill).children);
    byId("what-costs").replaceChildren(Phone.bill(chat.bill),
      Phone.make("p", "small", "Biaya bagi kantor, dengan harga contoh. Bagi warga gratis."));
    byId("starts").hidden = chat.bubbles.length > 0;
    const known = new Set(chat.bubbles.map((one) => one.id));
    drawn.forEach((one, id) => { if (!known.has(id)) { one.line.remove(); drawn.delete(id); } });
    let fresh = false;
    chat.bubbles.forEach((bubble) => {
      const key = JSON.stringify(bubble);
      const old = drawn.get(bubble.id);
      if (old && old.key === key) { return; }
      const line = Phone.draw(bubble, tap, open);
      if (old) { old.line.replaceWith(line); } else { log.appendChild(line); fresh = true; }
      drawn.set(bubble.id, { key: key, line: line });
    });
    if (fresh) { scroll(); }
    if (!document.hidden && chat.bubbles.some((one) => !one.mine && one.state === "delivered")) { deed("read"); }
  }

  async function listen() {
    for (;;) {
      try {
        const answer = await fetch("/phone/chat?after=" + encodeURIComponent(version));
        const chat = await answer.json();
        if (chat.version !== version) {
          version = chat.version;
          show(chat);
        }
      } catch (error) {
        await new Promise((again) => { setTimeout(again, 1000); });
      }
    }
  }

  byId("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    const words = text.value.trim();
    if (words) { deed("say", { text: words }); }
    text.value = "";
    text.focus();
  });
  byId("starts").addEventListener("click", (event) => {
    if (event.target.matches("button")) { deed("say", { text: event.target.textContent }); }
  });
  byId("photo").addEventListener("change", (event) => {
    const file = event.target.files[0];
    if (!file) { return; }
    const reader = new FileReader();
    reader.onload = () => deed("photo", { mime: file.type, data: String(reader.result).split(",")[1] });
    reader.readAsDataURL(file);
    event.target.value = "";
  });
  byId("costs").addEventListener("click", (event) => {
    const drop = byId("what-costs");
    drop.hidden = !drop.hidden;
    event.currentTarget.setAttribute("aria-expanded", String(!drop.hidden));
  });
  byId("new").addEventListener("click", () => deed("new"));
  byId("close").addEventListener("click", () => sheet.close());
  sheet.addEventListener("click", (event) => { if (event.target === sheet) { sheet.close(); } });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) { deed("read"); } });
  listen();
}());
