### WhatsApp.

# Tombol yang membuka daftar pilihan; paling panjang 20 huruf.
whatsapp-open-list = Lihat pilihan
