### Kaca web, basa krama. Nengga dipunpriksa dening panyatur asli; ingkang dereng wonten ngginakaken basa Indonesia.

web-language = Basa
web-promise-free = Layanan punika gratis, tanpa ragad.
