# Words of the common components. Keys begin with "ui-".

ui-brand = Sampark
lang-own-name = English

## Frame of a page
ui-skip = Skip to the content
ui-main-nav = Main
ui-workspaces = Other workspaces
ui-your-menu = Your menu
ui-log-out = Log out
ui-language = Language
ui-settings = Settings
ui-theme = Colours
ui-theme-system = Automatic
ui-theme-light = Light
ui-theme-dark = Dark
ui-waiting = { $count ->
    [one] { $count } waiting
   *[other] { $count } waiting
 }
ui-crumbs = Where you are
ui-close = Close
ui-cancel = Cancel
ui-not-connected = Not connected. This is what was known at { $time }.
ui-changed = New here. Show

## Search and commands
ui-find-label = Search and commands
ui-find-hint = Phone, name, case number, e-mail… or a command
ui-find-results = Results
ui-find-none = Nothing found. Try a part of the name or the last digits of the number.
ui-find-failed = The search did not answer. Try once more.
ui-key-ctrl-k = Ctrl K
ui-key-ctrl-enter = Ctrl ⏎
ui-key-escape = Esc
ui-key-then = then
ui-keys-help = Keyboard shortcuts
ui-keys-note = They are the keys in these places on the keyboard, whatever language you type in, and rest while you type.

## Forms
ui-optional = (optional)
ui-form-errors = { $count ->
    [one] One thing needs another look. What you typed is kept.
   *[other] { $count } things need another look. What you typed is kept.
 }

## Lists
ui-list = List
ui-list-next = Next in the list
ui-list-previous = Previous in the list
ui-list-select = Select
ui-bulk = With the selected ones
ui-selected-one = 1 selected
ui-selected-other = { $n } selected
ui-clear-selection = Clear selection
ui-select-row = Select { $name }
ui-unread = Unread:
ui-more = Show more
ui-shown-of = { $shown } of { $total } shown
ui-views = Queues
ui-back-to-list = Back to the list

## Conversation
ui-conversation = Conversation
ui-customer = Customer
ui-thread = Messages
ui-private-note = private note
ui-new-below = New message below
ui-attachments = Attachments
ui-quoted = { $count ->
    [one] Quoted text ({ $count } line)
   *[other] Quoted text ({ $count } lines)
 }

## Composer
ui-composer-mode = What to write
ui-composer-text = Text
ui-reply = Reply
ui-note = Private note
ui-reply-by = Reply by { $channel } to
ui-reply-by-in = Reply by { $channel }, in { $language }, to
ui-note-to = Only your colleagues see this
ui-send-to = Send to { $name }
ui-save-note = Save note
ui-attach = Attach
ui-remove-file = Remove this file
ui-too-many-files = At most { $count } files go with one message.
ui-draft-saved = Draft saved
ui-draft-saving = Saving…
ui-draft-unsaved = Not saved yet
ui-draft-failed = Not saved; kept in this window
ui-not-sent = Not sent, because there is no connection. Your text is still here.

## Errors
ui-not-found = There is nothing here
ui-not-found-what = The address may be mistyped, or it is something that your role does not show you.
ui-broken = Something went wrong on our side
ui-broken-what = It is written down for the people who run this server.
ui-broken-kept = Nothing that was saved is lost, and your drafts are kept.
ui-busy = Too much at once
ui-busy-what = The server is catching up. Try again in a few seconds.
ui-reference = Reference: { $number }
ui-no-permission = Your role does not allow this
ui-no-permission-who = An administrator of this workspace can change it.

## Times
ui-today = Today
ui-yesterday = Yesterday
ui-tomorrow = Tomorrow
ui-just-now = just now
ui-due-in = Due in
ui-due-late = { $span } late
ui-due-paused = paused
ui-due-met = in time
ui-past-min-one = { $n } min ago
ui-past-min-other = { $n } min ago
ui-past-hour-one = { $n } h ago
ui-past-hour-other = { $n } h ago
ui-past-day-one = { $n } day ago
ui-past-day-other = { $n } days ago
ui-past-month-one = { $n } month ago
ui-past-month-other = { $n } months ago
ui-past-year-one = { $n } year ago
ui-past-year-other = { $n } years ago
ui-future-min-one = in { $n } min
ui-future-min-other = in { $n } min
ui-future-hour-one = in { $n } h
ui-future-hour-other = in { $n } h
ui-future-day-one = in { $n } day
ui-future-day-other = in { $n } days
ui-future-month-one = in { $n } month
ui-future-month-other = in { $n } months
ui-future-year-one = in { $n } year
ui-future-year-other = in { $n } years
ui-span-min-one = { $n } min
ui-span-min-other = { $n } min
ui-span-hour-one = { $n } h
ui-span-hour-other = { $n } h
ui-span-day-one = { $n } day
ui-span-day-other = { $n } days
ui-span-month-one = { $n } month
ui-span-month-other = { $n } months
ui-span-year-one = { $n } year
ui-span-year-other = { $n } years
ui-wd-1 = Mon
ui-wd-2 = Tue
ui-wd-3 = Wed
ui-wd-4 = Thu
ui-wd-5 = Fri
ui-wd-6 = Sat
ui-wd-7 = Sun
ui-weekday-1 = Monday
ui-weekday-2 = Tuesday
ui-weekday-3 = Wednesday
ui-weekday-4 = Thursday
ui-weekday-5 = Friday
ui-weekday-6 = Saturday
ui-weekday-7 = Sunday
ui-mon-1 = Jan
ui-mon-2 = Feb
ui-mon-3 = Mar
ui-mon-4 = Apr
ui-mon-5 = May
ui-mon-6 = Jun
ui-mon-7 = Jul
ui-mon-8 = Aug
ui-mon-9 = Sep
ui-mon-10 = Oct
ui-mon-11 = Nov
ui-mon-12 = Dec
ui-month-1 = January
ui-month-2 = February
ui-month-3 = March
ui-month-4 = April
ui-month-5 = May
ui-month-6 = June
ui-month-7 = July
ui-month-8 = August
ui-month-9 = September
ui-month-10 = October
ui-month-11 = November
ui-month-12 = December
