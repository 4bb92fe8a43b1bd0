// What pages of the console cannot do without a script: a file that is dropped, and how much of it has been sent; the
// camera. A page that is left alone is in signin.js.
"use strict";

(() => {
  const button = document.getElementById("cetak");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => window.print());
})();

(() => {
  const drop = document.getElementById("drop");
  const input = document.getElementById("berkas");
  if (!drop || !input) return;
  const chosen = document.getElementById("terpilih");
  const bar = document.getElementById("terkirim");
  const size = (bytes) => bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1048576).toFixed(1).replace(".", ",")} MB`;

  input.addEventListener("change", () => {
    const file = input.files[0];
    if (!file) return;
    const large = file.size > Number(input.dataset.most) * 1048576;
    const words = `${file.name} (${size(file.size)})`;
    chosen.textContent = large ? `${words} terlalu besar: paling besar ${input.dataset.most} MB. Bagi menjadi beberapa berkas.` : words;
    input.setCustomValidity(large ? chosen.textContent : "");
  });
  for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
  }
  for (const name of ["dragleave", "drop"]) {
    drop.addEventListener(name, () => drop.classList.remove("over"));
  }
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change"));
  });
  // A file that misses its place must not replace the page.
  for (const name of ["dragover", "drop"]) {
    window.addEventListener(name, (event) => event.preventDefault());
  }
  document.body.addEventListener("htmx:xhr:progress", (event) => {
    if (!bar || !event.detail.lengthComputable) return;
    bar.hidden = false;
    bar.value = (event.detail.loaded / event.detail.total) * 100;
  });
})();

// Scanning a ticket: a still picture on any device, or the camera's pictures one after the other. The server reads the
// code, so that an old office PC and a phone scan alike.
(() => {
  const form = document.getElementById("pindai");
  const field = document.getElementById("kode");
  if (!form || !field) return;
  const photo = document.getElementById("gambar");
  const sendPhoto = document.getElementById("kirim-foto");
  const open = document.getElementById("kamera");
  const close = document.getElementById("berhenti");
  const frame = document.getElementById("bidik");
  const video = document.getElementById("video");
  const words = document.getElementById("bidik-kata");
  const canvas = document.createElement("canvas");
  const LONGEST = 1280;
  let stream = null;

  const small = (source, width, height) => new Promise((done) => {
    const scale = Math.min(1, LONGEST / Math.max(width, height));
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    canvas.getContext("2d").drawImage(source, 0, 0, canvas.width, canvas.height);
    canvas.toBlob(done, "image/jpeg", 0.8);
  });

  async function read(picture) {
    const data = new FormData(form);
    data.set("gambar", picture, "gambar.jpg");
    const answer = await fetch(form.action, { method: "POST", body: data, headers: { Accept: "application/json" } });
    if (answer.status === 403) location.reload();
    if (answer.status === 423) document.body.dispatchEvent(new Event("terkunci"));
    return answer.ok ? (await answer.json()).code : "";
  }

  function take(code) {
    stop();
    field.value = code;
    field.form.requestSubmit();
  }

  function stop() {
    if (stream) for (const track of stream.getTracks()) track.stop();
    stream = null;
    frame.hidden = true;
  }

  async function look() {
    while (stream) {
      if (video.readyState >= 2) {
        const code = await read(await small(video, video.videoWidth, video.videoHeight)).catch(() => "");
        if (code && stream) return take(code);
      }
      await new Promise((done) => setTimeout(done, 350));
    }
  }

  sendPhoto.hidden = true;
  photo.addEventListener("change", async () => {
    const file = photo.files[0];
    if (!file) return;
    frame.hidden = false;
    video.hidden = true;
    words.textContent = "Membaca foto…";
    let code = "";
    try {
      const picture = await createImageBitmap(file);
      code = await read(await small(picture, picture.width, picture.height));
    } catch (_) { /* told below */ }
    photo.value = "";
    if (code) return take(code);
    words.textContent = "Kode pada foto itu tidak terbaca. Dekatkan kamera, hindari pantulan, atau ketik kodenya.";
  });

  if (!navigator.mediaDevices || !navigator.mediaDevices.getUserMedia) return;
  open.hidden = false;
  open.addEventListener("click", async () => {
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
    } catch (_) {
      frame.hidden = false;
      video.hidden = true;
      words.textContent = "Kamera tidak bisa dipakai di sini. Pakai “Foto kode”, atau ketik kodenya.";
      return;
    }
    video.hidden = false;
    words.textContent = "Arahkan kamera ke kode QR pada tiket.";
    frame.hidden = false;
    video.srcObject = stream;
    await video.play();
    look();
  });
  close.addEventListener("click", stop);
})();

// Numbers from a hand-held scanner: each is taken at once, so that the next one finds an empty field, and sent in turn.
(() => {
  const form = document.getElementById("catat");
  const list = document.getElementById("tercatat");
  if (!form || !list) return;
  const field = form.elements.nomor;
  const counted = document.getElementById("hitung");
  const waiting = [];
  let busy = false, good = 0, bad = 0;

  const tell = () => {
    counted.textContent = `${good} tercatat, ${bad} tidak${waiting.length + busy ? `, ${waiting.length + busy} menunggu` : ""}`;
  };

  async function send(number, status) {
    const data = new FormData(form);
    data.set("nomor", number);
    data.set("status", status);
    const answer = await fetch(form.action, { method: "POST", body: data, headers: { Accept: "application/json" } });
    if (answer.status === 423) { document.body.dispatchEvent(new Event("terkunci")); throw new Error("locked"); }
    if (answer.status === 403) return location.reload();
    const told = await answer.json();
    form.elements.csrf.value = told.csrf;
    list.insertAdjacentHTML("afterbegin", told.line);
    if (told.good) good += 1; else bad += 1;
  }

  async function work() {
    if (busy) return;
    busy = true;
    while (waiting.length) {
      const [number, status] = waiting.shift();
      try { await send(number, status); } catch (_) {
        // What could not be sent is put back, and the field tells so.
        field.value = [number, ...waiting.splice(0).map((one) => one[0])].join(" ");
      }
      tell();
    }
    busy = false;
    tell();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const number = field.value.trim();
    const none = document.getElementById("belum");
    if (none) none.remove();
    if (number) waiting.push([number, form.elements.status.value]);
    field.value = "";
    field.focus();
    tell();
    work();
  });
})();

// While the answer to a form is awaited, a second click sends nothing: it would be told that its form was used before.
(() => {
  const sent = new Set();
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.target.method !== "post") return;
    if (sent.has(event.target)) event.preventDefault();
    sent.add(event.target);
    setTimeout(() => sent.delete(event.target), 10_000);
  });
  window.addEventListener("pageshow", () => sent.clear());
})();
