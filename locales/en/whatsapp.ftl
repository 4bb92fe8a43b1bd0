### WhatsApp.

# The button that opens a list of choices; at most 20 characters.
whatsapp-open-list = See choices
