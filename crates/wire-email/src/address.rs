//! Addresses: a person with a name, the signed plus-address of a conversation, and Message-IDs.
//!
//! `care+c3f-q7k2…@arohi.example` says "this belongs to conversation 123 of care@arohi.example",
//! and the part after the dash proves that we wrote it: nobody can reach a stranger's
//! conversation by counting numbers up.

use ring::hmac;
use serde::Serialize;

use crate::codec;

/// 80 bits: a guess has one chance in 10²⁴, and the local part stays short.
const MAC_BYTES: usize = 10;
const MAC_CHARS: usize = MAC_BYTES * 8 / 5;
const PURPOSE: &[u8] = b"sampark plus-address 1\0";
const MESSAGE_ID_PREFIX: &str = "s.";
const MESSAGE_ID_CHARS: usize = 26;

/// A person or a mailbox as mail headers name it. The name may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Addr {
    pub name: String,
    pub email: String,
}

impl Addr {
    /// An address with a display name, which may be empty.
    pub fn new(name: impl Into<String>, email: impl Into<String>) -> Self {
        Self { name: name.into(), email: email.into() }
    }
}

/// The plus-address that leads an answer back into `conversation_id` of `mailbox`.
///
/// A mailbox without `@` has no plus-address; it is returned unchanged.
pub fn sign(key: &[u8; 32], mailbox: &str, conversation_id: i64) -> String {
    let Some((local, domain)) = mailbox.rsplit_once('@') else {
        return mailbox.to_owned();
    };
    let mac = mac(key, mailbox, conversation_id);
    format!("{local}+c{}-{mac}@{domain}", base36(conversation_id as u64))
}

/// The conversation that `rcpt` belongs to, when it is a plus-address of `mailbox` that `key`
/// signed. Letter case does not matter, because some mail programs change it.
pub fn verify(key: &[u8; 32], mailbox: &str, rcpt: &str) -> Option<i64> {
    let (mailbox, rcpt) = (mailbox.to_lowercase(), rcpt.trim().to_lowercase());
    let (local, domain) = mailbox.rsplit_once('@')?;
    let (rcpt_local, rcpt_domain) = rcpt.rsplit_once('@')?;
    if rcpt_domain != domain {
        return None;
    }
    let token = rcpt_local.strip_prefix(local)?.strip_prefix("+c")?;
    let (number, given) = token.split_once('-')?;
    let id = from_base36(number)? as i64;
    let right = mac(key, &mailbox, id);
    same_in_constant_time(right.as_bytes(), given.as_bytes()).then_some(id)
}

/// The mailbox that a plus-address belongs to: `care+x@arohi.example` → `care@arohi.example`.
/// Anything else is returned as it is, in lower case.
pub fn without_plus(rcpt: &str) -> String {
    let rcpt = rcpt.trim().to_lowercase();
    match rcpt.rsplit_once('@') {
        Some((local, domain)) => match local.split_once('+') {
            Some((base, _)) if !base.is_empty() => format!("{base}@{domain}"),
            _ => rcpt,
        },
        None => rcpt,
    }
}

/// A new Message-ID, without its angle brackets, from 128 random bits.
pub fn new_message_id(random: [u8; 16], domain: &str) -> String {
    let domain = domain.trim().to_lowercase();
    let domain = if domain.is_empty() { "localhost".to_owned() } else { domain };
    format!("{MESSAGE_ID_PREFIX}{}@{domain}", codec::base32(&random))
}

/// Whether a Message-ID has the form of those that [`new_message_id`] gives at this domain.
/// It is a hint against loops, not a proof: anyone can write such a header.
pub fn is_ours(message_id: &str, domain: &str) -> bool {
    let id = message_id.trim().trim_start_matches('<').trim_end_matches('>');
    let Some((left, right)) = id.rsplit_once('@') else {
        return false;
    };
    let random = left.strip_prefix(MESSAGE_ID_PREFIX).unwrap_or_default();
    right.eq_ignore_ascii_case(domain.trim())
        && random.len() == MESSAGE_ID_CHARS
        && random.bytes().all(|b| b.is_ascii_lowercase() || (b'2'..=b'7').contains(&b))
}

fn mac(key: &[u8; 32], mailbox: &str, conversation_id: i64) -> String {
    let mut context = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, key));
    context.update(PURPOSE);
    context.update(mailbox.to_lowercase().as_bytes());
    context.update(b"\0");
    context.update(&conversation_id.to_be_bytes());
    codec::base32(&context.sign().as_ref()[..MAC_BYTES])
}

fn same_in_constant_time(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() || a.len() != MAC_CHARS {
        return false;
    }
    let difference = a.iter().zip(b).fold(0, |sum, (a, b)| sum | (a ^ b));
    std::hint::black_box(difference) == 0
}

fn base36(mut number: u64) -> String {
    let mut digits = Vec::new();
    loop {
        digits.push(char::from_digit((number % 36) as u32, 36).unwrap_or('0'));
        number /= 36;
        if number == 0 {
            return digits.iter().rev().collect();
        }
    }
}

/// Reads only the one canonical spelling, so that an address has no second form.
fn from_base36(text: &str) -> Option<u64> {
    let plain = text.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_lowercase());
    if !plain || (text.len() > 1 && text.starts_with('0')) {
        return None;
    }
    u64::from_str_radix(text, 36).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const KEY: [u8; 32] = [7; 32];
    const CARE: &str = "care@arohi.example";

    #[test]
    fn a_signed_address_leads_back() {
        let signed = sign(&KEY, CARE, 12_345);
        assert!(signed.starts_with("care+c9ix-") && signed.ends_with("@arohi.example"));
        assert_eq!(verify(&KEY, CARE, &signed), Some(12_345));
        assert_eq!(verify(&KEY, "Care@Arohi.Example", &signed.to_uppercase()), Some(12_345));
    }

    #[test]
    fn a_forged_or_foreign_address_leads_nowhere() {
        let signed = sign(&KEY, CARE, 5);
        assert_eq!(verify(&[8; 32], CARE, &signed), None);
        assert_eq!(verify(&KEY, "sales@arohi.example", &signed.replace("care", "sales")), None);
        assert_eq!(verify(&KEY, CARE, &signed.replace("+c5-", "+c6-")), None);
        assert_eq!(verify(&KEY, CARE, &signed.replace("+c5-", "+c05-")), None);
        for odd in ["", "@", "care+c@arohi.example", "care+c5-@arohi.example", CARE] {
            assert_eq!(verify(&KEY, CARE, odd), None, "{odd}");
        }
    }

    #[test]
    fn message_ids_are_known_again() {
        let id = new_message_id([1; 16], "Arohi.Example");
        assert!(is_ours(&id, "arohi.example") && is_ours(&format!("<{id}>"), "AROHI.example"));
        assert!(!is_ours(&id, "other.example") && !is_ours("x@arohi.example", "arohi.example"));
    }

    #[test]
    fn plus_addresses_belong_to_their_mailbox() {
        assert_eq!(without_plus("Care+c5-abc@Arohi.Example"), CARE);
        assert_eq!(without_plus("+x@arohi.example"), "+x@arohi.example");
    }

    proptest! {
        #[test]
        fn every_id_returns(id in any::<i64>(), key in any::<[u8; 32]>()) {
            prop_assert_eq!(verify(&key, CARE, &sign(&key, CARE, id)), Some(id));
        }

        #[test]
        fn nothing_else_is_accepted(rcpt in "care\\+c[0-9a-z]{1,4}-[a-z2-7]{16}@arohi.example") {
            prop_assert_eq!(verify(&KEY, CARE, &rcpt), None);
        }
    }
}
