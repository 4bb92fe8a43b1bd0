// What stands on the page: things said, choices, files.
(function () {
  "use strict";
  const Loket = window.Loket = window.Loket || {};

  const make = Loket.make;
  // Longer than the second tap of a double tap, shorter than reading a new choice.
  const SETTLES_MS = 500;
  const ANSWER_MS = 5000;
  const TAPPED = ".choice, .deed, .paper, .newer, .said .button";

  // t(key) gives a sentence of the page; tap(choice, said) is called when a choice is tapped, locate() when the resident
  // wants to tell where they are.
  Loket.layPaper = function (log, newer, t, tap, locate) {
    let writing = null;
    let isHeld = false;
    let release = 0;

    // After a tap the page moves, and the second tap of a double tap would meet something else: until the answer has come
    // to rest, nothing can be tapped.
    document.addEventListener("click", (event) => {
      if (!event.target.closest("[aria-disabled]")) { return; }
      event.preventDefault();
      event.stopPropagation();
    }, true);

    function hold(forMs) {
      isHeld = true;
      document.querySelectorAll(TAPPED).forEach((one) => one.setAttribute("aria-disabled", "true"));
      clearTimeout(release);
      release = setTimeout(() => {
        isHeld = false;
        document.querySelectorAll("[aria-disabled]").forEach((one) => one.removeAttribute("aria-disabled"));
      }, forMs);
    }

    function settle() {
      if (isHeld) { hold(SETTLES_MS); }
    }

    // In a low window the page scrolls, else the conversation alone.
    function box() {
      return getComputedStyle(log).overflowY === "visible" ? document.scrollingElement : log;
    }

    function edges() {
      return box() === log ? log.getBoundingClientRect() : { top: 0, bottom: window.innerHeight };
    }

    function isNearEnd(within) {
      return box().scrollHeight - box().scrollTop - box().clientHeight < within;
    }

    function toEnd() {
      box().scrollTop = box().scrollHeight;
    }

    function show(said, wasNearEnd) {
      if (wasNearEnd) {
        const room = edges();
        if (all(".said")[0] === said) {
          box().scrollTop = 0;
        } else if (said.offsetHeight > room.bottom - room.top - 40) {
          // A long answer begins at its beginning.
          box().scrollTop += said.getBoundingClientRect().top - room.top - 8;
        } else {
          toEnd();
        }
      }
      const choice = said.querySelector(".choice");
      const isBelow = choice && choice.getBoundingClientRect().bottom > edges().bottom;
      newer.textContent = t(wasNearEnd ? "web-more" : "web-newer");
      newer.hidden = wasNearEnd && !isBelow;
      settle();
    }

    function bubble(who, key) {
      const said = make("div", "said " + who);
      const words = said.appendChild(make("div", "words"));
      words.appendChild(make("span", "unseen", t(key) + ": "));
      return said;
    }

    function place(element) {
      log.insertBefore(element, writing);
    }

    function drawChoices(said, frame) {
      if (!frame.choices || !frame.choices.length) { return; }
      const list = said.appendChild(make("ol", "choices"));
      list.setAttribute("aria-label", t("web-choices"));
      frame.choices.forEach((choice, at) => {
        const button = list.appendChild(make("li")).appendChild(make("button", "choice"));
        button.type = "button";
        button.appendChild(make("span", "number", String(choice.number || at + 1)));
        button.appendChild(document.createTextNode(" "));
        const purpose = button.appendChild(make("span", "purpose"));
        purpose.appendChild(make("span", "label", choice.label));
        if (choice.hint) {
          purpose.appendChild(document.createTextNode(" "));
          purpose.appendChild(make("span", "hint", choice.hint));
        }
        button.addEventListener("click", (event) => {
          list.querySelectorAll(".taken").forEach((other) => {
            other.classList.remove("taken");
            other.removeAttribute("aria-pressed");
          });
          button.classList.add("taken");
          button.setAttribute("aria-pressed", "true");
          tap(choice, said, event.detail === 0);
          hold(ANSWER_MS);
        });
      });
    }

    // What opens another page, or tells where the resident is.
    function drawDeeds(said, frame) {
      (frame.links || []).filter((link) => /^https?:/.test(link.url)).forEach((link) => {
        const opens = said.appendChild(make("a", "deed", link.label));
        opens.href = link.url;
        opens.target = "_blank";
        opens.rel = "noopener noreferrer";
      });
      if (frame.locate) {
        const asks = said.appendChild(make("button", "deed", frame.locate));
        asks.type = "button";
        asks.addEventListener("click", locate);
      }
    }

    function draw(frame) {
      const said = bubble("office", "web-from-office");
      if (frame.lang) { said.lang = frame.lang; }
      said.dataset.id = frame.id;
      said.dataset.text = frame.text;
      if (frame.resumed) { said.dataset.resumed = "1"; }
      if (frame.text) { Loket.writeText(said.firstChild, frame.text); }
      if (frame.place) { said.firstChild.appendChild(make("p", "", frame.place)); }
      drawChoices(said, frame);
      drawDeeds(said, frame);
      return said;
    }

    function all(what) {
      return Array.from(log.querySelectorAll(what));
    }

    function ownWords(id) {
      return all(".you").find((said) => said.dataset.frame === id);
    }

    // The open question said once more when a tab comes back, and it stands here already.
    function standsHere(frame) {
      const office = all(".office").pop();
      return Boolean(frame.resumed && office && office.dataset.text.endsWith(frame.text));
    }

    // The other way round: the answer that holds this question comes after the question was said once more.
    function repeated(frame) {
      const last = all(".said").pop();
      return last && last.dataset.resumed && frame.text.endsWith(last.dataset.text) ? last : null;
    }

    // The bubble that this one takes the place of, unless something else was said since.
    function predecessor(frame) {
      const same = repeated(frame);
      if (same) { return same; }
      const named = frame.replaces && all(".office").find((said) => said.dataset.id === frame.replaces);
      if (!named) { return null; }
      const said = all(".said");
      const own = said.slice(said.indexOf(named) + 1).filter((one) => one.classList.contains("you"));
      if (own.some((one) => one.dataset.under !== frame.replaces)) { return null; }
      own.forEach((one) => one.remove());
      return named;
    }

    function makePast() {
      all(".office").forEach((said) => said.classList.add("past"));
    }

    return {
      say(frame) {
        if (all(".office").some((said) => said.dataset.id === frame.id) || standsHere(frame)) {
          return;
        }
        const nearEnd = isNearEnd(120);
        const old = predecessor(frame);
        if (frame.choices && frame.choices.length) { makePast(); }
        const said = draw(frame);
        this.quiet();
        if (old) { log.replaceChild(said, old); } else { place(said); }
        show(said, nearEnd);
      },
      own(id, text, under) {
        const said = bubble("you", "web-from-you");
        said.dataset.frame = id;
        if (under) { said.dataset.under = under.dataset.id; }
        said.firstChild.appendChild(make("p", "", text));
        said.appendChild(make("p", "state"));
        place(said);
        makePast();
        show(said, true);
      },
      mark(id, state) {
        if (state === "sent") { settle(); }
        const said = ownWords(id);
        if (!said) { return; }
        const line = said.querySelector(".state");
        line.dataset.state = state;
        line.textContent = state === "sent" ? "" : t(state === "unsent" ? "web-unsent" : "web-pending");
      },
      forget(id) {
        const said = ownWords(id);
        if (!said) { return; }
        const words = said.querySelector(".words p");
        words.textContent = t("web-hidden");
        words.className = "hidden-words";
      },
      file(frame) {
        const nearEnd = isNearEnd(120);
        const holder = all(".office").find((said) => said.dataset.id === frame.of);
        if (!holder || all("[data-file]").some((one) => one.dataset.file === frame.id)) { return; }
        const link = make("a", "paper");
        link.href = frame.url;
        link.dataset.file = frame.id;
        if (/^image\/(png|jpeg)$/.test(frame.mime)) {
          const picture = link.appendChild(make("img", "picture"));
          picture.src = frame.url;
          picture.alt = t("web-open-file").replace("{name}", frame.name);
          picture.addEventListener("load", settle);
          link.className = "";
          link.target = "_blank";
          link.rel = "noopener";
        } else {
          link.textContent = t("web-open-file").replace("{name}", frame.name);
          link.download = frame.name;
        }
        if (frame.mime === "audio/ogg") {
          const sound = holder.insertBefore(make("audio", "sound"), holder.querySelector(".choices"));
          sound.controls = true;
          sound.preload = "auto";
          sound.setAttribute("aria-label", t("web-sound"));
          sound.src = frame.url;
        }
        holder.insertBefore(link, holder.querySelector(".choices"));
        show(holder, nearEnd);
      },
      notice(text, action, act) {
        const notice = make("div", "notice said");
        notice.appendChild(make("p", "", text));
        if (action) {
          const button = notice.appendChild(make("button", "button", action));
          button.type = "button";
          button.addEventListener("click", () => { notice.remove(); act(); });
        }
        place(notice);
        show(notice, true);
      },
      wait() {
        if (writing) { return; }
        writing = log.appendChild(make("div", "words writing"));
        writing.setAttribute("aria-hidden", "true");
        for (let dots = 0; dots < 3; dots += 1) { writing.appendChild(make("i")); }
        if (isNearEnd(120)) { toEnd(); }
      },
      quiet() {
        if (writing) { writing.remove(); writing = null; }
      },
      clear() {
        this.quiet();
        all(".said").forEach((said) => said.remove());
      },
      toEnd() {
        newer.hidden = true;
        toEnd();
      },
      moved() {
        if (isNearEnd(40)) { newer.hidden = true; }
      },
    };
  };
}());
