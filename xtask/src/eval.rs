//! The product's filters (JSON lines in, JSON lines out) against other people's answers.
//!
//! The reference data is not part of this project; where it is absent, that is said and no more.

mod score;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use score::Score;

const DATA: &str = "../shared/data";

/// One figure: its name, how many of the cases it aims at, and how it is found.
struct Figure {
    name: &'static str,
    aim_percent: f64,
    find: fn(&Asked) -> Result<Option<Score>>,
}

const FIGURES: [Figure; 8] = [
    Figure { name: "mail: intake", aim_percent: 95.8, find: intake },
    Figure { name: "mail: replies trimmed", aim_percent: 77.2, find: replies },
    Figure { name: "mail: bounces recognised", aim_percent: 97.0, find: bounces },
    Figure { name: "mail: hard or soft", aim_percent: 92.0, find: hardness },
    Figure { name: "hours: specification", aim_percent: 100.0, find: hours_spec },
    Figure { name: "hours: random", aim_percent: 100.0, find: hours_random },
    Figure { name: "tat: scenarios", aim_percent: 100.0, find: tat },
    Figure { name: "phone numbers", aim_percent: 100.0, find: phones },
];

/// Prints the table for the data in `dir`, and below it each answer that was not the expected one.
pub fn run(dir: Option<&str>) -> Result<()> {
    let data = dir.map_or_else(|| crate::top().join(DATA), PathBuf::from);
    if !data.join("README.md").exists() {
        println!("eval: no reference data in {}, nothing to compare", data.display());
        return Ok(());
    }
    let asked = Asked { program: crate::product()?, data };
    let mut misses = vec![];
    println!("{:<26} {:>5} {:>6} {:>8} {:>8}", "figure", "right", "cases", "reached", "aim");
    for figure in &FIGURES {
        let Some(score) = (figure.find)(&asked).context(figure.name)? else {
            println!("{:<26} not built yet", figure.name);
            continue;
        };
        let (reached, aim) = (score.percent(), figure.aim_percent);
        let mark = if reached < aim { "  below" } else { "" };
        let (right, all) = (score.right, score.right + score.misses.len());
        println!("{:<26} {right:>5} {all:>6} {reached:>6.1} % {aim:>6.1} %{mark}", figure.name);
        misses.extend(score.misses.into_iter().map(|miss| format!("{}: {miss}", figure.name)));
    }
    for miss in misses {
        println!("  {miss}");
    }
    Ok(())
}

/// The program that is asked, and where the questions are.
struct Asked {
    program: PathBuf,
    data: PathBuf,
}

impl Asked {
    fn json(&self, name: &str) -> Result<Value> {
        let text = fs::read_to_string(self.data.join(name)).with_context(|| name.to_owned())?;
        serde_json::from_str(&text).with_context(|| name.to_owned())
    }

    /// The answers to `input`, a JSON value a line; `None` where there is no such filter yet.
    fn filter(
        &self,
        args: &[&str],
        files: &[PathBuf],
        input: String,
    ) -> Result<Option<Vec<Value>>> {
        let mut command = Command::new(&self.program);
        command.args(args).args(files).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child =
            command.stderr(Stdio::piped()).spawn().context("the product did not start")?;
        let stdin = child.stdin.take();
        // From another thread, so that a filter that answers while it reads does not block.
        let writer =
            std::thread::spawn(move || stdin.map(|mut stdin| stdin.write_all(input.as_bytes())));
        let out = child.wait_with_output()?;
        // A filter may end before it has read all; what it answered is judged below.
        let _ = writer.join();
        let said = String::from_utf8_lossy(&out.stderr);
        let is_unknown = out.status.code() == Some(2) && said.contains("unrecognized subcommand");
        if is_unknown || (out.status.success() && out.stdout.is_empty()) {
            return Ok(None);
        }
        ensure!(out.status.success(), "`{}`: {}\n{said}", args.join(" "), out.status);
        let lines = String::from_utf8(out.stdout)?;
        let answers = lines.lines().map(serde_json::from_str).collect::<Result<_, _>>();
        Ok(Some(answers.with_context(|| format!("`{}` answered no JSON", args.join(" ")))?))
    }
}

/// The files of a folder that end like this, in order.
fn files(dir: &Path, end: &str) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(dir).with_context(|| dir.display().to_string())?;
    let paths = entries.map(|entry| entry.map(|entry| entry.path()));
    let mut found = paths.collect::<Result<Vec<_>, _>>()?;
    found.retain(|path| path.extension().is_some_and(|own| own == end));
    found.sort();
    Ok(found)
}

fn intake(asked: &Asked) -> Result<Option<Score>> {
    let expected = asked.json("mail/intake/expected.json")?;
    let mails = files(&asked.data.join("mail/intake"), "box")?;
    let answers = asked.filter(&["mail", "inspect"], &mails, String::new())?;
    Ok(answers.map(|answers| score::intake(&expected, &answers)))
}

/// The samples are bodies: each gets the shortest head that makes it a mail.
fn replies(asked: &Asked) -> Result<Option<Score>> {
    let folder = std::env::temp_dir().join(format!("sampark-eval-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let mut expected = vec![];
    let mut mails = vec![];
    for path in files(&asked.data.join("mail/reply_trim/trimmed"), "txt")? {
        let name = path.file_name().unwrap_or_default();
        let body = fs::read_to_string(asked.data.join("mail/reply_trim/emails").join(name))?;
        let head = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n";
        mails.push(folder.join(name));
        fs::write(folder.join(name), format!("{head}{body}"))?;
        expected.push((name.to_string_lossy().into_owned(), fs::read_to_string(&path)?));
    }
    let answers = asked.filter(&["mail", "inspect"], &mails, String::new());
    fs::remove_dir_all(&folder)?;
    Ok(answers?.map(|answers| score::replies(&expected, &answers)))
}

fn bounces(asked: &Asked) -> Result<Option<Score>> {
    Ok(bounce_answers(asked)?.map(|(expected, answers)| score::bounces(&expected, &answers)))
}

fn hardness(asked: &Asked) -> Result<Option<Score>> {
    Ok(bounce_answers(asked)?.map(|(expected, answers)| score::hardness(&expected, &answers)))
}

fn bounce_answers(asked: &Asked) -> Result<Option<(Value, Vec<Value>)>> {
    let expected = asked.json("mail/bounces/expected.json")?;
    let mails = files(&asked.data.join("mail/bounces"), "eml")?;
    let answers = asked.filter(&["mail", "bounce"], &mails, String::new())?;
    Ok(answers.map(|answers| (expected, answers)))
}

fn hours_spec(asked: &Asked) -> Result<Option<Score>> {
    by_id(asked, "business_hours/spec_cases.json", &["hours"], score::hours)
}

fn hours_random(asked: &Asked) -> Result<Option<Score>> {
    by_id(asked, "business_hours/random_400.json", &["hours"], score::hours)
}

fn tat(asked: &Asked) -> Result<Option<Score>> {
    by_id(asked, "business_hours/sla_scenarios.json", &["tat", "simulate"], score::tat)
}

/// Asks with each case on a line of its own, its expected answer left out.
fn by_id(
    asked: &Asked,
    file: &str,
    args: &[&str],
    judge: fn(&[Value], &[Value]) -> Score,
) -> Result<Option<Score>> {
    let cases = score::cases(&asked.json(file)?);
    let input = cases.iter().map(|case| score::question(case) + "\n").collect();
    let answers = asked.filter(args, &[], input)?;
    Ok(answers.map(|answers| judge(&cases, &answers)))
}

fn phones(asked: &Asked) -> Result<Option<Score>> {
    let cases = score::cases(&asked.json("india/phone_cases.json")?);
    let mut total = Score::default();
    for region in score::regions(&cases) {
        let own: Vec<Value> =
            cases.iter().filter(|case| case["default_region"] == *region).cloned().collect();
        let input = own.iter().filter_map(|case| case["input"].as_str());
        let input = input.map(|number| format!("{number}\n")).collect();
        let Some(answers) = asked.filter(&["phone", "--region", &region], &[], input)? else {
            return Ok(None);
        };
        total.add(score::phones(&own, &answers));
    }
    Ok(Some(total))
}
