//! What one may do with channels.

platform::permissions! {
    /// Permissions over mailboxes and the mail queues.
    pub enum ChannelPermission {
        /// Add and change mailboxes.
        ManageMailboxes = "mailbox.manage",
        /// See mail coming in and going out, run it again, retry it, discard it.
        MailQueue = "mail.queue",
        /// Download a mail as it came, headers and all.
        ReadRawMail = "mail.raw",
    }
}
