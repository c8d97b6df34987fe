# Words of the people room, and what is wrong with a field and what to do about it.

## Fields
error-too-many = There are { $max } already. Remove one first.
error-language = Please choose a language.
error-phone-unreadable = This is not a phone number. Write it with its country code, for example +91 98765 43210.
error-phone-invalid = No such number exists. Please check its digits.
error-phone-already-there = This person has this number already.
error-email-taken = Another person has this address. Open that person, or use another address.
error-gstin = A GSTIN has 15 letters and digits, for example 27ABCDE1234F1Z5.

## Pages
people-contacts = Customers
people-search = Phone, e-mail or name
people-find = Find
people-new = New customer
people-edit = Edit
people-save = Save
people-cancel = Cancel
people-add = Add
people-remove = Remove
people-name = Name
people-phone = Phone
people-email = E-mail
people-language = Preferred language
people-account = Organisation
people-accounts = Organisations
people-no-account = None
people-new-account = New organisation
people-gstin = GSTIN
people-none = No customers yet
people-none-yet = Whoever writes to one of your mailboxes appears here. You can also add someone yourself.
people-not-found = Nobody found
people-not-found-hint = Try the last four digits of the phone number, the beginning of the e-mail address or of the name.
people-no-accounts = No organisations yet
people-no-accounts-yet = Add a company here, then name it on the page of the people who belong to it.
people-contact-saved = Saved.
people-account-saved = Saved.
people-changed-meanwhile = Someone else saved this meanwhile (name now: { $name }). Your text is still here: look at it once more and save again.
people-since = Known since { $date }
people-reach = How to reach
people-add-phone = Another phone number
people-add-email = Another e-mail address
people-notes = Notes
people-add-note = A note for colleagues
people-timeline = What happened
people-system = Sampark

## Events in a timeline
event-contact-added = Added as a customer
event-contact-changed = Details changed
event-contact-noted = Note written
event-account-saved = Organisation saved

## Permissions
permission-contact-read = See customers
permission-contact-write = Add and change customers
