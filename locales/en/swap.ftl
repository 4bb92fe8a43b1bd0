### Another day to fetch the card, once: for those who are called in waves.

swap-words = other day, another day, change pickup day
swap-none = This chat has no pickup day that could be changed. Type *status* to see the card.
# $at $opens $closes (DateTime) day and time of pickup
swap-now = Your pickup day: { DAY($at) }, { CLOCK($opens) } to { CLOCK($closes) }.
swap-ask = Choose another day. You can change it once.
# $at $opens $closes (DateTime) day and time of pickup
swap-day = { DATE($at) }, { CLOCK($opens) }
swap-time = { CLOCK($opens) } to { CLOCK($closes) }
swap-keep = Keep that day
swap-kept = Fine, it stays.
swap-full = The other days are full now. Come on that day, or type *officer*.
# $at $opens $closes (DateTime) day and time of pickup
swap-done = Changed. Please come on { DAY($at) }, { CLOCK($opens) } to { CLOCK($closes) }.
