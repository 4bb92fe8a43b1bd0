// What stands on the page: things said, choices, files. Built from text nodes only, never from markup that came in.
(function () {
  "use strict";
  const Loket = window.Loket = window.Loket || {};

  function make(tag, className, text) {
    const element = document.createElement(tag);
    if (className) { element.className = className; }
    if (text !== undefined) { element.textContent = text; }
    return element;
  }

  // Where the bold words of a line begin and end. Stars side by side (a masked name, S*** A***) are text, and so is
  // every star inside the isolates that stand around a value.
  function boldRuns(line) {
    const stars = [];
    line.replace(/\u2068[^\u2069]*\u2069|\*+/g, (found, at) => { if (found === "*") { stars.push(at); } return found; });
    const opens = (at) => !/\w/.test(line.charAt(at - 1)) && /\S/.test(line.charAt(at + 1));
    const closes = (at) => !/\w/.test(line.charAt(at + 1)) && /\S/.test(line.charAt(at - 1));
    const runs = [];
    for (let from = 0; from < stars.length; from += 1) {
      const to = opens(stars[from]) ? stars.findIndex((at, place) => place > from && closes(at)) : -1;
      if (to > 0) { runs.push([stars[from], stars[to]]); from = to; }
    }
    return runs;
  }

  function writeLine(target, line) {
    let last = 0;
    boldRuns(line).forEach((run) => {
      target.appendChild(document.createTextNode(line.slice(last, run[0])));
      target.appendChild(make("strong", "", line.slice(run[0] + 1, run[1])));
      last = run[1] + 1;
    });
    target.appendChild(document.createTextNode(line.slice(last)));
  }

  function writeText(target, text) {
    text.split(/\n{2,}/).forEach((paragraph) => {
      const p = target.appendChild(make("p"));
      paragraph.split("\n").forEach((line, place) => {
        if (place) { p.appendChild(make("br")); }
        writeLine(p, line);
      });
    });
  }

  // t(key) gives a sentence of the page; tap(choice, said) is called when a choice is tapped.
  Loket.layPaper = function (log, newer, t, tap) {
    let writing = null;

    function isNearEnd() {
      return log.scrollHeight - log.scrollTop - log.clientHeight < 120;
    }

    function show(element, wasNearEnd) {
      if (!wasNearEnd) { newer.hidden = false; return; }
      newer.hidden = true;
      if (element.offsetHeight > log.clientHeight - 40) {
        // A long answer begins at its beginning.
        log.scrollTop = element.offsetTop - log.offsetTop - 8;
      } else {
        log.scrollTop = log.scrollHeight;
      }
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
        });
      });
    }

    function draw(frame) {
      const said = bubble("office", "web-from-office");
      if (frame.lang) { said.lang = frame.lang; }
      said.dataset.id = frame.id;
      said.dataset.text = frame.text;
      if (frame.resumed) { said.dataset.resumed = "1"; }
      writeText(said.firstChild, frame.text);
      drawChoices(said, frame);
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
        const nearEnd = isNearEnd();
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
        const nearEnd = isNearEnd();
        const holder = all(".office").find((said) => said.dataset.id === frame.of);
        if (!holder || all("[data-file]").some((one) => one.dataset.file === frame.id)) { return; }
        const link = make("a", "paper");
        link.href = frame.url;
        link.dataset.file = frame.id;
        if (/^image\/(png|jpeg)$/.test(frame.mime)) {
          const picture = link.appendChild(make("img", "picture"));
          picture.src = frame.url;
          picture.alt = t("web-open-file").replace("{name}", frame.name);
          link.className = "";
          link.target = "_blank";
          link.rel = "noopener";
        } else {
          link.textContent = t("web-open-file").replace("{name}", frame.name);
          link.download = frame.name;
        }
        holder.insertBefore(link, holder.querySelector(".choices"));
        show(holder, nearEnd);
      },
      notice(text, action, act) {
        const notice = make("div", "notice said", undefined);
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
        if (isNearEnd()) { log.scrollTop = log.scrollHeight; }
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
        log.scrollTop = log.scrollHeight;
      },
    };
  };
}());
