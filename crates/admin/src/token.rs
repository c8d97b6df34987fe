//! A member's own API tokens.

use axum::http::HeaderMap;
use base::UtcMs;
use frame::{At, Flash, Frame, Id, Page, Section, Typed, errors, fields_of, settings_head};
use maud::{Markup, html};
use platform::control::token::{self, TokenInfo};
use platform::web::WebError;
use platform::{Error, Event, FieldError, record};
use serde::{Deserialize, Serialize};
use ui::{Button, Choice, Column, Errors, Field, Icon, Table, Tone, card, empty, status, times};

use crate::once;

const NAME_CHARS_MAX: usize = 120;

/// A member made a token: from now on a program can act for them.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct TokenCreated {
    pub token_id: i64,
}

impl Event for TokenCreated {
    const KIND: &'static str = "token.created";
    const SUBJECT: &'static str = "token";
    fn subject_id(&self) -> i64 {
        self.token_id
    }
}

/// A member ended a token.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct TokenRevoked {
    pub token_id: i64,
}

impl Event for TokenRevoked {
    const KIND: &'static str = "token.revoked";
    const SUBJECT: &'static str = "token";
    fn subject_id(&self) -> i64 {
        self.token_id
    }
}

/// `GET /w/{ws}/settings/tokens`.
pub async fn list(frame: Frame, headers: HeaderMap) -> Result<Page, WebError> {
    let at = frame.path("settings/tokens");
    let secret = once::take(&frame, &headers, &at);
    let fresh = Typed::new().with("days", 365);
    let page = show(&frame, &fresh, &Errors::new(), secret.as_deref())?;
    Ok(if secret.is_some() { once::forget(page, &at) } else { page })
}

/// `POST /w/{ws}/settings/tokens`: the token is shown once, on the page that follows.
pub async fn create(frame: Frame, typed: Typed) -> Result<Page, WebError> {
    let read = name_of(&typed).and_then(|name| Ok((name, lifetime_of(&typed)?)));
    let (name, days) = match fields_of(read)? {
        Ok(read) => read,
        Err(fields) => {
            return Ok(show(&frame, &typed, &errors(frame.l, &fields), None)?.invalid());
        }
    };
    let app = frame.app().clone();
    let (login_id, workspace_id) = (frame.actor().login_id, frame.seat.workspace.id);
    let made = app
        .control()
        .write({
            let app = app.clone();
            move |tx| {
                let end = days.map(|days| tx.now().plus_ms(days * UtcMs::DAY));
                let (keys, of) = (app.keys(), (workspace_id, login_id));
                let text = token::create_until(tx, keys, of.0, of.1, &name, end)?;
                // The newest is the one just made: nobody else writes within this transaction.
                let id = token::list(tx, workspace_id)?.first().map_or(0, |info| info.id);
                Ok::<_, Error>((text, id))
            }
        })
        .await;
    let (text, token_id) = made?;
    frame.write(move |tx, actor| record(tx, actor, &TokenCreated { token_id })).await?;
    Ok(once::show_at(&frame, &frame.path("settings/tokens"), &text))
}

/// `POST /w/{ws}/settings/tokens/{id}/revocation`: only one's own.
pub async fn revoke(frame: Frame, id: Id) -> Result<Page, WebError> {
    let token_id = id.0;
    let own = own_tokens(&frame)?.into_iter().find(|info| info.id == token_id);
    let info = own.ok_or(Error::NotFound)?;
    let workspace_id = frame.seat.workspace.id;
    if info.revoked_at.is_none() {
        let control = frame.app().control();
        control.write(move |tx| token::revoke(tx, workspace_id, token_id)).await?;
        frame.write(move |tx, actor| record(tx, actor, &TokenRevoked { token_id })).await?;
    }
    let flash = Flash::done("admin-token-revoked").with("name", info.name);
    Ok(Page::redirect(&frame.path("settings/tokens")).flash(&flash))
}

fn name_of(typed: &Typed) -> Result<String, Error> {
    let name = typed.some("name").ok_or(Error::field("name", "error-required"))?;
    if name.chars().count() > NAME_CHARS_MAX {
        return Err(FieldError::new("name", "error-too-long").with("max", NAME_CHARS_MAX).into());
    }
    Ok(name.to_string())
}

/// How many days the token works; none for one without an end.
fn lifetime_of(typed: &Typed) -> Result<Option<i64>, Error> {
    match typed.get("days") {
        "" => Ok(None),
        "30" => Ok(Some(30)),
        "365" => Ok(Some(365)),
        _ => Err(Error::field("days", "error-choose-from-list")),
    }
}

fn own_tokens(frame: &Frame) -> Result<Vec<TokenInfo>, Error> {
    let (login_id, workspace_id) = (frame.actor().login_id, frame.seat.workspace.id);
    let all = frame.app().control().read(|tx| token::list(tx, workspace_id))?;
    Ok(all.into_iter().filter(|info| info.login_id == login_id).collect())
}

fn show(
    frame: &Frame,
    typed: &Typed,
    errors: &Errors,
    secret: Option<&str>,
) -> Result<Page, WebError> {
    let l = frame.l;
    let tokens = own_tokens(frame)?;
    let to = frame.path("settings/tokens");
    let ends = [
        Choice::new("30", l.t("admin-token-month")),
        Choice::new("365", l.t("admin-token-year")),
        Choice::new("", l.t("admin-token-open")),
    ];
    let create = frame.form(&to).errors(errors).body(html! {
        (Field::text(l, "name", l.t("admin-token-name")).value(typed.get("name"))
            .hint(l.t("admin-token-name-hint")).error(errors.of("name")).required()
            .autocomplete("off"))
        (Field::select(l, "days", l.t("admin-token-ends"), &ends).value(typed.get("days"))
            .error(errors.of("days")))
        (ui::buttons(html! { (Button::submit(l.t("admin-token-create")).icon(Icon::Plus)) }))
    });
    let body = html! {
        (settings_head(l, Section::Tokens, html! {}))
        @if let Some(secret) = secret {
            (once::notice_of(l, l.t("admin-token"), l.t("admin-token-once"), secret))
        }
        (table(frame, &to, &tokens))
        (card(Some(l.t("admin-token-new")), html! { (create) }))
    };
    let since = frame.read(|_, _| Ok::<_, Error>(()))?.1;
    let at = At { nav: "settings", title: l.t("frame-tokens"), since };
    Ok(frame.settings(Section::Tokens, at, body))
}

fn table(frame: &Frame, to: &str, tokens: &[TokenInfo]) -> Markup {
    let l = frame.l;
    let columns = [
        Column::text(l.t("admin-name")),
        Column::text(l.t("admin-token-made")),
        Column::text(l.t("admin-state")),
        Column::actions(l.t("admin-actions")),
    ];
    let row = |info: &TokenInfo| {
        let revoke = Button::submit(l.t("admin-token-revoke"))
            .danger()
            .small()
            .confirm(&l.tf("admin-token-revoke-sure", &[("name", info.name.as_str().into())]));
        vec![
            html! { (info.name) },
            times::when(l, info.created_at),
            state(frame, info),
            html! {
                @if info.revoked_at.is_none() {
                    (frame.act(&format!("{to}/{}/revocation", info.id), revoke))
                }
            },
        ]
    };
    let none = empty(Icon::Link, l.t("admin-tokens-none"), l.t("admin-tokens-none-what"), None);
    html! { (Table::new(l.t("frame-tokens"), &columns).rows(tokens.iter().map(row)).empty(none)) }
}

fn state(frame: &Frame, info: &TokenInfo) -> Markup {
    let l = frame.l;
    let expired = info.expires_at.is_some_and(|at| at <= l.now());
    match info.revoked_at {
        Some(at) => html! {
            (status(Tone::Plain, l.t("admin-token-ended"))) " " (times::when_brief(l, at))
        },
        None if expired => status(Tone::Plain, l.t("admin-token-expired")),
        None => html! {
            (status(Tone::Calm, l.t("admin-token-works")))
            @if let Some(end) = info.expires_at {
                " " (l.tf("admin-token-until", &[("date", times::date(l, end).into())]))
            }
        },
    }
}
