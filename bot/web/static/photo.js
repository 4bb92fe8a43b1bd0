// A photo on its way to the office: made smaller where the browser can, so that it leaves over a slow line too.
(function () {
  "use strict";
  const Loket = window.Loket = window.Loket || {};
  const LONGEST_SIDE = 1600;

  function smaller(picture) {
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
  }

  function base64(blob) {
    return new Promise((done, fail) => {
      const reader = new FileReader();
      reader.onload = () => done(String(reader.result).split(",")[1] || "");
      reader.onerror = fail;
      reader.readAsDataURL(blob);
    });
  }

  // Gives {name, mime, data}; throws Error("web-photo-…"), a key of the page's sentences.
  Loket.readPhoto = async function (file, bytesAtMost) {
    let blob = file;
    if (window.createImageBitmap) {
      try {
        const made = await smaller(await createImageBitmap(file));
        // A small sharp picture stays as it is: a code in it is read better.
        if (made && (made.size < file.size || file.size > bytesAtMost)) { blob = made; }
      } catch (error) {
        throw new Error("web-photo-unreadable");
      }
    } else if (!/^image\//.test(file.type)) {
      throw new Error("web-photo-unreadable");
    }
    if (blob.size > bytesAtMost) { throw new Error("web-photo-big"); }
    return { name: file.name, mime: blob.type || "image/jpeg", data: await base64(blob) };
  };
}());
