# Words of the people room, and what is wrong with a field and what to do about it.

## Fields
error-required = Please fill this in.
error-too-long = This is too long: at most { $max } characters.
error-control-character = This contains characters that cannot be shown. Please type it again.
error-choose-from-list = Please choose one from the list.
error-too-many = There are { $max } already. Remove one first.
error-language = Please choose a language.
error-phone-unreadable = This is not a phone number. Write it with its country code, for example +91 98765 43210.
error-phone-invalid = No such number exists. Please check its digits.
error-phone-already-there = This person has this number already.
error-email-shape = An e-mail address has a name, an @ and a domain, for example asha@example.in.
error-email-character = An e-mail address has no spaces, commas or brackets.
error-email-too-long = This is longer than an e-mail address can be.
error-email-taken = Another person has this address. Open that person, or use another address.
error-gstin = A GSTIN has 15 letters and digits, for example 27ABCDE1234F1Z5.
