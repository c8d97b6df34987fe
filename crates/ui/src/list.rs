//! Lists: rows of the inbox, and tables.

use maud::{Markup, PreEscaped, Render, html};

use crate::Button;
use crate::i18n::L;
use crate::icon::Icon;
use crate::parts::avatar;

/// The rows of a list of conversations, with arrow keys, j/k and selection of several.
///
/// `bulk` holds the actions on the selected rows; it appears once one is selected.
pub fn rows(l: L, id: &str, label: &str, bulk: Option<Markup>, rows: Markup) -> Markup {
    html! {
        div.rows-box id=(id) data-controller="list" {
            @if let Some(bulk) = &bulk {
                div.bulk data-list-target="bulk" hidden role="group" aria-label=(l.t("ui-bulk")) {
                    span data-list-target="count" data-one=(l.t("ui-selected-one"))
                        data-other=(l.tf("ui-selected-other", &[("n", "{n}".into())]))
                        role="status" {}
                    (bulk)
                    (Button::plain(l.t("ui-clear-selection")).quiet().small()
                        .icon_only(Icon::Close).attr("data-action", "list#clear"))
                }
            }
            (list_keys(l, bulk.is_some()))
            ul.rows aria-label=(label) data-scroll-keep=(id) { (rows) }
        }
    }
}

/// The keys of a list, as buttons that are only there for the keyboard and its help.
fn list_keys(l: L, selects: bool) -> Markup {
    let all = [
        ("KeyJ", "list#next", l.t("ui-list-next")),
        ("KeyK", "list#previous", l.t("ui-list-previous")),
        ("KeyX", "list#tick", l.t("ui-list-select")),
    ];
    let keys = if selects { &all[..] } else { &all[..2] };
    html! {
        @for (key, action, label) in keys {
            button.hidden type="button" tabindex="-1" data-hotkey=(key) data-action=(action) {
                (label)
            }
        }
    }
}

/// One row of the inbox. Splice it into [`rows`].
pub struct Row<'a> {
    pub l: L,
    /// Stable over refreshes: `case-12`.
    pub id: &'a str,
    pub href: &'a str,
    /// The customer's name.
    pub name: &'a str,
    pub subject: &'a str,
    /// The last line of the conversation.
    pub last: &'a str,
    /// The channel's word: e-mail, chat.
    pub channel: &'a str,
    /// At the right of the name: a due ring, or the time of the last message.
    pub due: Markup,
    pub unread: bool,
    /// The one that is open in the middle.
    pub current: bool,
    /// The value that a bulk action sends for this row (`select`), if rows can be selected.
    pub select: Option<&'a str>,
    /// Tags after the last line.
    pub tags: Markup,
}

impl<'a> Row<'a> {
    pub fn new(l: L, id: &'a str, href: &'a str, name: &'a str, subject: &'a str) -> Self {
        let none = || PreEscaped(String::new());
        Row {
            l,
            id,
            href,
            name,
            subject,
            last: "",
            channel: "",
            due: none(),
            unread: false,
            current: false,
            select: None,
            tags: none(),
        }
    }
}

impl Render for Row<'_> {
    fn render(&self) -> Markup {
        let read = if self.unread { "unread" } else { "read" };
        html! {
            li.row.(read).current[self.current] id=(self.id) {
                span.row-face {
                    (avatar(self.name))
                    @if let Some(value) = self.select {
                        input.row-select type="checkbox" name="select" value=(value)
                            data-list-target="box" data-action="click->list#pick"
                            aria-label=(self.l.tf("ui-select-row", &[("name", self.name.into())]));
                    }
                }
                a.row-link href=(self.href) aria-current=[self.current.then_some("true")]
                    data-list-target="row" {
                    span.row-name {
                        @if self.unread { span.hidden { (self.l.t("ui-unread")) " " } }
                        (self.name)
                    }
                    span.row-due { (self.due) }
                    span.row-subject { (self.subject) }
                    span.row-last { (self.last) (self.tags) }
                    span.row-channel { (self.channel) }
                }
            }
        }
    }
}

/// A column of a table.
#[derive(Clone, Copy)]
pub struct Column<'a> {
    label: &'a str,
    number: bool,
    spoken: bool,
    sort: Option<(&'a str, Option<Order>)>,
}

/// The order in which a column is sorted now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    Rising,
    Falling,
}

impl<'a> Column<'a> {
    pub fn text(label: &'a str) -> Self {
        Column { label, number: false, spoken: false, sort: None }
    }

    /// Digits, at the right edge.
    pub fn number(label: &'a str) -> Self {
        Column { number: true, ..Column::text(label) }
    }

    /// Buttons; the label is only read aloud.
    pub fn actions(label: &'a str) -> Self {
        Column { spoken: true, ..Column::text(label) }
    }

    /// The heading is a link that sorts by this column; `now` is how it is sorted already.
    pub fn sorts(self, href: &'a str, now: Option<Order>) -> Self {
        Column { sort: Some((href, now)), ..self }
    }
}

/// A table that becomes a list of cards on a phone. Splice it into HTML as it is.
pub struct Table<'a> {
    caption: &'a str,
    columns: &'a [Column<'a>],
    rows: Vec<Vec<Markup>>,
    empty: Option<Markup>,
}

impl<'a> Table<'a> {
    /// The caption is read aloud; the heading above the table is seen.
    pub fn new(caption: &'a str, columns: &'a [Column<'a>]) -> Self {
        Table { caption, columns, rows: Vec::new(), empty: None }
    }

    /// The cells of a row, in the order of the columns. The first names the row.
    pub fn row(mut self, cells: Vec<Markup>) -> Self {
        self.rows.push(cells);
        self
    }

    pub fn rows(mut self, rows: impl IntoIterator<Item = Vec<Markup>>) -> Self {
        self.rows.extend(rows);
        self
    }

    /// Shown instead of a table without rows: [`crate::empty`].
    pub fn empty(mut self, empty: Markup) -> Self {
        self.empty = Some(empty);
        self
    }

    fn heading(&self, column: &Column<'_>) -> Markup {
        let now = column.sort.and_then(|(_, now)| now);
        let sorted = now.map(|order| match order {
            Order::Rising => "ascending",
            Order::Falling => "descending",
        });
        html! {
            th.number[column.number] scope="col" aria-sort=[sorted] {
                @if let Some((href, _)) = column.sort { a href=(href) { (column.label) } }
                @else { span.hidden[column.spoken] { (column.label) } }
            }
        }
    }
}

impl Render for Table<'_> {
    fn render(&self) -> Markup {
        if let (true, Some(empty)) = (self.rows.is_empty(), &self.empty) {
            return empty.clone();
        }
        html! {
            div.table-box {
                table {
                    caption.hidden { (self.caption) }
                    thead { tr { @for column in self.columns { (self.heading(column)) } } }
                    tbody {
                        @for row in &self.rows {
                            tr {
                                @for (column, cell) in self.columns.iter().zip(row) {
                                    td.number[column.number]
                                        data-label=[(!column.spoken).then_some(column.label)] {
                                        (cell)
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
