//! Prints what is read of mails: `inspect mail|trim|bounce FILE…`, a JSON line for each file.

use std::io::Write;

fn main() -> std::io::Result<()> {
    let mut args = std::env::args().skip(1);
    let what = args.next().unwrap_or_default();
    let mut out = std::io::stdout().lock();
    for file in args {
        let raw = std::fs::read(&file)?;
        let started = std::time::Instant::now();
        let line = match (what.as_str(), wire_email::parse(&raw)) {
            ("trim", _) => {
                let text = wire_email::parse::trim_reply(&String::from_utf8_lossy(&raw));
                serde_json::json!({ "file": file, "reply_text": text })
            }
            ("bounce", Ok(mail)) => mail.bounce_json(&file),
            (_, Ok(mail)) => mail.inspect_json(&file),
            (_, Err(error)) => serde_json::json!({ "file": file, "error": error.to_string() }),
        };
        let ms = started.elapsed().as_secs_f64() * 1000.0;
        writeln!(out, "{line}")?;
        if ms > 200.0 {
            eprintln!("{file}: {ms:.0} ms");
        }
    }
    Ok(())
}
