//! Every small component on one page.

use maud::{Markup, html};
use ui::{
    Button, Chip, Dialog, Field, Form, Icon, L, Theme, Tone, avatar, avatar_large, buttons, cancel,
    card, chips, empty, key, menu, no_permission, notice, page_head, progress, status, tabs, tag,
};

use crate::sample::{CSRF, with_shell};

pub fn parts(l: L, theme: Theme) -> Markup {
    let title = l.t("sample-components");
    let tones = [Tone::Plain, Tone::Accent, Tone::Calm, Tone::Warn, Tone::Alarm];
    let word = l.t("sample-waiting-2");
    let links = [
        Chip::new(l.t("sample-open"), "#").current(true).count(1_284),
        Chip::new(l.t("sample-resolved-2"), "#").count(8),
        Chip::new(l.t("sample-history"), "#"),
    ];
    with_shell(l, theme, title, "parts", |shell| {
        shell.page(html! {
            (page_head(title, Some(l.t("sample-one-look-for-each-thing")), html! {
                (menu(l.t("sample-more"), None, html! { a href="#" { (l.t("sample-export")) } }))
            }))
            (card(Some(l.t("sample-buttons")), button_row(l)))
            (card(Some(l.t("sample-tags-and-states")), html! {
                div.buttons {
                    @for tone in tones { (tag(tone, word)) }
                    @for tone in tones { (status(tone, word)) }
                    (avatar("Asha Rao")) (avatar("क्षितिज श्रीवास्तव")) (avatar_large("சுந்தர்"))
                    (key("Ctrl K"))
                }
            }))
            (tabs(l.t("sample-parts"), &links))
            (chips(l.t("sample-filter"), &links))
            @for tone in tones {
                (notice(tone, html! { p { (l.t("sample-two-mails-wait-since-14-2")) } }))
            }
            (progress(l.t("sample-1-200-of-8-400"), 1_200, 8_400))
            (card(None, empty(Icon::Inbox, l.t("sample-nothing-waits"),
                l.t("sample-new-messages-appear-here-by"),
                Some(Button::link(l.t("sample-look-at-all"), "#")))))
            (card(None, no_permission(l, l.t("sample-you-can-see-this-queue"), None)))
            (card(Some(l.t("sample-icons")), html! {
                div.buttons { @for icon in Icon::ALL { (icon) } }
            }))
            (dialog(l))
        })
    })
}

fn button_row(l: L) -> Markup {
    let save = l.t("sample-save");
    html! {
        div.buttons {
            (Button::submit(save).primary())
            (Button::submit(save))
            (Button::submit(save).quiet())
            (Button::submit(l.t("sample-delete")).danger().icon(Icon::Trash))
            (Button::submit(save).small())
            (Button::submit(save).disabled(l.t("sample-nothing-has-changed")))
            (Button::plain(l.t("sample-refresh")).icon_only(Icon::Refresh))
            (Button::plain(l.t("sample-open-a-dialog")).opens("trial").hotkey("KeyD"))
            (Button::submit(l.t("sample-reply")).primary().icon(Icon::Reply).shown_key("R"))
        }
    }
}

fn dialog(l: L) -> Markup {
    let label = l.t("sample-reason");
    let body = Form::post(l, "#", CSRF).body(html! {
        (Field::area(l, "reason", label).optional())
        (buttons(html! {
            (Button::submit(l.t("sample-escalate")).primary())
            (cancel(l))
        }))
    });
    html! { (Dialog::new(l, "trial", l.t("sample-escalate-to-level-2")).body(html! { (body) })) }
}
