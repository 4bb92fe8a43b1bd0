// Words on the page: built from text nodes only, never from markup that came in.
(function () {
  "use strict";
  const Loket = window.Loket = window.Loket || {};

  const make = Loket.make = function (tag, className, text) {
    const element = document.createElement(tag);
    if (className) { element.className = className; }
    if (text !== undefined) { element.textContent = text; }
    return element;
  };

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

  // A number with dashes in it is not broken at the end of a line: people copy it by hand.
  function writeWords(target, words) {
    words.split(/(\s+)/).forEach((word) => {
      const isNumber = word.length <= 24 && /\d/.test(word) && /[-–]/.test(word);
      target.appendChild(isNumber ? make("span", "whole", word) : document.createTextNode(word));
    });
    return target;
  }

  function writeLine(target, line) {
    let last = 0;
    boldRuns(line).forEach((run) => {
      writeWords(target, line.slice(last, run[0]));
      target.appendChild(writeWords(make("strong"), line.slice(run[0] + 1, run[1])));
      last = run[1] + 1;
    });
    writeWords(target, line.slice(last));
  }

  Loket.writeText = function (target, text) {
    text.split(/\n{2,}/).forEach((paragraph) => {
      const p = target.appendChild(make("p"));
      paragraph.split("\n").forEach((line, place) => {
        if (place) { p.appendChild(make("br")); }
        writeLine(p, line);
      });
    });
  };
}());
