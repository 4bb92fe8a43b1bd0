// What pages of the console cannot do without a script: a file that is dropped, and how much of it has been sent.
"use strict";

(() => {
  const drop = document.getElementById("drop");
  const input = document.getElementById("berkas");
  if (!drop || !input) return;
  const chosen = document.getElementById("terpilih");
  const bar = document.getElementById("terkirim");
  const size = (bytes) => bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1048576).toFixed(1).replace(".", ",")} MB`;

  input.addEventListener("change", () => {
    const file = input.files[0];
    if (file) chosen.textContent = `${file.name} (${size(file.size)})`;
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
    if (!event.detail.lengthComputable) return;
    bar.hidden = false;
    bar.value = (event.detail.loaded / event.detail.total) * 100;
  });
})();
