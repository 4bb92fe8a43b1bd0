office-new-name = Name of the office, such as Disdukcapil Kabupaten Konawe
office-new-zone = Time zone: WIB, WITA or WIT
office-new-languages = Languages for residents, separated by commas
office-new-address = Address of the office
office-new-phone = Telephone of the office
office-new-hours = Hours from Monday to Thursday
office-new-friday = Hours on Friday
office-new-districts = Kecamatan with their codes, separated by commas, such as 74.02.01 Unaaha, 74.02.06 Wawotobi
office-new-points = Service points: name; address; kecamatan served. Several points are separated by |
office-new-neighbour = Neighbouring area and the first digits of its codes, such as Kota Kendari: 7471 (empty if there is none)
office-new-prefix = Prefix of registration numbers, such as KNW

office-new-exists = { $file } exists already and is not overwritten. Choose another name, or edit that file.
office-new-no-folder = { $file } cannot be written: its folder does not exist.
office-new-done = { $file } is written. Read it once more, set LOKET_OFFICE to its path, and run `loket check`.
office-new-lacks = There is no terminal to ask at, and these are not given: { $options }.
office-new-refused = { $option }: { $reason }

office-new-wrong-text = Give one line of text, at most 200 characters.
office-new-wrong-zone = Give WIB, WITA or WIT.
office-new-wrong-languages = Choose from { $known }; id is needed.
office-new-wrong-hours = Hours are written like 08:00-15:00, or 08:00-11:30, 13:00-15:00; a single - means closed.
office-new-wrong-districts = Each kecamatan is written like 74.02.01 Unaaha, and only once.
office-new-wrong-points = Each point is written like Kantor Disdukcapil; Jalan Inolobunggadue 1, Unaaha.
office-new-wrong-neighbour = A neighbour is written like Kota Kendari: 7471.
office-new-wrong-prefix = The prefix of registration numbers: one to eight letters or digits, like KNW.
