//! Time zones at the edges: rows hold UTC milliseconds, people read local time.

use jiff::{Timestamp, tz::TimeZone};

use crate::UtcMs;

/// A time zone by its IANA name.
#[derive(Clone, Debug)]
pub struct Zone(TimeZone);

/// An instant as a wall clock and a calendar show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalTime {
    pub year: i16,
    pub month: i8,
    pub day: i8,
    pub hour: i8,
    pub minute: i8,
    pub second: i8,
    /// Monday is 1, Sunday is 7.
    pub weekday: i8,
}

impl Zone {
    /// The zone of this IANA name, if there is one: `Asia/Kolkata`.
    pub fn named(name: &str) -> Option<Zone> {
        TimeZone::get(name).ok().map(Zone)
    }

    /// Indian Standard Time, the default of a new workspace.
    pub fn india() -> Zone {
        Zone::named("Asia/Kolkata").unwrap_or(Zone(TimeZone::UTC))
    }

    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    pub fn local(&self, at: UtcMs) -> LocalTime {
        let stamp = Timestamp::from_millisecond(at.0).unwrap_or(Timestamp::UNIX_EPOCH);
        let zoned = stamp.to_zoned(self.0.clone());
        LocalTime {
            year: zoned.year(),
            month: zoned.month(),
            day: zoned.day(),
            hour: zoned.hour(),
            minute: zoned.minute(),
            second: zoned.second(),
            weekday: zoned.weekday().to_monday_one_offset(),
        }
    }
}

impl UtcMs {
    /// `2026-11-22T10:15:00Z`, the form used in the API.
    pub fn to_rfc3339(self) -> String {
        let stamp = Timestamp::from_millisecond(self.0).unwrap_or(Timestamp::UNIX_EPOCH);
        stamp.to_string()
    }

    /// Reads an RFC 3339 instant.
    pub fn from_rfc3339(text: &str) -> Option<UtcMs> {
        text.parse::<Timestamp>().ok().map(|stamp| UtcMs(stamp.as_millisecond()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn india_is_five_and_a_half_hours_ahead() {
        let new_year = UtcMs::from_rfc3339("2026-12-31T18:30:00Z").unwrap();
        let local = Zone::india().local(new_year);
        assert_eq!((local.year, local.month, local.day, local.hour), (2027, 1, 1, 0));
        assert_eq!(local.weekday, 5);
    }

    #[test]
    fn rfc3339_round_trip() {
        let at = UtcMs::from_rfc3339("2026-11-22T10:15:00Z").unwrap();
        assert_eq!(at.to_rfc3339(), "2026-11-22T10:15:00Z");
        assert!(UtcMs::from_rfc3339("yesterday").is_none());
        assert!(Zone::named("Mars/Olympus").is_none());
    }
}
