//! Line icons, drawn in the page. They stand beside words and are hidden from readers aloud.

use maud::{Markup, PreEscaped, Render};

macro_rules! icons {
    ($($name:ident $path:literal)*) => {
        /// An icon of the set; splice it into HTML as it is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Icon { $($name),* }

        impl Icon {
            /// Every icon, for the gallery.
            pub const ALL: &[Icon] = &[$(Icon::$name),*];

            // Whole, because a list has a hundred of them.
            fn svg(self) -> &'static str {
                match self {
                    $(Icon::$name => concat!(
                        "<svg class=\"icon\" viewBox=\"0 0 24 24\" aria-hidden=\"true\" ",
                        "focusable=\"false\"><path d=\"", $path, "\"></path></svg>",
                    )),*
                }
            }
        }
    };
}

// Paths on a 24 × 24 sheet, stroked with the colour of the text.
icons! {
    Home "M4 11.5 12 4l8 7.5M6 10v10h12V10M10 20v-5h4v5"
    Inbox "M4 13h4l2 3h4l2-3h4M4 13l3-8h10l3 8v6H4z"
    People "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c1-5 5-6 8-6s7 1 8 6"
    Team "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c.7-4.3 3.8-5.5 6.5-5.5\
s5.8 1.2 6.5 5.5M15.5 4.3a3.5 3.5 0 0 1 0 6.4M18 15c2 .8 3.2 2.4 3.6 5"
    Phone "M6 3h4l2 5-3 2a12 12 0 0 0 5 5l2-3 5 2v4c0 2-2 3-4 3C10 20 4 14 3 7c0-2 1-4 3-4z"
    Mail "M3 6h18v12H3zM3 7l9 7 9-7"
    Chat "M4 5h16v11H10l-5 4v-4H4z"
    Book "M5 4h11l3 3v13H5zM9 10h6M9 14h6"
    Chart "M4 20V4M4 20h16M8 16v-5M12 16V8M16 16v-3"
    Settings "M4 7h9M17 7h3M4 17h3M11 17h9M13 7a2 2 0 1 0 4 0 2 2 0 0 0-4 0z\
M7 17a2 2 0 1 0 4 0 2 2 0 0 0-4 0z"
    Queue "M4 6h16M4 12h16M4 18h10"
    Search "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l5 5"
    Plus "M12 5v14M5 12h14"
    Check "M5 12.5 10 17 19 7"
    Close "M6 6l12 12M18 6 6 18"
    Back "M14 5l-7 7 7 7"
    Forward "M10 5l7 7-7 7"
    Down "M6 9.5l6 6 6-6"
    More "M4.5 12a.5.5 0 1 0 1 0 .5.5 0 0 0-1 0zM11.5 12a.5.5 0 1 0 1 0 .5.5 0 0 0-1 0z\
M18.5 12a.5.5 0 1 0 1 0 .5.5 0 0 0-1 0z"
    Reply "M9 7 4 12l5 5M4 12h9c4 0 7 2 7 7"
    Note "M5 4h14v11l-5 5H5zM14 20v-5h5"
    Attach "M20 11.5 12 19.5a5 5 0 0 1-7-7l8-8a3.3 3.3 0 0 1 5 5l-8 8a1.7 1.7 0 0 1-2.5\
-2.5L14.5 8"
    Send "M4 12 20 4l-5 16-4-7z"
    Assign "M10 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM3 20c1-4 4-5 7-5 1 0 2 .1 3 .4M18 14v6M15 17h6"
    Escalate "M12 20V5M6 11l6-6 6 6"
    Snooze "M12 21a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 9v4l3 2M5 3 2 6M19 3l3 3"
    Pause "M9 6v12M15 6v12"
    Clock "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.5 2"
    Tag "M4 4h7l9 9-7 7-9-9zM8 8h.01"
    Lock "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3"
    Eye "M2 12c3-5 6-7 10-7s7 2 10 7c-3 5-6 7-10 7s-7-2-10-7zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z"
    Alert "M12 4 2.5 20h19zM12 10v4M12 17h.01"
    Info "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5M12 8h.01"
    Undo "M8 5 4 9l4 4M4 9h10a5 5 0 0 1 0 10H9"
    Refresh "M20 11a8 8 0 0 0-14-4L4 9M4 4v5h5M4 13a8 8 0 0 0 14 4l2-2M20 20v-5h-5"
    File "M6 3h8l4 4v14H6zM14 3v4h4"
    Download "M12 4v11M7 11l5 5 5-5M5 20h14"
    Building "M5 21V4h9v17M14 9h5v12M3 21h18M8 8h3M8 12h3M8 16h3"
    Globe "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM3 12h18M12 3c3 3 4 6 4 9s-1 6-4 9c-3-3-4-6-4-9\
s1-6 4-9z"
    Sun "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.5 1.5\
M17.5 17.5 19 19M5 19l1.5-1.5M17.5 6.5 19 5"
    Moon "M20 14A8 8 0 0 1 10 4a8 8 0 1 0 10 10z"
    Keyboard "M3 6h18v12H3zM7 10h.01M11 10h.01M15 10h.01M8 14h8"
    Exit "M10 4H5v16h5M14 8l4 4-4 4M18 12H9"
    Merge "M7 4v4c0 4 5 4 5 8v4M17 4v4c0 4-5 4-5 8"
    Filter "M4 5h16l-6 8v6l-4-2v-4z"
    Columns "M4 5h16v14H4zM10 5v14M15 5v14"
    Trash "M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13"
    Edit "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3"
    Link "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1"
    Shield "M12 3l8 3v6c0 5-4 8-8 9-4-1-8-4-8-9V6z"
    Bell "M6 17V11a6 6 0 0 1 12 0v6l2 2H4zM10 21h4"
    Bolt "M13 3 5 14h6l-1 7 8-11h-6z"
}

impl Render for Icon {
    fn render(&self) -> Markup {
        PreEscaped(self.svg().to_string())
    }

    fn render_to(&self, buffer: &mut String) {
        buffer.push_str(self.svg());
    }
}
