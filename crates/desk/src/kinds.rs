//! The closed sets of this room: each value has one name, in rows, events and the API alike.

/// Declares an enum whose values are stored and written by name.
macro_rules! named {
    ($(
        $(#[$meta:meta])*
        $name:ident { $($(#[$item:meta])* $variant:ident = $text:literal),+ $(,)? }
    )+) => {$(
        $(#[$meta])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize,
        )]
        pub enum $name {
            $($(#[$item])* #[serde(rename = $text)] $variant),+
        }

        impl $name {
            /// All values, in their order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }

            pub fn from_name(name: &str) -> Option<$name> {
                match name { $($text => Some($name::$variant),)+ _ => None }
            }
        }

        impl base::ToVal for $name {
            fn val(&self) -> base::ValRef<'_> {
                base::ValRef::Text(self.as_str())
            }
        }

        impl base::FromVal for $name {
            fn from_val(val: base::ValRef<'_>) -> Result<Self, String> {
                let text = <String as base::FromVal>::from_val(val)?;
                $name::from_name(&text).ok_or(format!("{text} is no {}", stringify!($name)))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    )+};
}

named! {
    /// What the customer wants.
    CaseType {
        Complaint = "complaint",
        Request = "request",
        Query = "query",
        Feedback = "feedback",
    }

    /// How much it matters, least first.
    Priority {
        Low = "low",
        Normal = "normal",
        High = "high",
        Urgent = "urgent",
    }

    /// What a status means, whatever it is called.
    StatusType {
        New = "new",
        Open = "open",
        /// A question was sent; the customer has the next word.
        PendingCustomer = "pending_customer",
        /// Somebody outside has to act first.
        OnHold = "on_hold",
        Resolved = "resolved",
        Closed = "closed",
    }

    /// The way words travel.
    Channel {
        Email = "email",
        Web = "web",
        Phone = "phone",
        Chat = "chat",
        Sms = "sms",
        Social = "social",
        WalkIn = "walk_in",
        Letter = "letter",
        Api = "api",
    }

    /// Whose turn it is in a conversation.
    ConversationState {
        Open = "open",
        /// For the customer.
        Waiting = "waiting",
        Closed = "closed",
    }

    /// Which way a message goes; a note stays inside.
    Direction {
        In = "in",
        Out = "out",
        Note = "note",
    }

    /// Who wrote a message.
    AuthorKind {
        Customer = "customer",
        Member = "member",
        System = "system",
    }

    /// How far a message has come.
    MessageStatus {
        Received = "received",
        Draft = "draft",
        Queued = "queued",
        Sent = "sent",
        Delivered = "delivered",
        Read = "read",
        Failed = "failed",
    }

    /// What a draft will become.
    DraftMode {
        Reply = "reply",
        Note = "note",
    }
}

impl CaseType {
    /// The beginning of its numbers.
    pub fn prefix(self) -> &'static str {
        match self {
            CaseType::Complaint => "CMP",
            CaseType::Request => "REQ",
            CaseType::Query => "QRY",
            CaseType::Feedback => "FBK",
        }
    }
}

impl StatusType {
    /// Whether something is still to be done.
    pub fn is_live(self) -> bool {
        !matches!(self, StatusType::Resolved | StatusType::Closed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_reads_back() {
        for status in StatusType::ALL {
            assert_eq!(StatusType::from_name(status.as_str()), Some(*status));
        }
        assert_eq!(Channel::from_name("pigeon"), None);
        assert!(Priority::Urgent > Priority::Low);
    }
}
