//! Every small component on one page.

use maud::{Markup, html};
use ui::{
    Button, Chip, Dialog, Field, Form, Icon, L, Theme, Tone, avatar, avatar_large, buttons, cancel,
    card, chips, empty, key, menu, no_permission, notice, page_head, progress, status, tabs, tag,
};

use crate::sample::{CSRF, w, with_shell};

pub fn parts(l: L, theme: Theme) -> Markup {
    let title = w(l, "Components", "घटक");
    let tones = [Tone::Plain, Tone::Accent, Tone::Calm, Tone::Warn, Tone::Alarm];
    let word = w(l, "Waiting", "प्रतीक्षा में");
    let links = [
        Chip::new(w(l, "Open", "खुले"), "#").current(true).count(1_284),
        Chip::new(w(l, "Resolved", "हल हुए"), "#").count(8),
        Chip::new(w(l, "History", "इतिहास"), "#"),
    ];
    with_shell(l, theme, title, "parts", |shell| {
        shell.page(html! {
            (page_head(title, Some(w(l, "One look for each thing.", "हर चीज़ का एक ही रूप।")), html! {
                (menu(w(l, "More", "और"), None, html! { a href="#" { (w(l, "Export", "निर्यात")) } }))
            }))
            (card(Some(w(l, "Buttons", "बटन")), button_row(l)))
            (card(Some(w(l, "Tags and states", "टैग और स्थितियाँ")), html! {
                div.buttons {
                    @for tone in tones { (tag(tone, word)) }
                    @for tone in tones { (status(tone, word)) }
                    (avatar("Asha Rao")) (avatar("क्षितिज श्रीवास्तव")) (avatar_large("சுந்தர்"))
                    (key("Ctrl K"))
                }
            }))
            (tabs(w(l, "Parts", "हिस्से"), &links))
            (chips(w(l, "Filter", "छँटाई"), &links))
            @for tone in tones {
                (notice(tone, html! { p { (w(l, "Two mails wait since 14:05. They are kept.", "14:05 से दो मेल रुकी हैं। वे सुरक्षित हैं।")) } }))
            }
            (progress(w(l, "1,200 of 8,400 read", "8,400 में से 1,200 पढ़े गए"), 1_200, 8_400))
            (card(None, empty(Icon::Inbox, w(l, "Nothing waits", "कोई काम बाकी नहीं"),
                w(l, "New messages appear here by themselves.", "नए संदेश यहाँ अपने-आप आएँगे।"),
                Some(Button::link(w(l, "Look at all", "सभी देखें"), "#")))))
            (card(None, no_permission(l, w(l, "You can see this queue but not change it.", "आप यह कतार देख सकते हैं, बदल नहीं सकते।"), None)))
            (card(Some(w(l, "Icons", "चिह्न")), html! { div.buttons { @for icon in Icon::ALL { (icon) } } }))
            (dialog(l))
        })
    })
}

fn button_row(l: L) -> Markup {
    let save = w(l, "Save", "सहेजें");
    html! {
        div.buttons {
            (Button::submit(save).primary())
            (Button::submit(save))
            (Button::submit(save).quiet())
            (Button::submit(w(l, "Delete", "मिटाएँ")).danger().icon(Icon::Trash))
            (Button::submit(save).small())
            (Button::submit(save).disabled(w(l, "Nothing has changed", "कुछ बदला नहीं है")))
            (Button::plain(w(l, "Refresh", "ताज़ा करें")).icon_only(Icon::Refresh))
            (Button::plain(w(l, "Open a dialog", "संवाद खोलें")).opens("trial").hotkey("KeyD"))
            (Button::submit(w(l, "Reply", "जवाब")).primary().icon(Icon::Reply).shown_key("R"))
        }
    }
}

fn dialog(l: L) -> Markup {
    let label = w(l, "Reason", "कारण");
    let body = Form::post(l, "#", CSRF).body(html! {
        (Field::area(l, "reason", label).optional())
        (buttons(html! {
            (Button::submit(w(l, "Escalate", "ऊपर भेजें")).primary())
            (cancel(l))
        }))
    });
    html! { (Dialog::new(l, "trial", w(l, "Escalate to level 2", "स्तर 2 पर भेजें")).body(html! { (body) })) }
}
