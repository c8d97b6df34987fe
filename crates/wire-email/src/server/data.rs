//! The data of a mail: where it ends, and the dots in it (RFC 5321 §4.5.2).
//!
//! Only CR LF `.` CR LF ends a mail. Servers that also took a bare LF for a line's end let one
//! mail smuggle in a second with a forged envelope; so what looks like such an end marks the
//! mail, and it is refused.

/// Reads the data as it arrives, in pieces of any size.
pub(super) struct Unstuffer {
    out: Vec<u8>,
    bytes_max: usize,
    state: State,
    /// The last two bytes that belong to the mail, to recognise a forged end.
    forged: bool,
    too_big: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    LineStart,
    /// A dot at a line's start: an end, or a stuffed dot.
    Dot,
    DotCr,
    Middle,
    Cr,
    /// After a bare LF, which is no line's end.
    BareLf,
    BareLfDot,
    BareLfDotCr,
}

/// What a mail's data came to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Data {
    Mail(Vec<u8>),
    TooBig,
    Forged,
}

impl Unstuffer {
    pub(super) fn new(bytes_max: usize) -> Self {
        let (forged, too_big) = (false, false);
        Self { out: Vec::new(), bytes_max, state: State::LineStart, forged, too_big }
    }

    /// Takes in what has arrived. `Some` tells that the mail has ended and how many of these
    /// bytes it took.
    pub(super) fn feed(&mut self, bytes: &[u8]) -> Option<usize> {
        for (i, &b) in bytes.iter().enumerate() {
            if self.step(b) {
                return Some(i + 1);
            }
        }
        None
    }

    pub(super) fn finish(self) -> Data {
        if self.too_big {
            Data::TooBig
        } else if self.forged {
            Data::Forged
        } else {
            Data::Mail(self.out)
        }
    }

    fn step(&mut self, b: u8) -> bool {
        use State::*;
        self.state = match (self.state, b) {
            (DotCr, b'\n') => return true,
            // The stuffed dot is dropped; the dot that ends the mail is, too.
            (LineStart, b'.') => {
                self.state = Dot;
                return false;
            }
            (Dot, b'\r') => {
                self.state = DotCr;
                return false;
            }
            (DotCr, other) => {
                // "\r\n.\r" and no LF: some servers take that for an end.
                self.forged = true;
                self.push(b'\r');
                if other == b'\r' { Cr } else { Middle }
            }
            (Dot, b'\n') => {
                self.forged = true;
                BareLf
            }
            (Cr, b'\n') => LineStart,
            (Cr, b'.') => {
                self.forged = true;
                Middle
            }
            (BareLf, b'.') => BareLfDot,
            (BareLfDot, b'\r') => BareLfDotCr,
            (BareLfDot | BareLfDotCr, b'\n') => {
                self.forged = true;
                if self.state == BareLfDotCr { LineStart } else { BareLf }
            }
            (_, b'\r') => Cr,
            (_, b'\n') => BareLf,
            _ => Middle,
        };
        self.push(b);
        false
    }

    fn push(&mut self, b: u8) {
        if self.out.len() < self.bytes_max {
            self.out.push(b);
        } else if !self.too_big {
            self.too_big = true;
            self.out = Vec::new();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn unstuff(wire: &[u8]) -> (Data, Option<usize>) {
        let mut unstuffer = Unstuffer::new(1_000_000);
        let end = unstuffer.feed(wire);
        (unstuffer.finish(), end)
    }

    /// As a client does it: a dot before each line that begins with one.
    fn stuff(mail: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        let mut line_start = true;
        for (i, &b) in mail.iter().enumerate() {
            if line_start && b == b'.' {
                out.push(b'.');
            }
            line_start = b == b'\n' && i > 0 && mail[i - 1] == b'\r';
            out.push(b);
        }
        out.extend_from_slice(b".\r\n");
        out
    }

    #[test]
    fn dots_are_taken_away_and_only_those() {
        let wire = b"a\r\n..b\r\n...\r\n.c\r\n.\r\nNOOP\r\n";
        let (data, end) = unstuff(wire);
        assert_eq!(data, Data::Mail(b"a\r\n.b\r\n..\r\nc\r\n".to_vec()));
        assert_eq!(end, Some(wire.len() - 6));
        assert_eq!(unstuff(b".\r\n"), (Data::Mail(Vec::new()), Some(3)));
    }

    #[test]
    fn forged_ends_are_no_ends_and_are_noticed() {
        for forged in ["\n.\r\n", "\r\n.\n", "\n.\n", "\r.\r", "\r\n.\rx", "\r.\n"] {
            let wire = format!("a{forged}MAIL FROM:<x@y>\r\n.\r\n");
            assert_eq!(unstuff(wire.as_bytes()), (Data::Forged, Some(wire.len())), "{forged:?}");
        }
    }

    #[test]
    fn a_bare_line_feed_alone_is_kept() {
        assert_eq!(unstuff(b"a\nb\r\n.\r\n").0, Data::Mail(b"a\nb\r\n".to_vec()));
    }

    #[test]
    fn too_much_is_dropped_but_read_to_its_end() {
        let mut unstuffer = Unstuffer::new(4);
        assert_eq!(unstuffer.feed(b"12345678\r\n.\r\n"), Some(13));
        assert_eq!(unstuffer.finish(), Data::TooBig);
    }

    proptest! {
        #[test]
        fn what_was_stuffed_returns_exactly(
            lines in proptest::collection::vec("[.a\u{e9}]{0,4}", 0..20),
            cut in 1usize..7,
        ) {
            let mail: String = lines.iter().map(|line| format!("{line}\r\n")).collect();
            let wire = stuff(mail.as_bytes());
            let mut unstuffer = Unstuffer::new(1_000_000);
            let mut ended = false;
            for piece in wire.chunks(cut) {
                ended = unstuffer.feed(piece).is_some();
            }
            prop_assert!(ended);
            prop_assert_eq!(unstuffer.finish(), Data::Mail(mail.into_bytes()));
        }

        #[test]
        fn bytes_of_any_kind_are_kept_or_refused(
            noise in proptest::collection::vec(prop_oneof![
                Just(b'\r'), Just(b'\n'), Just(b'.'), any::<u8>()
            ], 0..60),
        ) {
            let mut mail = noise;
            mail.extend_from_slice(b"\r\n");
            let wire = stuff(&mail);
            let (data, end) = unstuff(&wire);
            prop_assert_eq!(end, Some(wire.len()));
            prop_assert!(data == Data::Forged || data == Data::Mail(mail));
        }
    }
}
