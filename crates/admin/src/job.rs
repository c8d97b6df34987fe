//! Background work: what waits, what runs, what failed and why; failed work is run again here.

use frame::{At, Flash, Frame, Id, Page, Typed};
use maud::{Markup, html};
use platform::web::WebError;
use platform::{Actor, Error, JobCounts, JobId, JobInfo, count_jobs, list_jobs, rerun_job};
use ui::{
    Button, Chip, Column, Icon, L, Live, Table, Tone, chips, empty, more, page_head, status, tabs,
    times,
};

/// So many rows at most; failed ones come first.
const SHOWN_MAX: i64 = 200;

/// What a job is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Failed,
    Running,
    /// Tried before, and waits for the next try.
    Retrying,
    Waiting,
}

impl State {
    fn of(job: &JobInfo, l: L) -> State {
        match (job.failed_at, job.leased_until) {
            (Some(_), _) => State::Failed,
            (None, Some(until)) if until > l.now() => State::Running,
            _ if job.attempts > 0 => State::Retrying,
            _ => State::Waiting,
        }
    }

    fn is_shown(self, filter: &str) -> bool {
        match filter {
            "failed" => self == State::Failed,
            "running" => self == State::Running,
            "waiting" => matches!(self, State::Waiting | State::Retrying),
            _ => true,
        }
    }
}

/// The state that a list is narrowed to; anything else shows all.
fn filter_of(typed: &Typed) -> &'static str {
    match typed.get("state") {
        "failed" => "failed",
        "running" => "running",
        "waiting" => "waiting",
        _ => "",
    }
}

/// `GET /w/{ws}/queues/jobs?state=`.
pub async fn page(frame: Frame, typed: Typed) -> Result<Page, WebError> {
    let l = frame.l;
    let filter = filter_of(&typed);
    let ((counts, jobs), since) = frame.read(look)?;
    let hrefs = ["queues/mail-in", "queues/mail-out", "queues/jobs"].map(|to| frame.path(to));
    let all = [
        Chip::new(l.t("admin-mail-in"), &hrefs[0]),
        Chip::new(l.t("admin-mail-out"), &hrefs[1]),
        Chip::new(l.t("frame-jobs"), &hrefs[2]).current(true),
    ];
    let queues = if frame.actor().require_key("mail.queue").is_ok() { &all[..] } else { &all[2..] };
    let body = html! {
        (page_head(l.t("frame-queues"), Some(l.t("admin-jobs-lead")), html! {}))
        (tabs(l.t("frame-queues"), queues))
        (part(&frame, filter, counts, &jobs))
    };
    Ok(frame.page(At { nav: "queues", title: l.t("frame-jobs"), since }, body))
}

/// `GET /w/{ws}/queues/jobs/list?state=`: the part that keeps itself fresh.
pub async fn fragment(frame: Frame, typed: Typed) -> Result<Page, WebError> {
    let ((counts, jobs), _) = frame.read(look)?;
    Ok(Page::fragment(part(&frame, filter_of(&typed), counts, &jobs)))
}

/// `POST /w/{ws}/queues/jobs/{id}/rerun`.
pub async fn rerun(frame: Frame, id: Id, typed: Typed) -> Result<Page, WebError> {
    let id = JobId(id.0);
    frame.write(move |tx, actor| rerun_job(tx, actor, id)).await?;
    let to = list_path(&frame, "queues/jobs", filter_of(&typed));
    Ok(Page::redirect(&to).flash(&Flash::done("admin-job-rerun")))
}

fn look(tx: &mut db::Tx<'_>, actor: &Actor) -> Result<(JobCounts, Vec<JobInfo>), Error> {
    Ok((count_jobs(tx)?, list_jobs(tx, actor, SHOWN_MAX)?))
}

fn list_path(frame: &Frame, path: &str, filter: &str) -> String {
    let query = if filter.is_empty() { String::new() } else { format!("?state={filter}") };
    frame.path(&format!("{path}{query}"))
}

fn part(frame: &Frame, filter: &str, counts: JobCounts, jobs: &[JobInfo]) -> Markup {
    let l = frame.l;
    let src = list_path(frame, "queues/jobs/list", filter);
    let states = ["", "failed", "waiting", "running"];
    let hrefs = states.map(|state| list_path(frame, "queues/jobs", state));
    let all = counts.failed + counts.waiting + counts.running;
    let names = ["admin-jobs-all", "admin-jobs-failed", "admin-jobs-waiting", "admin-jobs-running"];
    let numbers = [all, counts.failed, counts.waiting, counts.running];
    let views: Vec<Chip<'_>> = (0..states.len())
        .map(|at| {
            let chip = Chip::new(l.t(names[at]), &hrefs[at]).count(numbers[at]);
            chip.current(states[at] == filter)
        })
        .collect();
    let shown: Vec<(&JobInfo, State)> = jobs
        .iter()
        .map(|job| (job, State::of(job, l)))
        .filter(|(_, state)| state.is_shown(filter))
        .collect();
    let columns = [
        Column::text(l.t("admin-job")),
        Column::text(l.t("admin-state")),
        Column::number(l.t("admin-tries")),
        Column::text(l.t("admin-job-when")),
        Column::text(l.t("admin-job-why")),
        Column::actions(l.t("admin-actions")),
    ];
    let none = empty(Icon::Check, l.t("admin-jobs-none"), l.t("admin-jobs-none-what"), None);
    let rows = shown.iter().map(|(job, state)| row(frame, filter, job, *state));
    let total = (jobs.len() as i64 >= SHOWN_MAX).then_some(all);
    let part = Live {
        id: "jobs",
        topics: "jobs",
        src: &src,
        class: "stack",
        tag: "section",
        hold: true,
        label: None,
    };
    part.with(html! {
        (chips(l.t("admin-show"), &views))
        (Table::new(l.t("frame-jobs"), &columns).rows(rows).empty(none))
        @if total.is_some() { (more(l, None, shown.len(), total)) }
    })
}

fn row(frame: &Frame, filter: &str, job: &JobInfo, state: State) -> Vec<Markup> {
    let l = frame.l;
    let to = frame.path(&format!("queues/jobs/{}/rerun", job.id.0));
    let again =
        Button::submit(l.t("admin-job-again")).small().icon(Icon::Refresh).sends("state", filter);
    let (label, when) = match state {
        State::Failed => {
            (status(Tone::Alarm, l.t("admin-job-failed")), job.failed_at.unwrap_or(job.run_at))
        }
        State::Running => (status(Tone::Accent, l.t("admin-job-running")), job.run_at),
        State::Retrying => (status(Tone::Warn, l.t("admin-job-retrying")), job.run_at),
        State::Waiting => (status(Tone::Plain, l.t("admin-job-waiting")), job.run_at),
    };
    vec![
        html! { (job_name(l, &job.kind)) },
        label,
        html! { (job.attempts) },
        times::when(l, when),
        html! { @if let Some(why) = &job.last_error { (why) } },
        html! { @if state == State::Failed { (frame.act(&to, again)) } },
    ]
}

/// What the work is, in words; its kind, where no catalogue has them.
fn job_name(l: L, kind: &str) -> &str {
    l.find(&format!("job-{}", kind.replace(['.', '_'], "-"))).unwrap_or(kind)
}
