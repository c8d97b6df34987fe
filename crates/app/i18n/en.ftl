# Words of the demonstration's own pages. Keys begin with "demo-".

demo-title = What the customer sees
demo-lead = Write as a customer would, read what comes back, then answer it from the desk in another window.
demo-write = Write a mail as a customer
demo-from = From
demo-to = To
demo-subject = Subject
demo-text = Message
demo-send = Send
demo-mailboxes = Mailboxes with mail
demo-no-mail = Nobody has received a mail yet.
demo-no-mail-yet = Nothing has arrived yet. The acknowledgement takes a moment: look again.
demo-people = People at the desk
demo-password = Everybody's password is { $password }.
demo-sign-in = Sign in
demo-mailbox-lead = Newest first. Answer, and it comes back to the same case.
demo-look-again = Look again
demo-back = Back
demo-answer = Answer
demo-error-address = This is not an e-mail address. Write it like name@customer.example.
demo-error-empty = Write what the customer wants to say.
demo-error-refused = No mailbox here takes this mail.
