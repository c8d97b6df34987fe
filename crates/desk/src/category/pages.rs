//! Categories in the settings.

use frame::{Frame, Page, Typed};
use maud::{Markup, html};
use platform::web::WebError;
use ui::form::Choice;
use ui::{Column, Field, Table};

use super::{CategoryChange, CategoryId, save_category};
use crate::case::pages::type_word;
use crate::kinds::CaseType;
use crate::settings::pages::{
    Content, Draft, Section, active_field, card, change_link, in_use, saved,
};

/// What the form of a stored category holds.
pub(crate) fn typed(content: &Content, id: Option<i64>) -> Option<Typed> {
    let category = content.categories.iter().find(|category| Some(category.id.0) == id)?;
    let typed = Typed::new()
        .with("id", category.id)
        .with("name", &category.name)
        .with("parent", category.parent_id.map(|id| id.to_string()).unwrap_or_default())
        .with("type", category.type_hint.map(CaseType::as_str).unwrap_or_default());
    Some(if category.active { typed.with("active", 1) } else { typed })
}

pub(crate) fn section(frame: &Frame, content: &Content, draft: &Draft) -> Markup {
    let l = frame.l;
    let columns = [
        Column::text(l.t("desk-name")),
        Column::text(l.t("desk-mostly")),
        Column::text(l.t("desk-status")),
        Column::actions(l.t("desk-change")),
    ];
    let rows = content.categories.iter().map(|category| {
        vec![
            html! { (category.path) },
            html! { (category.type_hint.map(|hint| type_word(l, hint)).unwrap_or_default()) },
            in_use(frame, category.active),
            change_link(frame, Section::Categories, category.id.0, &category.name),
        ]
    });
    let list = Table::new(l.t("desk-categories"), &columns).rows(rows);
    let mut parents = vec![Choice::new("", l.t("desk-no-parent"))];
    let all = content.categories.iter();
    parents.extend(all.map(|other| Choice::new(other.id.to_string(), &other.path)));
    let mut types = vec![Choice::new("", l.t("desk-no-hint"))];
    let kinds = CaseType::ALL.iter();
    types.extend(kinds.map(|kind| Choice::new(kind.as_str(), type_word(l, *kind))));
    let (typed, errors) = (&draft.typed, &draft.errors);
    let fields = html! {
        (Field::text(l, "name", l.t("desk-name")).id("category-name").value(typed.get("name"))
            .error(errors.of("name")))
        (Field::select(l, "parent", l.t("desk-parent"), &parents).id("category-parent")
            .value(typed.get("parent")).error(errors.of("parent")))
        (Field::select(l, "type", l.t("desk-mostly"), &types).id("category-type")
            .value(typed.get("type")).error(errors.of("type")))
        (active_field(frame, draft, "category-active"))
    };
    let words = ("desk-categories", "desk-category-add", "desk-category-change");
    card(frame, Section::Categories, words, (html! { (list) }, fields), draft)
}

pub(crate) async fn save(frame: Frame, typed: Typed) -> Result<Page, WebError> {
    let change = CategoryChange {
        id: typed.number("id").map(CategoryId),
        parent_id: typed.number("parent").map(CategoryId),
        name: typed.get("name").into(),
        type_hint: CaseType::from_name(typed.get("type")),
        active: typed.ticked("active"),
    };
    let done = frame.write(move |tx, actor| save_category(tx, actor, &change)).await;
    saved(&frame, Section::Categories, typed, done)
}
