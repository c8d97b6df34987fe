//! Counters for `/metrics`: numbers only, never a person's data.

use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};

/// One counter or gauge, declared once with its help text.
pub struct Metric {
    pub name: &'static str,
    pub help: &'static str,
    value: AtomicU64,
}

impl Metric {
    const fn new(name: &'static str, help: &'static str) -> Metric {
        Metric { name, help, value: AtomicU64::new(0) }
    }

    pub fn add(&self, by: u64) {
        self.value.fetch_add(by, Ordering::Relaxed);
    }

    pub fn less(&self, by: u64) {
        self.value.fetch_sub(by, Ordering::Relaxed);
    }

    pub fn get(&self) -> u64 {
        self.value.load(Ordering::Relaxed)
    }
}

macro_rules! metrics {
    ($($field:ident: $name:literal, $help:literal;)+) => {
        /// Every metric of the program.
        pub struct Metrics { $(pub $field: Metric,)+ }

        impl Default for Metrics {
            fn default() -> Self {
                Metrics { $($field: Metric::new($name, $help),)+ }
            }
        }

        impl Metrics {
            /// All of them, in the order of the catalogue.
            pub fn all(&self) -> Vec<&Metric> {
                vec![$(&self.$field),+]
            }
        }
    };
}

metrics! {
    requests: "sampark_requests_total", "HTTP requests answered";
    failures: "sampark_request_failures_total", "HTTP requests answered with a 5xx status";
    streams: "sampark_live_streams", "open live update streams";
    mail_in: "sampark_mail_accepted_total", "mails accepted from a mail server or a pipe";
    mail_out: "sampark_mail_sent_total", "mails handed to a mail server";
    mail_retries: "sampark_mail_retries_total", "sending tries that will be repeated";
}

impl Metrics {
    /// The text form that monitoring reads.
    pub fn render(&self) -> String {
        let mut out = String::new();
        for metric in self.all() {
            let kind = if metric.name.ends_with("_total") { "counter" } else { "gauge" };
            // Writing to a String cannot fail.
            let _ = writeln!(
                out,
                "# HELP {0} {1}\n# TYPE {0} {kind}\n{0} {2}",
                metric.name,
                metric.help,
                metric.get()
            );
        }
        out
    }
}
