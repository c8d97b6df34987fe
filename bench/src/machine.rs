//! What this process used, as Linux counts it.

use std::fs;

/// The kernel counts processor time in hundredths of a second here.
const TICKS_PER_SECOND: f64 = 100.0;

/// Processor time of this process so far, in seconds: its own and the kernel's for it.
pub fn cpu_s() -> f64 {
    cpu_s_of("self")
}

/// The same of another process, by its number.
pub fn cpu_s_of(process: &str) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let after_name = stat.rsplit_once(") ").map_or("", |(_, rest)| rest);
    let ticks: f64 =
        after_name.split(' ').skip(11).take(2).filter_map(|field| field.parse::<f64>().ok()).sum();
    ticks / TICKS_PER_SECOND
}

/// Resident memory that belongs to this process alone, in kB.
pub fn memory_kb() -> i64 {
    memory_kb_of("self")
}

/// The same of another process, by its number.
pub fn memory_kb_of(process: &str) -> i64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"));
    line.and_then(|text| text.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
