# Signing in, people and teams, tokens, background work, the audit trail. Keys begin with "admin-".

## Signing in
admin-login = Sign in
admin-login-do = Sign in
admin-email = E-mail
admin-password = Password
admin-login-wrong = E-mail address and password do not fit together. Please look at both once more.
admin-logged-out = You are signed out.
admin-forgot = Forgotten your password?
admin-workspaces = Your workspaces
admin-workspaces-lead = Where would you like to work?
admin-no-workspace = No workspace is open to you at the moment. An administrator of your company can invite you to one.
admin-signed-in-as = Signed in as { $email }

## Choosing a password
admin-forgot-title = A new password
admin-forgot-lead = Write the address with which you sign in. A link to choose a new password will be mailed to it.
admin-forgot-do = Mail me the link
admin-forgot-sent = If { $email } signs in here, a mail with a link is on its way to it. The link works once, for an hour.
admin-forgot-next = Nothing came? Look among the unwanted mail, and ask your administrator which address is yours here.
admin-join-title = Choose a password
admin-join-lead = Good that you are here, { $name }. With this password you will sign in from now on.
admin-join-do = Save and begin
admin-new-password = New password
admin-password-hint = At least { $min } characters. A few words in a row are easy to remember and hard to guess.
admin-expired-title = This link no longer works
admin-expired-lead = It was used already, a newer one was sent, or its time is over.
admin-expired-invitation = If you chose a password before, let a new link be mailed to you. If this was your first invitation, ask the person who invited you to send it again.
admin-expired-reset = Mail me a new link

## Mails
admin-mail-reset-subject = A new password for Sampark
admin-mail-reset = Dear { $name },
    {""}
    someone, probably you, asked for a new password. You can choose it here:
    {""}
    { $link }
    {""}
    The link works once, for an hour. If it was not you, do nothing: your password stays as it is.
admin-mail-invitation-subject = Invitation to { $workspace }
admin-mail-invitation = Dear { $name },
    {""}
    { $inviter } invites you to work in { $workspace }. Choose your password here and begin:
    {""}
    { $link }
    {""}
    The link works once, for seven days.
admin-mail-added-subject = { $workspace } is open to you now
admin-mail-added = Dear { $name },
    {""}
    { $inviter } has added you to { $workspace }. Sign in as always, with the password that you have:
    {""}
    { $link }

## Settings
admin-settings-find = Find a setting
admin-settings-none = No setting by these words
admin-settings-none-what = Try another word, or look through all of them.
admin-settings-all = Show all settings
admin-find = Find

## Own settings
admin-save = Save
admin-me-saved = Saved.
admin-theme-hint = For this browser, and for others once you sign in there.
admin-current-password = Present password
admin-password-wrong = This is not your present password.
admin-change-password = Change password
admin-change-password-hint = In other browsers you will be signed out.
admin-password-changed = Your password is changed. Other browsers are signed out.

## Members
admin-members-find = Name, address or role
admin-members-none = Nobody fits
admin-members-none-what = Try a part of the name, or look among those who have left.
admin-members-more = { $count ->
    [one] { $count } person fits.
   *[other] { $count } people fit; the first 200 are shown. Search by name to see others.
 }
admin-show = Show
admin-active = Active
admin-left = Have left
admin-actions = What can be done
admin-name = Name
admin-role = Role
admin-role-hint = It decides what this person sees and may do.
admin-state = State
admin-state-active = Active
admin-state-invited = Invited, has not come yet
admin-state-left = Has left
admin-invite = Invite a person
admin-invite-lead = A link to choose a password is mailed to this address. It works for seven days.
admin-invite-do = Send the invitation
admin-invite-again = Send the invitation again
admin-invitation-sent = The invitation is on its way to { $email }.
admin-member-added = { $email } signs in here already and was told by mail.
admin-invitation-waits = This person has not chosen a password yet. If the mail was lost or the link is too old, send a new one; the old link then stops working.
admin-invitation-not-needed = { $name } has a password already. A forgotten one is replaced at “Forgotten your password?” on the sign-in page.
admin-invitation-link = Link to choose the password
admin-invitation-once = The mail is on its way. You can also hand this link over yourself; it is shown only now, and whoever has it can sign in as this person.
admin-member-active = Works here
admin-member-active-hint = Without this tick the person cannot sign in to this workspace any more. What they did stays.
admin-member-saved = { $name } is saved.

## Teams
admin-teams-none = No teams yet
admin-teams-none-what = A team shares work: cases can be given to it, and a role can reach as far as one's teams.
admin-team-new = New team
admin-team-edit = Team
admin-team-active = Works
admin-team-closed = Closed
admin-team-works = This team works
admin-team-works-hint = Without this tick it gets nothing new. What it has stays.
admin-team-saved = The team { $name } is saved.

## Roles
role-administrator = Administrator
role-team-lead = Team lead
role-executive = Executive
role-auditor = Auditor
admin-role-new = New role
admin-role-origin = Origin
admin-role-built-in = from the start
admin-role-saved = The role { $name } is saved.
admin-role-affects = { $count ->
    [one] { $count } person has this role. What you change holds for them at once.
   *[other] { $count } people have this role. What you change holds for them at once.
 }
admin-permission = Permission
admin-permissions = Permissions
admin-reach = How far
admin-reach-none = Not allowed
admin-reach-own = Own only
admin-reach-team = Own teams
admin-reach-all = Everything
admin-reach-yes = Allowed
admin-kind-member = People and teams
admin-kind-job = Oversight
admin-kind-audit = Oversight
admin-kind-setting = Settings
admin-kind-desk = Settings
admin-kind-contact = Customers
admin-kind-account = Customers
admin-kind-case = Cases
admin-kind-mail = Mail
admin-kind-mailbox = Mail
admin-kind-other = Other

## API tokens
admin-token = Token
admin-token-new = New token
admin-token-name = What is it for?
admin-token-name-hint = Such as the program that will use it, so that you know later which one to end.
admin-token-create = Make a token
admin-token-once = This is the token. Copy it now: it is not kept and cannot be shown again.
admin-token-made = Made
admin-token-works = Works
admin-token-until = until { $date }
admin-token-ends = How long
admin-token-month = 30 days
admin-token-year = A year
admin-token-open = Until I end it
admin-token-expired = Expired
admin-token-ended = Ended
admin-token-revoke = End
admin-token-revoke-sure = End the token “{ $name }”? The program that uses it stops working at once.
admin-token-revoked = The token { $name } has ended.
admin-tokens-none = You have no tokens
admin-tokens-none-what = A program needs one to work here in your name, with your rights.

## Background work
admin-jobs-lead = What the program does by itself, and what it could not do.
admin-mail-in = Mail in
admin-mail-out = Mail out
admin-jobs-all = All
admin-jobs-failed = Failed
admin-jobs-waiting = Waiting
admin-jobs-running = Running
admin-jobs-none = Nothing here
admin-jobs-none-what = Everything of this kind is done.
admin-job = Work
admin-tries = Tries
admin-job-when = When
admin-job-why = Why not
admin-job-failed = Failed
admin-job-running = Running
admin-job-retrying = Will be tried again
admin-job-waiting = Waiting
admin-job-again = Run again
admin-job-rerun = It is in the queue again.
job-system-mail = Mail to a member

## Audit trail
admin-audit-when = When
admin-audit-who = Who
admin-audit-what = What
admin-audit-about-what = About
admin-audit-number = Number
admin-audit-subject-form = case:12
admin-audit-all = All
admin-audit-reset = Show all
admin-audit-none = No events fit
admin-audit-none-what = Take a filter away to see more.
admin-audit-erased = The details were erased.
admin-about-account = organisation
admin-about-case = case
admin-about-category = category
admin-about-contact = customer
admin-about-inbound-mail = mail in
admin-about-job = work
admin-about-mailbox = mailbox
admin-about-outbound-mail = mail out
admin-about-queue = queue
admin-about-setting = setting
admin-about-status = status
admin-about-token = token
admin-audit-check = Check that nothing was changed
admin-audit-checked = Check of the audit trail
admin-audit-check-lead = Each event is sealed with the one before it. The check recounts all of them from the first.
admin-chain-whole = The trail is whole: nothing was changed, taken out or put in.
admin-chain-gap = Something is missing before event { $seq }. Keep this database as it is, and compare it with your backups.
admin-chain-payload = The details of event { $seq } are not those that were recorded. Keep this database as it is, and compare it with your backups.
admin-chain-link = Event { $seq }, or its place in the order, was changed. Keep this database as it is, and compare it with your backups.
admin-chain-head = The end of the trail is not where it should be. Keep this database as it is, and compare it with your backups.
admin-chain-events = Events
admin-chain-erased = With erased details
admin-chain-at = Checked
event-member-added = Member added
event-member-changed = Member’s role or presence changed
event-team-saved = Team saved
event-role-saved = Role saved
event-setting-changed = Setting changed
event-job-rerun = Failed work put back in the queue
event-token-created = API token made
event-token-revoked = API token ended
