# Words of the desk.

## What is wrong with a field
error-no-address = This customer has no e-mail address. Add one to the customer, or write one here.
error-file-missing = This file is no longer there. Please attach it again.
error-queue-last = One queue at least must stay in use, or work would wait nowhere.
error-category-cycle = A category cannot stand below itself: { $cycle }.
error-category-deep = Categories can be { $max } levels deep at most.
error-status-type-fixed = A status keeps its type. Add a new status instead.
error-status-last-of-type = This is the last status of its type. Add another one first.
error-status-new-again = A case cannot become new again. Choose “open” instead.

## Kinds and statuses
case-type-complaint = complaint
case-type-request = request
case-type-query = query
case-type-feedback = feedback
case-status-new = New
case-status-open = Open
case-status-pending_customer = Waiting for customer
case-status-on_hold = On hold
case-status-resolved = Resolved
case-status-closed = Closed

## The first message a customer gets
ack-greeting = Dear { $name },
ack-number = We have received your { $type }. Its number is { $number }.
ack-status = You can see its status here: { $url }
ack-answer = To add anything, simply answer this message.

## What a new desk starts with
seed-front-desk = Front desk
seed-sales = Sales
seed-sales-enquiry = Product enquiry
seed-sales-booking = Booking and delivery
seed-service = Service
seed-service-booking = Service booking
seed-service-quality = Quality of work
seed-service-parts = Spare parts
seed-billing = Billing
seed-billing-bill = Mistake in a bill
seed-billing-refund = Refund
seed-other = Other

## The inbox
desk-views = Views
desk-queues = Queues
desk-queue = Queue
desk-view-mine = Mine
desk-view-unassigned = Nobody’s yet
desk-view-open = All open
desk-view-waiting = Waiting for customer
desk-view-done = Done
desk-count = { $count ->
    [one] { $count } case
   *[other] { $count } cases
 }
desk-order = Order
desk-most-urgent = Most urgent
desk-newest = Newest
desk-new-case = New case
desk-choose = Choose a case
desk-choose-hint = The most urgent one is at the top. J and K move through the list, Enter opens.
desk-nothing-waits = Nothing waits here
desk-nothing-waits-hint = New messages appear here by themselves.
desk-none = No cases here
desk-none-hint = New ones appear here by themselves.
desk-none-mine = Nothing of yours is open
desk-none-mine-hint = Take one that is nobody’s yet, or wait until somebody gives you one.
desk-none-done = Nothing is done yet
desk-none-done-hint = Resolved and closed cases stand here, the newest first.
desk-to-unassigned = See what is nobody’s yet
desk-to-open = See all open cases
desk-waiting-since = Waiting since
desk-opened = Opened
desk-yours = Yours
desk-nobodys = Nobody’s yet
desk-related = About the same thing:

## Kinds of cases
desk-channel-email = e-mail
desk-channel-web = web form
desk-channel-phone = phone
desk-channel-chat = chat
desk-channel-sms = SMS
desk-channel-social = social media
desk-channel-walk-in = in person
desk-channel-letter = letter
desk-channel-api = program
desk-priority-low = low
desk-priority-normal = normal
desk-priority-high = high
desk-priority-urgent = urgent

## A case
desk-take = Take
desk-taken = It is yours now.
desk-taken-already = Somebody else was quicker: it is theirs now.
desk-assign = Assign
desk-assign-title = Whose is it, and where does it wait?
desk-assigned = Assigned.
desk-given-away = Assigned. It is no longer among the cases that you can see.
desk-me = Me
desk-nobody = Nobody
desk-no-queue = No queue
desk-owner = Owner
desk-resolve = Resolve
desk-resolved = Resolved.
desk-reopen = Reopen
desk-reopened = Open again.
desk-more = More actions
desk-set-status = Set the status to
desk-status-set = Status changed.
desk-undone = Taken back.
desk-edit = Edit case
desk-save = Save
desk-saved = Saved.
desk-subject = Subject
desk-type = Type
desk-category = Category
desk-no-category = None
desk-priority = Priority
desk-now = Now:
desk-changed-meanwhile = Somebody else saved this case meanwhile. What you typed is still here; where it differs, what stands there now is shown under the field. Save again to keep yours.

## The conversation
desk-older = Show earlier messages
desk-to-newest = To the newest messages
desk-automatic = Automatic answer
desk-by-machine = sent by a machine
desk-other-address = not one of the customer’s addresses
desk-as-sent = Show it as it was sent
desk-to = to
desk-state-queued = waiting to be sent
desk-state-sent = sent
desk-state-delivered = delivered
desk-state-read = read
desk-state-failed = Not delivered.
desk-event-opened = Case opened by { $channel }
desk-event-opened-by = { $who } opened the case, { $channel }
desk-event-came-back = The customer wrote again: the case is open again
desk-event-reopened = { $who } reopened the case
desk-event-status = { $who }: status “{ $status }”
desk-event-changed = { $who } changed { $fields }
desk-event-took = { $who } took the case
desk-event-given = { $who } assigned the case to { $owner }
desk-event-let-go = { $who } gave the case back: it is nobody’s
desk-event-queue = { $who } moved it to “{ $queue }”
desk-field-type = type
desk-field-subject = subject
desk-field-category = category
desk-field-priority = priority

## Writing
desk-read-only = You may read this case. To answer, you need another role.
desk-no-address = There is no e-mail address to answer to. Add one to the customer first.
desk-send-and = Send and…
desk-send-waiting = Send and wait for the customer
desk-send-resolve = Send and resolve
desk-text-missing = Write a few words first. Files that you attached are kept.
desk-take-back = Take it back
desk-sent-resolved = Sent, and the case is resolved.
desk-files-too-large = All files of one message together may have { $max } MB. None of these was attached; your text is still here.
desk-files-too-many = At most { $max } files go with one message. None of these was attached; your text is still here.

## The customer beside the case
desk-customer-since = Customer since
desk-open-with-us = Open with us
desk-before = Before
desk-this-one = this one
desk-all-cases = All cases of this customer

## Finding
desk-find-lead = A case’s number, a phone number, a name, an e-mail address, or a command.
desk-found-cases = Cases
desk-found-nothing = Nothing found
desk-commands = Commands

## A case opened by hand
desk-whose = Whose case is it?
desk-whose-none = Nobody found. Fill in a new customer below.
desk-somebody-else = Somebody else
desk-new-customer = New customer
desk-channel = How it came
desk-what-was-said = What the customer said
desk-usual-queue = The usual one
desk-open-case = Open the case
desk-case-opened = Case { $number } is open.
desk-cases = Cases
desk-no-cases-yet = No cases yet.

## Settings of the desk
desk-settings = Queues, categories and statuses
desk-settings-lead = What is no longer in use stays on the cases that have it, and is not offered any more.
desk-categories = Categories
desk-statuses = Statuses
desk-name = Name
desk-team = Team that sees it
desk-no-team = Everyone who may see all cases
desk-status = Status
desk-in-use = In use
desk-not-in-use = Not in use
desk-change = Change
desk-queue-add = Add a queue
desk-queue-change = Change the queue
desk-category-add = Add a category
desk-category-change = Change the category
desk-parent = Below
desk-no-parent = At the top
desk-mostly = Mostly a
desk-no-hint = No suggestion
desk-status-add = Add a status
desk-status-change = Change the status
desk-means = What it means
desk-position = Place among its kind
desk-position-wrong = Please write a number from 0 to 999.

## What a customer sees
desk-public-new = We have received it
desk-public-open = We are working on it
desk-public-pending = We have asked you something and wait for your answer
desk-public-hold = It waits for somebody outside our company
desk-public-resolved = It is solved
desk-public-closed = It is closed
desk-opened-on = Received
desk-last-word = Last change
desk-add-something = To add something
desk-add-something-how = Simply answer the mail with this number in its subject. It reaches the people who are working on it. If it is not solved after all, an answer opens it again.
desk-link-unknown = This link shows nothing
desk-link-unknown-what = It may be mistyped or too old. Answer the mail you had from us, and we will tell you how things stand.

## Events in a timeline
event-case-opened = Case opened
event-case-reopened = Case open again
event-case-assigned = Case assigned
event-case-status-changed = Status of a case changed
event-case-changed = Fields of a case changed
event-message-received = Message received
event-message-queued = Answer written
event-message-noted = Private note written
event-message-sent = Answer sent
event-message-delivered = Answer delivered
event-message-read = Answer read
event-message-failed = Answer not delivered
event-message-bounced = Answer came back
event-queue-saved = Queue saved
event-category-saved = Category saved
event-status-saved = Status saved

## Permissions
permission-case-read = See cases and their conversations
permission-case-reply = Answer customers and write notes
permission-case-assign = Assign cases
permission-case-change = Change cases and their status
permission-case-create = Open cases
permission-desk-configure = Set up queues, categories and statuses
