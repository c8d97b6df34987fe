//! Mailboxes in the settings: the list, one of them, and a try of its mail server before saving.

use desk::{CaseType, Queue, QueueId, list_queues};
use frame::{At, Flash, Frame, Id, Page, Section, Typed, errors, fields_of, settings_head};
use maud::{Markup, html};
use platform::web::WebError;
use platform::{Error, FieldError};
use ui::form::{Choice, group, hidden};
use ui::{
    Button, Column, Field, Icon, L, Table, Tone, buttons, card, crumbs, empty, live, notice,
    page_head, status,
};
use wire_email::client::Probe;

use super::{Mailbox, MailboxForm, MailboxId, add_mailbox, change_mailbox, probe_mailbox, store};
use crate::mailbox::{find_mailbox, list_mailboxes};
use crate::why;

/// `GET /w/{ws}/settings/mailboxes`.
pub(crate) async fn list(frame: Frame) -> Result<Page, WebError> {
    let l = frame.l;
    let (mailboxes, since) = frame.read(list_mailboxes)?;
    let new = Button::link(l.t("channels-mailbox-new"), &frame.path("settings/mailboxes/new"));
    let body = html! {
        (settings_head(l, Section::Mailboxes, html! { (new.primary().icon(Icon::Plus)) }))
        (part(&frame, &mailboxes))
    };
    Ok(frame.settings(
        Section::Mailboxes,
        At { nav: "settings", title: l.t("channels-mailboxes"), since },
        body,
    ))
}

/// `GET /w/{ws}/settings/mailboxes/list`: the part that keeps itself fresh.
pub(crate) async fn fragment(frame: Frame) -> Result<Page, WebError> {
    let (mailboxes, _) = frame.read(list_mailboxes)?;
    Ok(Page::fragment(part(&frame, &mailboxes)))
}

/// `GET /w/{ws}/settings/mailboxes/new`.
pub(crate) async fn new(frame: Frame) -> Result<Page, WebError> {
    let form = MailboxForm { active: true, ..MailboxForm::default() };
    form_page(&frame, &Draft { id: None, version: 0, form }, &[], None)
}

/// `GET /w/{ws}/settings/mailboxes/{id}`.
pub(crate) async fn show(frame: Frame, id: Id) -> Result<Page, WebError> {
    let id = MailboxId(id.0);
    let (mailbox, _) = frame.read(|tx, actor| find_mailbox(tx, actor, id))?;
    let form = MailboxForm::of(&mailbox);
    form_page(&frame, &Draft { id: Some(id), version: mailbox.version, form }, &[], None)
}

/// `POST /w/{ws}/settings/mailboxes`: makes one, or tries what was typed.
pub(crate) async fn create(frame: Frame, typed: Typed) -> Result<Page, WebError> {
    let draft = Draft::of(None, &typed);
    if typed.ticked("try") {
        return tried(&frame, &draft).await;
    }
    let (app, workspace) = (frame.app(), &frame.seat.workspace);
    let made = add_mailbox(app, workspace, frame.actor(), &draft.form).await;
    match fields_of(made)? {
        Ok(_) => Ok(saved(&frame, &draft)),
        Err(fields) => Ok(form_page(&frame, &draft, &fields, None)?.invalid()),
    }
}

/// `POST /w/{ws}/settings/mailboxes/{id}`: changes it, or tries what was typed.
pub(crate) async fn update(frame: Frame, id: Id, typed: Typed) -> Result<Page, WebError> {
    let id = MailboxId(id.0);
    let mut draft = Draft::of(Some(id), &typed);
    let (mailbox, _) = frame.read(|tx, actor| find_mailbox(tx, actor, id))?;
    draft.form.address = mailbox.address;
    if typed.ticked("try") {
        return tried(&frame, &draft).await;
    }
    let (app, workspace) = (frame.app(), &frame.seat.workspace);
    let to = (id, draft.version);
    let changed = change_mailbox(app, workspace, frame.actor(), to, &draft.form).await;
    match fields_of(changed)? {
        Ok(()) => Ok(saved(&frame, &draft)),
        Err(fields) => Ok(form_page(&frame, &draft, &fields, None)?.invalid()),
    }
}

/// A form as it was typed.
struct Draft {
    id: Option<MailboxId>,
    version: i64,
    form: MailboxForm,
}

impl Draft {
    fn of(id: Option<MailboxId>, typed: &Typed) -> Draft {
        let text = |name: &str| typed.get(name).to_string();
        let form = MailboxForm {
            address: text("address"),
            name: text("name"),
            queue_id: typed.number("queue").map(QueueId),
            case_type: CaseType::from_name(typed.get("case_type")),
            lang: text("lang"),
            signature: text("signature"),
            smtp_host: text("smtp_host"),
            smtp_port: text("smtp_port"),
            smtp_tls: text("smtp_tls"),
            smtp_user: text("smtp_user"),
            smtp_secret: text("smtp_secret"),
            active: typed.ticked("active"),
        };
        Draft { id, version: typed.number("version").unwrap_or_default(), form }
    }
}

fn saved(frame: &Frame, draft: &Draft) -> Page {
    let flash = Flash::done("channels-mailbox-saved").with("address", draft.form.address.trim());
    Page::redirect(&frame.path("settings/mailboxes")).flash(&flash)
}

/// The same form again, with what the mail server said.
async fn tried(frame: &Frame, draft: &Draft) -> Result<Page, WebError> {
    let workspace = &frame.seat.workspace;
    let actor = frame.actor();
    let probed = probe_mailbox(frame.app(), workspace, actor, draft.id, &draft.form).await;
    match fields_of(probed)? {
        Ok(probe) => form_page(frame, draft, &[], Some(&probe)),
        Err(fields) => Ok(form_page(frame, draft, &fields, None)?.invalid()),
    }
}

fn part(frame: &Frame, mailboxes: &[Mailbox]) -> Markup {
    let l = frame.l;
    let columns = [
        Column::text(l.t("channels-address")),
        Column::text(l.t("channels-name")),
        Column::text(l.t("channels-smtp")),
        Column::text(l.t("channels-state")),
    ];
    let none = empty(
        Icon::Inbox,
        l.t("channels-mailboxes-none"),
        l.t("channels-mailboxes-none-what"),
        Some(Button::link(l.t("channels-mailbox-new"), &frame.path("settings/mailboxes/new"))),
    );
    let rows = mailboxes.iter().map(|mailbox| {
        let href = frame.path(&format!("settings/mailboxes/{}", mailbox.id));
        let state = match mailbox.active {
            true => status(Tone::Calm, l.t("channels-active")),
            false => status(Tone::Plain, l.t("channels-inactive")),
        };
        let server = match mailbox.smtp.host.is_empty() {
            true => l.t("channels-smtp-default").to_string(),
            false => format!("{}:{}", mailbox.smtp.host, mailbox.smtp.port),
        };
        vec![
            html! { a href=(href) { (mailbox.address) } },
            html! { (mailbox.name) },
            html! { (server) },
            state,
        ]
    });
    let table = Table::new(l.t("channels-mailboxes"), &columns).rows(rows).empty(none);
    let src = frame.path("settings/mailboxes/list");
    live("mailboxes", "mailboxs", &src, html! { (table) })
}

fn form_page(
    frame: &Frame,
    draft: &Draft,
    wrong: &[FieldError],
    probe: Option<&Probe>,
) -> Result<Page, WebError> {
    let l = frame.l;
    let ((queues, has_secret), since) = frame.read(|tx, _| {
        let secret = match draft.id {
            Some(id) => store::secret(tx, id)?,
            None => None,
        };
        Ok::<_, Error>((list_queues(tx)?, secret.is_some()))
    })?;
    let title = match draft.id {
        Some(_) => draft.form.address.as_str(),
        None => l.t("channels-mailbox-new"),
    };
    let action = match draft.id {
        Some(id) => frame.path(&format!("settings/mailboxes/{id}")),
        None => frame.path("settings/mailboxes"),
    };
    let found = errors(l, wrong);
    let fields = html! {
        (hidden("version", &draft.version.to_string()))
        (own_fields(l, draft, &found, &queues))
        (smtp_fields(l, draft, &found, has_secret))
        (Field::check(l, "active", l.t("channels-active-label"), draft.form.active)
            .hint(l.t("channels-active-hint")))
        (buttons(html! {
            (Button::submit(l.t("channels-save")).primary())
            (Button::submit(l.t("channels-try")).sends("try", "1"))
            (Button::link(l.t("channels-cancel"), &frame.path("settings/mailboxes")).quiet())
        }))
    };
    let list = frame.path("settings/mailboxes");
    let way = [(l.t("channels-mailboxes"), list.as_str())];
    let body = html! {
        (crumbs(l, &way, title))
        (page_head(title, None, html! {}))
        @if let Some(probe) = probe { (probe_words(l, probe)) }
        (card(None, html! { (frame.form(&action).errors(&found).body(fields)) }))
    };
    Ok(frame.settings(Section::Mailboxes, At { nav: "settings", title, since }, body))
}

fn own_fields(l: L, draft: &Draft, found: &ui::Errors, queues: &[Queue]) -> Markup {
    let form = &draft.form;
    let unset = |label| vec![Choice::new("", label)];
    let mut to = unset(l.t("channels-queue-any"));
    to.extend(
        queues
            .iter()
            .filter(|queue| queue.active || Some(queue.id) == form.queue_id)
            .map(|queue| Choice::new(queue.id.to_string(), queue.name.clone())),
    );
    let mut types = unset(l.t("channels-type-any"));
    types.extend(
        CaseType::ALL.iter().map(|it| Choice::new(it.as_str(), l.t(&format!("case-type-{it}")))),
    );
    let langs = ui::Lang::CHOICES.map(|lang| Choice::new(lang.code(), lang.own_name()));
    let queue = form.queue_id.map(|id| id.to_string()).unwrap_or_default();
    let case_type = form.case_type.map(CaseType::as_str).unwrap_or_default();
    html! {
        @if draft.id.is_none() {
            (Field::email(l, "address", l.t("channels-address")).value(&form.address).required()
                .autocomplete("off").hint(l.t("channels-address-hint"))
                .error(found.of("address")))
        }
        (Field::text(l, "name", l.t("channels-name")).value(&form.name).required()
            .hint(l.t("channels-name-hint")).error(found.of("name")))
        (Field::select(l, "queue", l.t("channels-queue"), &to).value(&queue)
            .error(found.of("queue")))
        (Field::select(l, "case_type", l.t("channels-type"), &types).value(case_type)
            .error(found.of("case_type")))
        (Field::select(l, "lang", l.t("channels-lang"), &langs).value(&form.lang)
            .hint(l.t("channels-lang-hint")).error(found.of("lang")))
        (Field::area(l, "signature", l.t("channels-signature")).value(&form.signature).rows(4)
            .optional().error(found.of("signature")))
    }
}

fn smtp_fields(l: L, draft: &Draft, found: &ui::Errors, has_secret: bool) -> Markup {
    let form = &draft.form;
    let tls = [
        Choice::new("starttls", l.t("channels-tls-starttls")),
        Choice::new("implicit", l.t("channels-tls-implicit")),
        Choice::new("none", l.t("channels-tls-none")),
    ];
    let secret_hint = if has_secret { "channels-secret-kept" } else { "channels-secret-hint" };
    group(
        l.t("channels-smtp"),
        html! {
            (Field::text(l, "smtp_host", l.t("channels-smtp-host")).value(&form.smtp_host)
                .optional().hint(l.t("channels-smtp-host-hint")).error(found.of("smtp_host")))
            (Field::select(l, "smtp_tls", l.t("channels-tls"), &tls).value(&form.smtp_tls)
                .error(found.of("smtp_tls")))
            (Field::number(l, "smtp_port", l.t("channels-smtp-port")).value(&form.smtp_port)
                .optional().error(found.of("smtp_port")))
            (Field::text(l, "smtp_user", l.t("channels-smtp-user")).value(&form.smtp_user)
                .optional().autocomplete("off").error(found.of("smtp_user")))
            (Field::password(l, "smtp_secret", l.t("channels-smtp-secret")).optional()
                .autocomplete("new-password").hint(l.t(secret_hint))
                .error(found.of("smtp_secret")))
        },
    )
}

/// How far a try came, and what to do where it ended.
fn probe_words(l: L, probe: &Probe) -> Markup {
    let Some(trouble) = probe.trouble else {
        let words = match (probe.logged_in, probe.encrypted) {
            (true, true) => "channels-probe-fine",
            (true, false) => "channels-probe-open",
            (false, true) => "channels-probe-no-login",
            (false, false) => "channels-probe-open-no-login",
        };
        return notice(Tone::Calm, html! { p { (l.t(words)) } });
    };
    notice(
        Tone::Alarm,
        html! {
            p { (why::words(l, trouble.key())) }
            @if !probe.detail.is_empty() { p { code { (probe.detail) } } }
            p { (l.t("channels-probe-kept")) }
        },
    )
}
