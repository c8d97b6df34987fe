# Words of the channels room: mailboxes, the mail queues, and what stands in our mails.

## In a mail
channels-quote-head = On { $when }, { $name } wrote:

## Both queues
channels-mail-in = Mail in
channels-mail-out = Mail out
channels-jobs = Background work
channels-all = All
channels-show = Show
channels-actions = Actions
channels-state = State
channels-why = Why
channels-detail = In the program’s words
channels-case = Case
channels-to = To
channels-from = From
channels-tries = Tries
channels-when = When
channels-size = Size
channels-mail = Mail
channels-came = Came
channels-mailbox-to = To mailbox

## Mail in
channels-mail-in-lead = Every mail that was accepted is here, whatever became of it.
channels-in-received = Waiting
channels-in-done = In its case
channels-in-duplicate = Came twice
channels-in-ignored = Set aside
channels-in-failed = Needs a look
channels-in-none = Nothing here
channels-in-none-what = No mail is in this state.
channels-no-subject = (no subject)
channels-null-path = nobody (as automatic mails do)
channels-envelope = Envelope
channels-headers = Headers as they came
channels-download = Download the mail
channels-rerun = Read it again
channels-rerun-done = The mail is being read again.

## Mail out
channels-mail-out-lead = Mails on their way to customers, and why one has not left yet.
channels-out-queued = Waiting
channels-out-sending = Being sent
channels-out-sent = Sent today
channels-out-failed = Not sent
channels-out-discarded = Given up
channels-out-undone = Taken back
channels-out-none = Nothing here
channels-out-none-what = No mail is in this state.
channels-automatic = Automatic
channels-case-elsewhere = A case of others
channels-next-try = Next try { $at }
channels-retry = Try now
channels-retry-done = The mail is tried now.
channels-discard = Give up
channels-discard-sure = Give this mail up? The customer will not get it.
channels-discard-done = The mail was given up. Its case shows that the customer did not get it.
channels-undo-done = The reply was taken back. Its words are in your draft.
channels-undo-late = It was too late to take the reply back: it is on its way.

## Why a mail is where it is
channels-why-duplicate = The same mail came before; it is in its case once.
channels-why-feedback = A report that somebody marked one of our mails as spam.
channels-why-own-copy = A copy of a mail that we sent ourselves.
channels-why-automatic = An automatic answer, such as an out-of-office note.
channels-why-bounce = A mail server reports that our mail was not delivered. It is noted at the message.
channels-why-bounce-delayed = A mail server reports a delay; it goes on trying.
channels-why-bounce-unknown = A mail server reports that a mail was not delivered, but it is none that we know.
channels-why-empty = There is nothing in the mail.
channels-why-no-sender = The mail says nowhere who wrote it, so nobody could be answered.
channels-why-not-filed = The mail was read, but could not be put into a case.
channels-why-reader-failed = The mail could not be read.
channels-why-raw-missing = The mail’s file is gone.
channels-why-raw-unreadable = The mail’s file is damaged, or was sealed with another key file.
channels-why-no-route = No mail server is set up for this mailbox.
channels-why-no-mailbox = There is no active mailbox or no address to send this to. Add a mailbox in the settings, or an address to the customer.
channels-why-not-composed = The mail could not be put together; something that belongs to it is gone.
channels-why-sender-failed = The program failed while sending; it tries again.
channels-why-server-later = The mail server asks to come again later.
channels-why-server-refused = The mail server refuses this mail.
channels-why-recipient-refused = The mail server refuses this address. Please check it with the customer.
channels-why-bounced = The mail came back.
channels-why-bounced-hard = The mail came back: the address does not work. Please check it with the customer.
channels-why-discarded = Somebody gave this mail up.
channels-why-undone = Taken back before it was sent.
channels-why-name-not-found = The mail server’s name is not known. Check how it is written.
channels-why-connection-refused = Nothing answers at the mail server’s port. Check the port, and that the server runs.
channels-why-timed-out = The mail server did not answer in time. Check its name and port, and any firewall between.
channels-why-certificate-not-trusted = The mail server’s certificate is not trusted. Check its name; a server of your own needs its certificate authority set in the installation.
channels-why-tls-not-offered = The mail server offers no protection on this port. Try port 587 or 465.
channels-why-tls-failed = Protection could not be agreed with the mail server. Try the other kind, with its port.
channels-why-login-refused = The mail server refuses the user name or the password.
channels-why-login-not-offered = The mail server offers no sign-in that is known here.
channels-why-no-mail-server = What answered there is no mail server. Check the name and the port.
channels-why-closed = The connection to the mail server broke off.
channels-why-bad-root-certificate = The installation’s own certificate authority cannot be read.

## Mailboxes
channels-mailboxes = Mailboxes
channels-mailboxes-none = No mailbox yet
channels-mailboxes-none-what = Add the address that your customers write to, and their mails become cases.
channels-mailbox-new = New mailbox
channels-mailbox-saved = { $address } is saved.
channels-address = Address
channels-address-hint = It cannot be changed later: conversations hang on it.
channels-name = Name
channels-name-hint = What customers see as the sender, for example Arohi Customer Care.
channels-queue = Queue of new cases
channels-queue-any = As the desk is set up
channels-type = Type of new cases
channels-type-any = As the desk is set up
channels-lang = Language
channels-lang-hint = Of automatic mails, where the customer’s own is not known.
channels-signature = Signature
channels-active = Active
channels-inactive = Closed
channels-active-label = Takes mail
channels-active-hint = A closed mailbox refuses new mail; its conversations stay.
channels-smtp = Mail server for sending
channels-smtp-default = The installation’s own
channels-smtp-host = Server
channels-smtp-host-hint = Leave it empty to send by the installation’s own mail server.
channels-smtp-port = Port
channels-smtp-user = User name
channels-smtp-secret = Password
channels-secret-hint = It is kept encrypted and never shown again.
channels-secret-kept = A password is kept. Type one only to replace it.
channels-tls = Protection
channels-tls-starttls = STARTTLS (mostly port 587)
channels-tls-implicit = TLS from the start (mostly port 465)
channels-tls-none = None (only for a server on this machine)
channels-save = Save
channels-cancel = Cancel
channels-try = Try the connection
channels-probe-fine = It works: the mail server was reached, the line is protected, and the user name and password are right.
channels-probe-open = The mail server was reached and took the password, but the line is not protected.
channels-probe-no-login = It works: the mail server was reached and the line is protected. No user name was tried.
channels-probe-open-no-login = The mail server was reached. The line is not protected, and no user name was tried.
channels-probe-kept = Nothing was saved yet. What you typed is still below.

## Errors at a field
channels-error-mailbox-exists = This mailbox is here already.
channels-error-host = A server’s name has letters, digits, dots and dashes, for example smtp.example.in.
channels-error-port = A port is a number from 1 to 65535.
channels-error-secret-again = The server or the user name is another now, so please type the password again.
channels-error-nothing-to-try = There is no server to try. Type its name, or save to use the installation’s own.

## Permissions, events and work
permission-mailbox-manage = Add and change mailboxes
permission-mail-queue = See mail coming in and going out, try it again, give it up
permission-mail-raw = Download mails as they came
event-mailbox-added = Mailbox added
event-mailbox-changed = Mailbox changed
event-mail-received = Mail accepted
event-mail-filed = Mail read
event-mail-failed = Mail could not be filed
event-mail-rerun = Mail read again by hand
event-mail-queued = Mail waits to be sent
event-mail-sent = Mail handed to the mail server
event-mail-retried = Mail will be tried again
event-mail-refused = Mail could not be sent
event-mail-discarded = Mail given up
event-mail-undone = Reply taken back
job-mail-take = Reading new mail
job-mail-send = Sending mail
