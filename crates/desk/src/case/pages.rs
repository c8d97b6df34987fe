//! The desk in the browser: the inbox, a case, and what is done with it.

pub(crate) mod act;
pub(crate) mod edit;
pub(crate) mod find;
mod here;
pub(crate) mod list;
mod names;
pub(crate) mod new;
pub(crate) mod show;
mod side;
mod thread;
mod upload;
pub(crate) mod write;

use ui::{L, Tone};

use crate::kinds::{CaseType, Channel, Priority, StatusType};

pub(crate) use here::{Here, Numbered};
pub(crate) use side::side_part;
pub(crate) use thread::{older, thread_part};
pub(crate) use upload::UPLOAD_BYTES_MAX;

pub(crate) fn channel_word(l: L, channel: Channel) -> &'static str {
    l.t(match channel {
        Channel::Email => "desk-channel-email",
        Channel::Web => "desk-channel-web",
        Channel::Phone => "desk-channel-phone",
        Channel::Chat => "desk-channel-chat",
        Channel::Sms => "desk-channel-sms",
        Channel::Social => "desk-channel-social",
        Channel::WalkIn => "desk-channel-walk-in",
        Channel::Letter => "desk-channel-letter",
        Channel::Api => "desk-channel-api",
    })
}

pub(crate) fn type_word(l: L, case_type: CaseType) -> &'static str {
    l.t(match case_type {
        CaseType::Complaint => "case-type-complaint",
        CaseType::Request => "case-type-request",
        CaseType::Query => "case-type-query",
        CaseType::Feedback => "case-type-feedback",
    })
}

pub(crate) fn priority_word(l: L, priority: Priority) -> &'static str {
    l.t(match priority {
        Priority::Low => "desk-priority-low",
        Priority::Normal => "desk-priority-normal",
        Priority::High => "desk-priority-high",
        Priority::Urgent => "desk-priority-urgent",
    })
}

/// Normal is not worth a mark.
pub(crate) fn priority_tone(priority: Priority) -> Option<Tone> {
    match priority {
        Priority::Urgent => Some(Tone::Alarm),
        Priority::High => Some(Tone::Warn),
        Priority::Low => Some(Tone::Plain),
        Priority::Normal => None,
    }
}

pub(crate) fn status_tone(status: StatusType) -> Tone {
    match status {
        StatusType::New => Tone::Accent,
        StatusType::Open => Tone::Warn,
        StatusType::PendingCustomer | StatusType::OnHold => Tone::Plain,
        StatusType::Resolved | StatusType::Closed => Tone::Calm,
    }
}
