//! The customer beside the case: who it is, what else is open, what was before.

use frame::{Frame, Page};
use maud::{Markup, html};
use platform::web::WebError;
use ui::times;

use super::show::{self, Opened, at};
use super::{Here, Numbered};
use crate::case::CaseRow;

/// Earlier cases and notes that fit beside a case; the customer's own page has all.
const BEFORE_MAX: usize = 8;
const NOTES_MAX: usize = 3;

pub(crate) async fn side_part(
    frame: Frame,
    here: Here,
    Numbered(number): Numbered,
) -> Result<Page, WebError> {
    let (opened, _) = frame.read(|tx, actor| show::read(tx, actor, &number))?;
    Ok(Page::fragment(part(&frame, &here, &opened)))
}

/// The customer; it refreshes itself.
pub(super) fn part(frame: &Frame, here: &Here, opened: &Opened) -> Markup {
    let l = frame.l;
    let (case, contact) = (&opened.page.case, &opened.page.contact);
    let href = frame.path(&format!("contacts/{}", contact.contact.id));
    let since = times::date(l, contact.contact.created_at);
    let about = [l.t("desk-customer-since"), &since].join(" ");
    let (open, before): (Vec<&CaseRow>, Vec<&CaseRow>) =
        opened.of_customer.iter().partition(|row| row.status.is_live());
    let body = html! {
        (ui::customer_head(l, &contact.contact.name, Some(&href), &about))
        (facts(frame, opened))
        @if !contact.notes.is_empty() {
            (ui::block(l.t("people-notes"), html! {
                @for note in contact.notes.iter().take(NOTES_MAX) {
                    p.prose dir="auto" { (note.body) }
                }
            }))
        }
        @if !open.is_empty() {
            (ui::block(l.t("desk-open-with-us"), html! {
                @for row in &open { (case_line(frame, row, row.number == case.number)) }
            }))
        }
        @if !before.is_empty() {
            (ui::block(l.t("desk-before"), html! {
                @for row in before.iter().take(BEFORE_MAX) {
                    (case_line(frame, row, row.number == case.number))
                }
                @if before.len() > BEFORE_MAX { p { a href=(href) { (l.t("desk-all-cases")) } } }
            }))
        }
    };
    let topics = format!("contact:{}", contact.contact.id);
    ui::live("case-customer", &topics, &at(frame, here, case.number, "/customer"), body)
}

fn facts(frame: &Frame, opened: &Opened) -> Markup {
    let (l, contact) = (frame.l, &opened.page.contact);
    let mut pairs: Vec<(&str, Markup)> = Vec::new();
    for phone in &contact.phones {
        pairs.push((
            l.t("people-phone"),
            html! {
                a href=(["tel:", &phone.number].concat()) { (phone.number) }
                @if !phone.label.is_empty() { " " (phone.label) }
            },
        ));
    }
    for email in &contact.emails {
        pairs.push((l.t("people-email"), html! { (email.address) }));
    }
    let language = people::language_name(&contact.contact.language);
    pairs.push((l.t("people-language"), html! { (language) }));
    if let (Some(id), Some(name)) = (contact.contact.account_id, &contact.account_name) {
        let href = frame.path(&format!("accounts/{id}"));
        pairs.push((l.t("people-account"), html! { a href=(href) { (name) } }));
    }
    ui::facts(&pairs)
}

/// A case of this customer, with a link unless it is the one on the screen.
fn case_line(frame: &Frame, row: &CaseRow, is_this: bool) -> Markup {
    let l = frame.l;
    let href = frame.path(&format!("cases/{}", row.number));
    let number = html! {
        @if is_this { (row.number) } @else { a href=(href) { (row.number) } }
    };
    let state = html! { @if is_this { (l.t("desk-this-one")) } @else { (row.status_label) } };
    html! {
        div.case-line { (ui::line(number, state)) p dir="auto" { (row.subject) } }
    }
}
