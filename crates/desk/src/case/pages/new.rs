//! A case opened by hand: somebody calls, comes in, or writes a letter.

use db::Tx;
use frame::{At, Flash, Frame, Page, Typed, errors, fields_of};
use maud::{Markup, html};
use people::{Contact, ContactId, ContactRow, NewContact, NewPhone, PeoplePermission};
use platform::web::WebError;
use platform::{Actor, Error, MemberId};
use ui::form::Choice;
use ui::{Button, Errors, Field, Form, Icon};

use super::channel_word;
use super::edit::{category_choices, priority_choices, type_choices};
use super::names::Names;
use crate::case::{Customer, NewCase, open_case};
use crate::category::{Category, CategoryId, list_categories};
use crate::kinds::{CaseType, Channel, Priority};
use crate::queue::QueueId;

/// Ways in which words come without a carrier of their own.
const CHANNELS: [Channel; 6] = [
    Channel::Phone,
    Channel::WalkIn,
    Channel::Letter,
    Channel::Email,
    Channel::Social,
    Channel::Web,
];

/// What the page shows, from one snapshot.
struct Content {
    contact: Option<Contact>,
    found: Vec<ContactRow>,
    names: Names,
    categories: Vec<Category>,
}

/// The form. `?contact=7` is that person's, `?q=` looks for one.
pub(crate) async fn new(frame: Frame, typed: Typed) -> Result<Page, WebError> {
    let me = frame.actor().member_id;
    let typed = typed
        .with("channel", Channel::Phone)
        .with("type", CaseType::Query)
        .with("priority", Priority::Normal)
        .with("owner", me);
    form_page(&frame, &typed, &Errors::new())
}

/// Whoever was looked for and not found is probably new: what was typed goes to its field.
fn guessed(typed: Typed) -> Typed {
    let text = typed.get("q").trim().to_string();
    let field = match &text {
        text if text.is_empty() => return typed,
        text if text.contains('@') => "email",
        text if text.chars().all(|c| c.is_ascii_digit() || " +-()".contains(c)) => "phone",
        _ => "name",
    };
    typed.with(field, text)
}

pub(crate) async fn create(frame: Frame, typed: Typed) -> Result<Page, WebError> {
    let new = match new_case(&frame, &typed) {
        Ok(new) => new,
        Err(error) => return refused(&frame, &typed, error),
    };
    let opened = frame.write(move |tx, actor| open_case(tx, actor, &new)).await;
    match fields_of(opened)? {
        Ok(opened) => {
            let to = frame.path(&format!("cases/{}", opened.number));
            let flash = Flash::done("desk-case-opened").with("number", opened.number);
            Ok(Page::redirect(&to).flash(&flash))
        }
        Err(fields) => Ok(form_page(&frame, &typed, &errors(frame.l, &fields))?.invalid()),
    }
}

fn refused(frame: &Frame, typed: &Typed, error: Error) -> Result<Page, WebError> {
    match fields_of::<()>(Err(error))? {
        Err(fields) => Ok(form_page(frame, typed, &errors(frame.l, &fields))?.invalid()),
        Ok(()) => Err(WebError(Error::NotFound)),
    }
}

fn new_case(frame: &Frame, typed: &Typed) -> Result<NewCase, Error> {
    let refuse = |field| Error::field(field, "error-choose-from-list");
    Ok(NewCase {
        customer: customer(frame, typed),
        channel: Channel::from_name(typed.get("channel")).ok_or(refuse("channel"))?,
        case_type: CaseType::from_name(typed.get("type")).ok_or(refuse("type"))?,
        subject: typed.get("subject").into(),
        category_id: typed.number("category").map(CategoryId),
        priority: Priority::from_name(typed.get("priority")).ok_or(refuse("priority"))?,
        queue_id: typed.number("queue").map(QueueId),
        owner_id: typed.number("owner").map(MemberId),
        message: typed.some("message").map(str::to_string),
        attachments: Vec::new(),
    })
}

/// An address alone is somebody we may know; with a phone number it is a person to be added.
fn customer(frame: &Frame, typed: &Typed) -> Customer {
    if let Some(id) = typed.number("contact") {
        return Customer::Known(ContactId(id));
    }
    let (name, phone) = (typed.get("name").to_string(), typed.some("phone"));
    match (typed.some("email"), phone) {
        (Some(address), None) => Customer::Email { address: address.into(), name },
        (email, phone) => Customer::New(NewContact {
            name,
            language: frame.seat.workspace.lang.clone(),
            account_id: None,
            phones: phone
                .map(|number| NewPhone { number: number.into(), label: String::new() })
                .into_iter()
                .collect(),
            emails: email.map(str::to_string).into_iter().collect(),
        }),
    }
}

fn read(tx: &mut Tx<'_>, actor: &Actor, typed: &Typed) -> Result<Content, Error> {
    let contact = match typed.number("contact") {
        Some(id) => Some(people::find_contact(tx, actor, ContactId(id))?),
        None => None,
    };
    let wanted = typed.some("q").filter(|_| actor.may(PeoplePermission::ReadContact));
    let found = match wanted {
        Some(text) => people::find(tx, actor, text)?.contacts,
        None => Vec::new(),
    };
    Ok(Content { contact, found, names: Names::read(tx, actor)?, categories: list_categories(tx)? })
}

fn form_page(frame: &Frame, typed: &Typed, errors: &Errors) -> Result<Page, WebError> {
    let l = frame.l;
    let (content, since) = frame.read(|tx, actor| read(tx, actor, typed))?;
    let guess = content.found.is_empty().then(|| guessed(typed.clone()));
    let typed = guess.as_ref().unwrap_or(typed);
    let title = l.t("desk-new-case");
    let action = frame.path("cases");
    let form = frame.form(&action).errors(errors).body(html! {
        @match &content.contact {
            Some(contact) => (ui::form::hidden("contact", &contact.id.to_string())),
            None => {
                (ui::form::group(l.t("desk-new-customer"), person_fields(frame, typed, errors)))
            }
        }
        (case_fields(frame, typed, &content, errors))
        (ui::buttons(html! {
            (Button::submit(l.t("desk-open-case")).primary())
            (Button::link(l.t("ui-cancel"), &frame.path("inbox")))
        }))
    });
    let body = html! {
        (ui::crumbs(l, &[(l.t("frame-inbox"), &frame.path("inbox"))], title))
        (ui::page_head(title, None, html! {}))
        (ui::card(Some(l.t("desk-whose")), chosen(frame, typed, &content)))
        (ui::card(None, html! { (form) }))
    };
    Ok(frame.page(At { nav: "inbox", title, since }, body))
}

/// The customer, once there is one; else the search for them.
fn chosen(frame: &Frame, typed: &Typed, content: &Content) -> Markup {
    let l = frame.l;
    let here = frame.path("cases/new");
    if let Some(contact) = &content.contact {
        let href = frame.path(&format!("contacts/{}", contact.id));
        return ui::line(
            html! { b { a href=(href) { (contact.name) } } },
            html! { a href=(here) { (l.t("desk-somebody-else")) } },
        );
    }
    let wanted = typed.get("q");
    let search = Form::get(l, &here).inline().body(html! {
        (Field::search(l, "q", l.t("people-search")).value(wanted)
            .autofocus())
        (Button::submit(l.t("people-find")).icon(Icon::Search))
    });
    html! {
        (search)
        @for row in &content.found {
            @let href = frame.path(&format!("cases/new?contact={}", row.id));
            (ui::line(
                html! { a href=(href) { (row.name) } },
                html! {
                    (row.phone.as_deref().unwrap_or_default()) " "
                    (row.email.as_deref().unwrap_or_default())
                },
            ))
        }
        @if !wanted.trim().is_empty() && content.found.is_empty() {
            p.hint { (l.t("desk-whose-none")) }
        }
    }
}

fn person_fields(frame: &Frame, typed: &Typed, errors: &Errors) -> Markup {
    let l = frame.l;
    html! {
        (Field::text(l, "name", l.t("people-name")).value(typed.get("name"))
            .error(errors.of("name")))
        (Field::phone(l, "phone", l.t("people-phone")).value(typed.get("phone")).optional()
            .error(errors.of("phone")))
        (Field::email(l, "email", l.t("people-email")).value(typed.get("email")).optional()
            .error(errors.of("email")))
    }
}

fn case_fields(frame: &Frame, typed: &Typed, content: &Content, errors: &Errors) -> Markup {
    let l = frame.l;
    let channels: Vec<Choice<'_>> =
        CHANNELS.iter().map(|way| Choice::new(way.as_str(), channel_word(l, *way))).collect();
    let (types, priorities) = (type_choices(l), priority_choices(l));
    let categories = category_choices(l, &content.categories, None);
    let mut queues = vec![Choice::new("", l.t("desk-usual-queue"))];
    let in_use = content.names.queues.iter().filter(|queue| queue.active);
    queues.extend(in_use.map(|queue| Choice::new(queue.id.to_string(), &queue.name)));
    let me = frame.actor().member_id;
    let mut owners =
        vec![Choice::new(me.to_string(), l.t("desk-me")), Choice::new("", l.t("desk-nobody"))];
    let others = content.names.members.iter().filter(|member| member.active && member.id != me);
    owners.extend(others.map(|member| Choice::new(member.id.to_string(), &member.name)));
    let select = |name: &'static str, label: &'static str, choices| {
        let field = Field::select(l, name, l.t(label), choices);
        html! { (field.value(typed.get(name).to_string()).error(errors.of(name))) }
    };
    html! {
        (select("channel", "desk-channel", &channels))
        (Field::text(l, "subject", l.t("desk-subject")).value(typed.get("subject")).required()
            .error(errors.of("subject")))
        (Field::area(l, "message", l.t("desk-what-was-said")).value(typed.get("message")).rows(6)
            .optional().error(errors.of("message")))
        div.form-pairs {
            (select("type", "desk-type", &types))
            (select("category", "desk-category", &categories))
            (select("priority", "desk-priority", &priorities))
            (select("queue", "desk-queue", &queues))
            (select("owner", "desk-owner", &owners))
        }
    }
}
