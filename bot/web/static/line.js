// The line to the office: one WebSocket that comes back by itself, and what was not yet taken is sent once more.
(function () {
  "use strict";
  const Loket = window.Loket = window.Loket || {};
  const ANSWER_MS = 15000;
  const LONGEST_PAUSE_MS = 30000;
  const STEADY_MS = 20000;
  // The office takes photos from a browser that it has answered once.
  const LARGE_CHARACTERS = 16000;

  function address(after) {
    const scheme = location.protocol === "https:" ? "wss://" : "ws://";
    return scheme + location.host + "/chat" + (after === null ? "" : "?after=" + encodeURIComponent(after));
  }

  function newId() {
    const bytes = new Uint8Array(16);
    crypto.getRandomValues(bytes);
    return Array.from(bytes, (byte) => (byte + 256).toString(16).slice(1)).join("");
  }

  // heard(id, isDuplicate), frame(frame), state("connecting" | "online" | "offline"), ready(isFirst, hasOpenQuestion)
  Loket.openLine = function (tell) {
    const waiting = new Map();
    let socket = null;
    let online = false;
    let wasOnline = false;
    let lastSaid = "";
    let failures = 0;
    let pause = 0;
    let probe = 0;
    let takesLarge = false;
    let openedAt = 0;

    function open() {
      clearTimeout(pause);
      tell.state(wasOnline || failures > 1 ? "offline" : "connecting");
      const mine = new WebSocket(address(wasOnline ? lastSaid : null));
      socket = mine;
      mine.onmessage = (event) => { if (socket === mine) { take(event.data); } };
      mine.onclose = () => { if (socket === mine) { lost(); } };
    }

    function lost() {
      const old = socket;
      socket = null;
      online = false;
      if (old) { old.onclose = null; old.close(); }
      // A line that worked comes back at once; one that ends again and again, as with a photo that cannot arrive, waits longer.
      if (openedAt && Date.now() - openedAt > STEADY_MS) { failures = 0; }
      openedAt = 0;
      failures += 1;
      waiting.forEach((one) => clearTimeout(one.timer));
      clearTimeout(probe);
      tell.state(wasOnline || failures > 1 ? "offline" : "connecting");
      const longest = Math.min(LONGEST_PAUSE_MS, 500 * Math.pow(2, Math.min(failures, 6)));
      clearTimeout(pause);
      // A spread, so that after a fault of ours not everybody comes back in the same moment.
      pause = setTimeout(open, longest * (0.5 + Math.random() / 2));
    }

    function take(data) {
      let frame;
      try { frame = JSON.parse(data); } catch (error) { return; }
      clearTimeout(probe);
      if (frame.op === "ready") {
        const isFirst = !wasOnline;
        online = true;
        wasOnline = true;
        openedAt = Date.now();
        takesLarge = frame.large;
        tell.state("online");
        waiting.forEach(transmit);
        tell.ready(isFirst, frame.open);
        introduce();
      } else if (frame.op === "heard") {
        const one = waiting.get(frame.id);
        if (one) { clearTimeout(one.timer); }
        waiting.delete(frame.id);
        failures = 0;
        tell.heard(frame.id, frame.duplicate);
        if (!takesLarge) {
          takesLarge = true;
          waiting.forEach((other) => { if (isLarge(other)) { transmit(other); } });
        }
      } else if (frame.op === "again") {
        const one = waiting.get(frame.id);
        if (one) { clearTimeout(one.timer); one.timer = setTimeout(() => transmit(one), 5000); }
      } else {
        if (frame.op === "say" && !frame.resumed) { lastSaid = frame.id; }
        tell.frame(frame);
      }
    }

    function isLarge(one) { return one.text.length > LARGE_CHARACTERS; }

    // Only a photo waits, and the office does not know this browser (any more): something small goes first.
    function introduce() {
      if (!takesLarge && waiting.size && Array.from(waiting.values()).every(isLarge)) {
        socket.send(JSON.stringify({ id: newId(), text: "/menu" }));
      }
    }

    function transmit(one) {
      if (!online || (isLarge(one) && !takesLarge)) { return; }
      socket.send(one.text);
      watch(one, socket, socket.bufferedAmount);
    }

    // Nothing came back: the line is dead, although nobody told us. A photo that is still leaving is not nothing.
    function watch(one, mine, before) {
      clearTimeout(one.timer);
      one.timer = setTimeout(() => {
        if (socket !== mine || !waiting.has(one.id)) { return; }
        if (mine.bufferedAmount > 0 && mine.bufferedAmount < before) {
          watch(one, mine, mine.bufferedAmount);
        } else {
          lost();
        }
      }, ANSWER_MS);
    }

    // Somebody looks again: come back at once, and ask whether a line that slept is still alive.
    function hurry() {
      if (document.visibilityState === "hidden") { return; }
      if (!socket) {
        failures = Math.min(failures, 2);
        open();
      } else if (online) {
        socket.send('{"op":"ping"}');
        clearTimeout(probe);
        probe = setTimeout(lost, 5000);
      }
    }
    window.addEventListener("online", hurry);
    window.addEventListener("offline", () => { if (socket) { lost(); } });
    document.addEventListener("visibilitychange", hurry);
    window.addEventListener("pageshow", (event) => { if (event.persisted) { hurry(); } });

    open();
    return {
      isOnline: () => online,
      send(message) {
        const id = newId();
        const one = { id: id, text: JSON.stringify(Object.assign({ id: id }, message)), timer: 0 };
        waiting.set(id, one);
        transmit(one);
        if (online && isLarge(one)) { introduce(); }
        return id;
      },
      forget() {
        waiting.forEach((one) => clearTimeout(one.timer));
        waiting.clear();
      },
    };
  };
}());
