//! The fields of a case: type, subject, category, priority.

use db::Tx;
use frame::{At, Flash, Frame, Page, Typed, errors, fields_of};
use maud::{Markup, html};
use platform::web::WebError;
use platform::{Actor, Error};
use ui::form::Choice;
use ui::{Button, Errors, Field, L, Tone};

use super::show::at;
use super::{Here, Numbered, priority_word, type_word};
use crate::case::{Case, CaseChange, CaseNumber, case_by_number, change_case};
use crate::category::{Category, CategoryId, list_categories};
use crate::kinds::{CaseType, Priority};

pub(crate) async fn edit(
    frame: Frame,
    here: Here,
    Numbered(number): Numbered,
) -> Result<Page, WebError> {
    let (case, _) = frame.read(|tx, actor| case_by_number(tx, actor, &number))?;
    edit_page(&frame, &here, number, &typed_of(&case), None, &Errors::new())
}

/// Saves the fields. Where somebody was quicker, what was typed stays, what is there now stands
/// beside it, and the next save counts.
pub(crate) async fn change(
    frame: Frame,
    here: Here,
    Numbered(number): Numbered,
    typed: Typed,
) -> Result<Page, WebError> {
    let change = change_of(&typed)?;
    let version = typed.number("version").unwrap_or_default();
    let saved = frame
        .write(move |tx, actor| {
            let case = case_by_number(tx, actor, &number)?;
            change_case(tx, actor, case.id, version, &change)
        })
        .await;
    if matches!(saved, Err(Error::Conflict)) {
        let (now, _) = frame.read(|tx, actor| case_by_number(tx, actor, &number))?;
        return Ok(edit_page(&frame, &here, number, &typed, Some(&now), &Errors::new())?.invalid());
    }
    match fields_of(saved)? {
        Ok(_) => {
            let flash = Flash::done("desk-saved");
            Ok(Page::redirect(&at(&frame, &here, number, "")).flash(&flash))
        }
        Err(fields) => {
            let errors = errors(frame.l, &fields);
            Ok(edit_page(&frame, &here, number, &typed, None, &errors)?.invalid())
        }
    }
}

fn typed_of(case: &Case) -> Typed {
    Typed::new()
        .with("version", case.version)
        .with("type", case.case_type)
        .with("subject", &case.subject)
        .with("category", case.category_id.map(|id| id.to_string()).unwrap_or_default())
        .with("priority", case.priority)
}

fn change_of(typed: &Typed) -> Result<CaseChange, Error> {
    let refuse = |field| Error::field(field, "error-choose-from-list");
    Ok(CaseChange {
        case_type: CaseType::from_name(typed.get("type")).ok_or(refuse("type"))?,
        subject: typed.get("subject").into(),
        category_id: typed.number("category").map(CategoryId),
        priority: Priority::from_name(typed.get("priority")).ok_or(refuse("priority"))?,
    })
}

/// The form; `now` is what somebody else saved meanwhile.
fn edit_page(
    frame: &Frame,
    here: &Here,
    number: CaseNumber,
    typed: &Typed,
    now: Option<&Case>,
    errors: &Errors,
) -> Result<Page, WebError> {
    let l = frame.l;
    let (categories, since) = frame.read(|tx: &mut Tx<'_>, _: &Actor| list_categories(tx))?;
    let title = l.t("desk-edit");
    let back = at(frame, here, number, "");
    let form = frame.form(&back).errors(errors).body(html! {
        (fields(l, typed, &categories, now, errors))
        (ui::form::hidden("version", &match now {
            Some(case) => case.version.to_string(),
            None => typed.get("version").to_string(),
        }))
        (ui::buttons(html! {
            (Button::submit(l.t("desk-save")).primary())
            (Button::link(l.t("ui-cancel"), &back))
        }))
    });
    let body = html! {
        (ui::crumbs(l, &[(&number.to_string(), &back)], title))
        (ui::page_head(title, None, html! {}))
        @if now.is_some() {
            (ui::notice(Tone::Warn, html! { p { (l.t("desk-changed-meanwhile")) } }))
        }
        (ui::card(None, html! { (form) }))
    };
    Ok(frame.page(At { nav: "inbox", title, since }, body))
}

fn fields(
    l: L,
    typed: &Typed,
    categories: &[Category],
    now: Option<&Case>,
    errors: &Errors,
) -> Markup {
    let types = type_choices(l);
    let priorities = priority_choices(l);
    let chosen = typed.number("category").map(CategoryId);
    let offered = category_choices(l, categories, chosen);
    let category_now = |case: &Case| {
        let found = categories.iter().find(|category| Some(category.id) == case.category_id);
        found.map_or(l.t("desk-no-category").to_string(), |category| category.path.clone())
    };
    let stored =
        |now: Option<&Case>, differs: &dyn Fn(&Case) -> bool, words: &dyn Fn(&Case) -> String| {
            now.filter(|case| differs(case)).map(|case| [l.t("desk-now"), &words(case)].join(" "))
        };
    let hint = |field: Field<'_>, words: Option<String>| match words {
        Some(words) => html! { (field.hint(words)) },
        None => html! { (field) },
    };
    html! {
        (hint(
            Field::text(l, "subject", l.t("desk-subject")).value(typed.get("subject")).required()
                .autofocus().error(errors.of("subject")),
            stored(now, &|case| case.subject != typed.get("subject"), &|case| case.subject.clone()),
        ))
        (hint(
            Field::select(l, "type", l.t("desk-type"), &types).value(typed.get("type")),
            stored(now, &|case| case.case_type.as_str() != typed.get("type"),
                &|case| type_word(l, case.case_type).into()),
        ))
        (hint(
            Field::select(l, "category", l.t("desk-category"), &offered)
                .value(typed.get("category")).error(errors.of("category")),
            stored(now, &|case| case.category_id != chosen, &category_now),
        ))
        (hint(
            Field::select(l, "priority", l.t("desk-priority"), &priorities)
                .value(typed.get("priority")),
            stored(now, &|case| case.priority.as_str() != typed.get("priority"),
                &|case| priority_word(l, case.priority).into()),
        ))
    }
}

pub(super) fn type_choices(l: L) -> Vec<Choice<'static>> {
    let all = CaseType::ALL.iter();
    all.map(|case_type| Choice::new(case_type.as_str(), type_word(l, *case_type))).collect()
}

/// Most important first, as people look for it.
pub(super) fn priority_choices(l: L) -> Vec<Choice<'static>> {
    let all = Priority::ALL.iter().rev();
    all.map(|priority| Choice::new(priority.as_str(), priority_word(l, *priority))).collect()
}

/// Those in use, and the chosen one even where it is not any more.
pub(super) fn category_choices<'a>(
    l: L,
    categories: &'a [Category],
    chosen: Option<CategoryId>,
) -> Vec<Choice<'a>> {
    let mut choices = vec![Choice::new("", l.t("desk-no-category"))];
    let offered = categories.iter().filter(|c| c.active || Some(c.id) == chosen);
    choices.extend(offered.map(|c| Choice::new(c.id.to_string(), c.path.as_str())));
    choices
}
