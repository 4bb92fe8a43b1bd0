// Draws bubbles from text nodes only, never from markup that came in.
(function () {
  "use strict";
  const Phone = window.Phone = window.Phone || {};
  const CATEGORIES = { service: "layanan", utility: "utilitas", marketing: "pemasaran" };
  const STATES = { accepted: "diterima", sent: "terkirim", delivered: "sampai", read: "dibaca", failed: "gagal" };
  const MARKS = { "*": "strong", "_": "em", "~": "s", "`": "code" };

  const make = Phone.make = function (tag, className, text) {
    const element = document.createElement(tag);
    if (className) { element.className = className; }
    if (text !== undefined) { element.textContent = text; }
    return element;
  };

  Phone.category = (name) => CATEGORIES[name] || name;
  Phone.rupiah = (amount) => "Rp\u00a0" + amount.toLocaleString("id-ID");

  // *bold*, _italic_, ~struck~ and `code`, where they stand at the edges of words.
  Phone.write = function (target, text) {
    const marked = /(^|[^\w*_~`])([*_~`])(\S|\S[^\n]*?\S)\2(?![\w*_~`])/;
    let rest = text;
    for (let found = marked.exec(rest); found; found = marked.exec(rest)) {
      target.appendChild(document.createTextNode(rest.slice(0, found.index) + found[1]));
      Phone.write(target.appendChild(make(MARKS[found[2]])), found[3]);
      rest = rest.slice(found.index + found[0].length);
    }
    target.appendChild(document.createTextNode(rest));
    return target;
  };

  function file(bubble) {
    const address = "/phone/file/" + encodeURIComponent(bubble.id);
    if (bubble.file.image) {
      const picture = make("img", "picture");
      picture.src = address;
      picture.alt = bubble.text || bubble.file.name;
      return picture;
    }
    const link = make("a", "paper", "📄 " + bubble.file.name);
    link.href = address;
    link.download = bubble.file.name;
    return link;
  }

  function page(choice) {
    const link = make("a", "tap", "↗ " + choice.label);
    if (/^https?:/.test(choice.url)) { link.href = choice.url; }
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    return link;
  }

  function ticks(bubble) {
    const mark = make("span", "ticks" + (bubble.state === "read" ? " read" : ""));
    mark.setAttribute("aria-hidden", "true");
    mark.textContent = bubble.state === "sent" ? "✓" : bubble.state === "failed" ? "!" : "✓✓";
    return mark;
  }

  function told(bubble) {
    const line = make("p", "told");
    line.appendChild(ticks(bubble));
    line.appendChild(document.createTextNode(STATES[bubble.state] + " · " + Phone.category(bubble.category) + " · "));
    line.appendChild(make("b", "", Phone.rupiah(bubble.rupiah)));
    return line;
  }

  // tap(bubble, place) is called for a button; open(bubble) for a list.
  Phone.draw = function (bubble, tap, open) {
    const line = make("div", "line" + (bubble.mine ? " mine" : ""));
    line.dataset.id = bubble.id;
    const shape = line.appendChild(make("div", "bubble"));
    shape.appendChild(make("span", "unseen", bubble.mine ? "Anda: " : "Loket: "));
    if (bubble.file) { shape.appendChild(file(bubble)); }
    if (bubble.kind === "location" && !bubble.mine) { shape.appendChild(make("div", "pin", "📍")).setAttribute("aria-hidden", "true"); }
    if (bubble.text) { Phone.write(shape.appendChild(make("div", "body")), bubble.text); }
    const foot = shape.appendChild(make("div", "foot", bubble.at));
    if (bubble.mine) { foot.appendChild(ticks(bubble)).classList.add("own"); }
    const buttons = bubble.opens ? [["☰ " + bubble.opens, () => open(bubble)]]
      : bubble.choices.map((choice, place) => [choice.label, () => tap(bubble, place)]);
    buttons.forEach((one, place) => {
      if (!bubble.opens && bubble.choices[place].kind === "url") {
        shape.appendChild(page(bubble.choices[place]));
        return;
      }
      const button = shape.appendChild(make("button", "tap", one[0]));
      button.type = "button";
      button.addEventListener("click", one[1]);
    });
    if (!bubble.mine) { line.appendChild(told(bubble)); }
    return line;
  };

  Phone.bill = function (bill) {
    const list = make("dl", "bill");
    const add = (name, amount, className) => {
      const line = list.appendChild(make("div", className));
      line.appendChild(make("dt", "", name));
      line.appendChild(make("dd", "", Phone.rupiah(amount)));
    };
    bill.forEach((one) => add(one.count + " × " + Phone.category(one.category), one.rupiah, ""));
    add("Jumlah", bill.reduce((sum, one) => sum + one.rupiah, 0), "sum");
    return list;
  };
}());
