//! What one may do with people. Accounts go with their contacts.

platform::permissions! {
    /// Permissions over contacts and accounts.
    pub enum PeoplePermission {
        /// See contacts and accounts.
        ReadContact = "contact.read",
        /// Add and change contacts and accounts.
        WriteContact = "contact.write",
    }
}
