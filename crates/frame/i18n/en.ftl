# The frame of every page, errors, and the platform's permissions.

frame-inbox = Inbox
frame-contacts = Customers
frame-queues = Queues
frame-own-settings = Your settings
frame-undo = Undo
frame-to-start = To the start
frame-to-login = Sign in

## Errors as pages
frame-signed-out = Please sign in
frame-signed-out-what = Nobody is signed in here, or it was too long ago.
frame-denied-what = This needs a permission that you do not have.
frame-denied-permission = This needs the permission “{ $name }”, which your role does not have.
frame-cross-site = This did not come from our own pages
frame-cross-site-what = The request was made by another site, so it was not carried out. Open the page here and do it there.
frame-nothing-changed = Nothing was changed.
frame-invalid = Something in this request cannot be right
frame-invalid-what = Something that was sent cannot be right. Go back, look once more, and send it again.
frame-conflict = Someone else changed this meanwhile
frame-conflict-what = Someone else changed this meanwhile. Open it again to see how it is now, and then decide.
frame-too-many = Too many tries
frame-too-many-what = { $minutes ->
    [one] To keep guessers out, this rests for a while. Please try again in a minute.
   *[other] To keep guessers out, this rests for a while. Please try again in { $minutes } minutes.
 }

## Errors at a field
error-required = Please fill this in.
error-too-long = { $max ->
    [one] Only one character fits here.
   *[other] At most { $max } characters fit here.
 }
error-control-character = There is a character in this that cannot be seen. Please type it by hand instead of pasting it.
error-name-taken = This name is taken. Please choose another one.
error-member-exists = Someone with this address is here already. You will find them in the list of members.
error-last-administrator = Someone active must be able to manage members, and this is the last one. Give another person that right first.
error-choose-from-list = Please choose something from the list.
error-unknown-permission = There is no permission “{ $key }”.
error-password-short = A password needs at least { $min } characters.
error-workspace-slug = Use small letters a to z, digits and dashes, beginning with a letter; at most 40 in all.
error-json = This could not be read as JSON of the expected shape: { $reason }
error-address-taken = This mail address already leads to another workspace.
error-email-shape = An e-mail address looks like name@example.in.
error-email-character = There is a space, or another character that an e-mail address cannot have, in this.
error-email-too-long = This is longer than an e-mail address can be.

## Permissions of the workspace itself
permission-member-read = See members, teams and roles
permission-member-manage = Invite and change members, teams and roles
permission-job-manage = See background work and run it again
permission-setting-manage = Change settings
permission-audit-read = Read the audit trail

## Settings of the workspace
frame-settings-about = Yours, and those of the workspace that your role opens.
frame-group-you = You
frame-group-workspace = Workspace
frame-group-oversight = Oversight
frame-me-about = Your language, colours and password
frame-tokens-about = Keys with which your programs work here in your name
frame-members-about = Who works here, in which role and teams; invite and let go
frame-teams-about = Groups that share work
frame-roles-about = What each role may see and do
frame-mailboxes = Mailboxes
frame-mailboxes-about = Addresses at which customers write to you
frame-desk = Queues and categories
frame-desk-about = How cases are sorted, named and promised
frame-jobs-about = What waits, what failed and why
frame-audit-about = Every change: who, what and when
frame-members = Members
frame-teams = Teams
frame-roles = Roles
frame-tokens = API tokens
frame-jobs = Background work
frame-audit = Audit trail
