//! Inviting a person: the login, the membership, and the link that lets a password be chosen.
//!
//! A login may open other workspaces too. So the link goes by mail to the person; the administrator
//! sees it only when this workspace is the login's only one and no password was chosen yet.
//! Otherwise one workspace's administrator could take over a person of another.

use base::{EmailAddress, EmailProblem};
use db::Tx;
use frame::Frame;
use platform::control::login::{Login, find_login, find_or_make_login};
use platform::control::workspace::{join, of_login};
use platform::{App, Checks, Error, FieldError, MemberId, NewMember, RoleId, TeamId, add_member};

use crate::link::{mail_added, mail_invitation};

const NAME_CHARS_MAX: usize = 120;

/// What an invitation says, parsed.
pub(crate) struct Invitation {
    pub name: String,
    pub email: EmailAddress,
    pub role_id: RoleId,
    pub teams: Vec<TeamId>,
}

/// How the person hears of it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Sent {
    /// A link, which this administrator may hand over too.
    Link(String),
    /// A link, by mail only.
    Mailed,
    /// Nothing to choose: the person has a password already.
    Added,
}

impl Invitation {
    /// Reads the form; every mistake is told at once.
    pub(crate) fn read(typed: &frame::Typed) -> Result<Invitation, Error> {
        let mut checks = Checks::default();
        let name = checks.take(name_of(typed.get("name")));
        let email = checks.take(email_of(typed.get("email")));
        let role = typed.number("role").map(RoleId);
        let role_id = checks.take(role.ok_or(FieldError::new("role", "error-choose-from-list")));
        checks.done()?;
        match (name, email, role_id) {
            (Some(name), Some(email), Some(role_id)) => {
                let teams = typed.ids("team-").into_iter().map(TeamId).collect();
                Ok(Invitation { name, email, role_id, teams })
            }
            // Nothing is missing when no check failed.
            _ => Err(Error::Invalid(Vec::new())),
        }
    }
}

fn name_of(text: &str) -> Result<String, FieldError> {
    let name = text.trim();
    if name.is_empty() {
        return Err(FieldError::new("name", "error-required"));
    }
    if name.chars().count() > NAME_CHARS_MAX {
        return Err(FieldError::new("name", "error-too-long").with("max", NAME_CHARS_MAX));
    }
    Ok(name.to_string())
}

fn email_of(text: &str) -> Result<EmailAddress, FieldError> {
    EmailAddress::parse(text).map_err(|problem| {
        let key = match problem {
            EmailProblem::Empty => "error-required",
            EmailProblem::Shape => "error-email-shape",
            EmailProblem::Character => "error-email-character",
            EmailProblem::TooLong => "error-email-too-long",
        };
        FieldError::new("email", key)
    })
}

/// Makes the person a member in the inviter's name, and sends the invitation.
pub(crate) async fn invite(frame: &Frame, new: Invitation) -> Result<(MemberId, Sent), Error> {
    let app = frame.app();
    let (email, name) = (new.email.clone(), new.name.clone());
    let lang = frame.seat.workspace.lang.clone();
    let login = app.control().write(move |tx| find_or_make_login(tx, &email, &name, &lang)).await?;
    let login_id = login.id;
    let member = NewMember {
        login_id,
        name: new.name,
        email: new.email,
        role_id: new.role_id,
        teams: new.teams,
    };
    let id = frame.write(move |tx, actor| add_member(tx, actor, &member)).await?;
    Ok((id, send(frame, login_id).await?))
}

/// Sends the invitation of a member's login (again). Joining twice does no harm, and mends a
/// membership that a crash left half-made.
pub(crate) async fn send(frame: &Frame, login_id: i64) -> Result<Sent, Error> {
    let app = frame.app().clone();
    let workspace = frame.seat.workspace.clone();
    let inviter = frame.actor().name.clone();
    let at = app.clone();
    app.control()
        .write(move |tx| {
            let login = find_login(tx, login_id)?.ok_or(Error::NotFound)?;
            join(tx, login_id, workspace.id)?;
            tell(tx, &at, &login, &workspace.name, &inviter)
        })
        .await
}

fn tell(
    tx: &mut Tx<'_>,
    app: &App,
    login: &Login,
    workspace: &str,
    inviter: &str,
) -> Result<Sent, Error> {
    if login.password_hash.is_some() {
        mail_added(tx, app, login, workspace, inviter)?;
        return Ok(Sent::Added);
    }
    let link = mail_invitation(tx, app, login, workspace, inviter)?;
    match of_login(tx, login.id)?.len() {
        1 => Ok(Sent::Link(link)),
        _ => Ok(Sent::Mailed),
    }
}
