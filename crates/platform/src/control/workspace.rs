//! Which workspaces there are, who belongs to them, which addresses lead to them.

use base::{EmailAddress, Zone};
use db::Tx;

use super::store;
use crate::error::Error;

/// A workspace as the control database knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkspaceRow {
    pub id: i64,
    pub slug: String,
    pub name: String,
    pub zone: String,
    pub lang: String,
}

/// What a new workspace needs.
#[derive(Clone, Debug)]
pub struct NewWorkspace {
    /// Letters, digits and dashes: it stands in every address of the workspace.
    pub slug: String,
    pub name: String,
    pub zone: String,
    pub lang: String,
}

const SLUG_CHARS_MAX: usize = 40;

/// Registers a workspace; its database is made when it is first opened.
pub fn register(tx: &mut Tx<'_>, new: &NewWorkspace) -> Result<WorkspaceRow, Error> {
    let slug = new.slug.trim();
    let letters = slug.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    let starts_well = slug.starts_with(|c: char| c.is_ascii_lowercase());
    if !letters || !starts_well || slug.len() > SLUG_CHARS_MAX || slug == "control" {
        return Err(Error::field("slug", "error-workspace-slug"));
    }
    if Zone::named(&new.zone).is_none() {
        return Err(Error::field("zone", "error-choose-from-list"));
    }
    if store::workspace(tx, slug)?.is_some() {
        return Err(Error::field("slug", "error-name-taken"));
    }
    store::insert_workspace(tx, &NewWorkspace { slug: slug.to_string(), ..new.clone() })?;
    store::workspace(tx, slug)?.ok_or(Error::NotFound)
}

pub fn find(tx: &mut Tx<'_>, slug: &str) -> Result<Option<WorkspaceRow>, Error> {
    store::workspace(tx, slug)
}

pub fn list(tx: &mut Tx<'_>) -> Result<Vec<WorkspaceRow>, Error> {
    store::workspaces(tx)
}

/// Lets a login in.
pub fn join(tx: &mut Tx<'_>, login_id: i64, workspace_id: i64) -> Result<(), Error> {
    store::insert_membership(tx, login_id, workspace_id)
}

/// The workspaces a login belongs to, by name.
pub fn of_login(tx: &mut Tx<'_>, login_id: i64) -> Result<Vec<WorkspaceRow>, Error> {
    store::workspaces_of(tx, login_id)
}

/// Claims a mail address for a workspace; another workspace's address is refused.
pub fn claim_address(
    tx: &mut Tx<'_>,
    address: &EmailAddress,
    workspace_id: i64,
) -> Result<(), Error> {
    match store::recipient(tx, address.as_str())? {
        Some(owner) if owner != workspace_id => Err(Error::field("address", "error-address-taken")),
        Some(_) => Ok(()),
        None => store::insert_recipient(tx, address, workspace_id),
    }
}

/// Gives an address up.
pub fn release_address(tx: &mut Tx<'_>, address: &str, workspace_id: i64) -> Result<(), Error> {
    store::delete_recipient(tx, address, workspace_id)
}

/// The slug of the workspace that a mail address leads to.
pub fn for_address(tx: &mut Tx<'_>, address: &str) -> Result<Option<String>, Error> {
    store::slug_for_recipient(tx, &address.to_lowercase())
}
