//! Links that let a person choose a password, and the mails that carry them.

use db::Tx;
use frame::lang_of;
use platform::control::login::{LinkPurpose, Login, make_link};
use platform::{App, Error};
use ui::L;
use ui::i18n::Arg;

use crate::SystemMail;

/// Makes a reset link and queues its mail.
pub(crate) fn mail_reset(control: &mut Tx<'_>, app: &App, login: &Login) -> Result<(), Error> {
    let link = link(control, app, login, LinkPurpose::Reset)?;
    let expires_at = control.now().plus_ms(LinkPurpose::Reset.lives_ms());
    let l = reader(control, login);
    let args = [("name", login.name.as_str().into()), ("link", link.as_str().into())];
    let body = l.tf("admin-mail-reset", &args);
    let subject = l.t("admin-mail-reset-subject").to_string();
    SystemMail::new(app.keys(), &login.email, subject, &body).expires_at(expires_at).send(control)
}

/// Makes an invitation link, queues its mail, and gives the link back.
pub(crate) fn mail_invitation(
    control: &mut Tx<'_>,
    app: &App,
    login: &Login,
    workspace: &str,
    inviter: &str,
) -> Result<String, Error> {
    let link = link(control, app, login, LinkPurpose::Invitation)?;
    let expires_at = control.now().plus_ms(LinkPurpose::Invitation.lives_ms());
    let l = reader(control, login);
    let args = invitation_args(login, workspace, inviter, &link);
    let body = l.tf("admin-mail-invitation", &args);
    let subject = l.tf("admin-mail-invitation-subject", &[("workspace", workspace.into())]);
    SystemMail::new(app.keys(), &login.email, subject, &body)
        .expires_at(expires_at)
        .send(control)?;
    Ok(link)
}

/// Tells somebody who signs in here already that one more workspace is open to them.
pub(crate) fn mail_added(
    control: &mut Tx<'_>,
    app: &App,
    login: &Login,
    workspace: &str,
    inviter: &str,
) -> Result<(), Error> {
    let l = reader(control, login);
    let args = invitation_args(login, workspace, inviter, &app.config().base_url);
    let body = l.tf("admin-mail-added", &args);
    let subject = l.tf("admin-mail-added-subject", &[("workspace", workspace.into())]);
    SystemMail::new(app.keys(), &login.email, subject, &body).send(control)
}

fn invitation_args<'a>(
    login: &'a Login,
    workspace: &'a str,
    inviter: &'a str,
    link: &'a str,
) -> [(&'static str, Arg<'a>); 4] {
    [
        ("name", login.name.as_str().into()),
        ("workspace", workspace.into()),
        ("inviter", inviter.into()),
        ("link", link.into()),
    ]
}

fn link(
    control: &mut Tx<'_>,
    app: &App,
    login: &Login,
    purpose: LinkPurpose,
) -> Result<String, Error> {
    let token = make_link(control, app.keys(), login.id, purpose)?;
    Ok(format!("{}/join/{token}", app.config().base_url))
}

fn reader(control: &Tx<'_>, login: &Login) -> L {
    L::new(lang_of(&login.lang), &base::Zone::india(), control.now())
}
