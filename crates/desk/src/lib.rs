//! The desk: conversations with customers, the cases they open, and what is done about them.

mod case;
mod category;
mod conversation;
mod draft;
mod events;
mod kinds;
mod message;
mod panel;
mod permissions;
mod queue;
mod reach;
mod room;
mod routes;
mod seeds;
mod settings;
mod status;
mod status_link;

pub use case::api as case_api;
pub use case::{
    Assignment, Case, CaseChange, CaseId, CaseList, CaseNumber, CasePage, CaseRow, Counts, Cursor,
    Customer, NewCase, Opened, Order, ROWS_MAX, View, assign, case_by_id, case_by_number,
    case_page, cases_of_contact, change_case, close_case, count_cases, find_cases, list_cases,
    mark_read, older_messages, open_case, reopen_case, resolve_case, set_status, take_case,
};
pub use category::{
    Category, CategoryChange, CategoryId, CategorySaved, list_categories, save_category,
};
pub use conversation::{
    Conversation, ConversationId, InboundMessage, Outcome, Received, Thread, conversation_of,
    receive,
};
pub use draft::{Draft, discard_draft, find_draft, save_draft};
pub use events::{
    CaseAssigned, CaseChanged, CaseOpened, CaseReopened, CaseStatusChanged, MessageBounced,
    MessageDelivered, MessageFailed, MessageNoted, MessageQueued, MessageReadByCustomer,
    MessageReceived, MessageSent,
};
pub use kinds::{
    AuthorKind, CaseType, Channel, ConversationState, Direction, DraftMode, MessageStatus,
    Priority, StatusType,
};
pub use message::{
    Address, Attachment, AttachmentId, Message, MessageId, NewAttachment, Outgoing, Reply,
    acknowledge, add_note, case_of_channel_key, channel_keys, find_attachment, mark_bounced,
    mark_delivered, mark_failed, mark_read_by_customer, mark_sent, outgoing, reply, write_down,
};
pub use panel::PANEL;
pub use permissions::DeskPermission;
pub use queue::{Queue, QueueChange, QueueId, QueueSaved, list_queues, save_queue};
pub use room::{CATALOGUE, room};
pub use routes::routes;
pub use seeds::seed_defaults;
pub use settings::DeskSettings;
pub use status::{CaseStatus, StatusChange, StatusId, StatusSaved, list_statuses, save_status};
pub use status_link::{PublicCase, add_status_link, case_by_status_link};
