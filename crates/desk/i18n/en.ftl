# Words of the desk.

## What is wrong with a field
error-name-taken = Another one has this name. Please choose a different one.
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
