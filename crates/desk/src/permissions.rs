//! What one may do at the desk.

platform::permissions! {
    /// Permissions over cases, and over how the desk is set up.
    pub enum DeskPermission {
        /// See cases and their conversations.
        ReadCase = "case.read" scoped,
        /// Answer customers and write notes.
        ReplyCase = "case.reply" scoped,
        /// Give cases to members and queues.
        AssignCase = "case.assign" scoped,
        /// Change a case's fields and status.
        ChangeCase = "case.change" scoped,
        /// Open cases.
        CreateCase = "case.create",
        /// Change queues, categories and statuses.
        Configure = "desk.configure",
    }
}
