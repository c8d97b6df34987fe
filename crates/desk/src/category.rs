//! Categories: what cases are about, as a tree.

pub(crate) mod pages;
mod store;

use db::Tx;
use people::check;
use platform::{Actor, Error, Event, FieldError, record};
use serde::{Deserialize, Serialize};

use crate::kinds::CaseType;
use crate::permissions::DeskPermission;

base::typed_id!(
    /// What a case is about.
    CategoryId,
);

const NAME_MAX: usize = 80;
/// A tree deeper than this is no help to anyone.
const DEPTH_MAX: usize = 6;

/// A category.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Category {
    pub id: CategoryId,
    pub parent_id: Option<CategoryId>,
    pub name: String,
    /// The type that cases of it mostly have.
    pub type_hint: Option<CaseType>,
    pub active: bool,
    /// Names from the root, `Sales › Test drive`.
    pub path: String,
}

/// What the form of a category holds; `id` None makes a new one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CategoryChange {
    pub id: Option<CategoryId>,
    pub parent_id: Option<CategoryId>,
    pub name: String,
    pub type_hint: Option<CaseType>,
    pub active: bool,
}

/// A category was made or changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategorySaved {
    pub category_id: CategoryId,
    pub parent_id: Option<CategoryId>,
    pub active: bool,
}

impl Event for CategorySaved {
    const KIND: &'static str = "category.saved";
    const SUBJECT: &'static str = "category";
    fn subject_id(&self) -> i64 {
        self.category_id.0
    }
}

/// All categories, each parent before its children. Everyone inside may know them.
pub fn list_categories(tx: &mut Tx<'_>) -> Result<Vec<Category>, Error> {
    Ok(as_tree(store::categories(tx)?))
}

/// Makes or changes a category. One that would stand below itself is refused, with the ring named.
pub fn save_category(
    tx: &mut Tx<'_>,
    actor: &Actor,
    change: &CategoryChange,
) -> Result<CategoryId, Error> {
    actor.require(DeskPermission::Configure)?;
    let name = check::line("name", &change.name, NAME_MAX)?;
    let all = store::categories(tx)?;
    if change.id.is_some_and(|id| all.iter().all(|category| category.id != id)) {
        return Err(Error::NotFound);
    }
    let twin = |other: &Category| {
        other.parent_id == change.parent_id && other.name == name && Some(other.id) != change.id
    };
    if all.iter().any(twin) {
        return Err(Error::field("name", "error-name-taken"));
    }
    check_parent(&all, change, &name)?;
    let category_id = match change.id {
        None => store::insert(tx, change, &name)?,
        Some(id) => {
            store::update(tx, id, change, &name)?;
            id
        }
    };
    let saved = CategorySaved { category_id, parent_id: change.parent_id, active: change.active };
    record(tx, actor, &saved)?;
    Ok(category_id)
}

/// Whether the category is there and in use.
pub(crate) fn is_active(tx: &mut Tx<'_>, id: CategoryId) -> Result<bool, Error> {
    store::is_active(tx, id)
}

/// Makes a category while a workspace is set up.
pub(crate) fn seed(tx: &mut Tx<'_>, change: &CategoryChange) -> Result<CategoryId, Error> {
    store::insert(tx, change, &change.name)
}

/// The parent must be there, must not be the category or below it, and not too deep.
fn check_parent(all: &[Category], change: &CategoryChange, name: &str) -> Result<(), FieldError> {
    let mut above: Vec<String> = vec![name.to_string()];
    let mut next = change.parent_id;
    while let Some(id) = next {
        if Some(id) == change.id {
            above.push(name.to_string());
            above.reverse();
            let cycle = above.join(" › ");
            return Err(FieldError::new("parent", "error-category-cycle").with("cycle", cycle));
        }
        let parent = all.iter().find(|category| category.id == id);
        let parent = parent.ok_or(FieldError::new("parent", "error-choose-from-list"))?;
        above.push(parent.name.clone());
        if above.len() > DEPTH_MAX {
            return Err(FieldError::new("parent", "error-category-deep").with("max", DEPTH_MAX));
        }
        next = parent.parent_id;
    }
    Ok(())
}

/// Puts each category after its parent, siblings by name, with its path.
fn as_tree(all: Vec<Category>) -> Vec<Category> {
    let mut tree = Vec::with_capacity(all.len());
    let mut open: Vec<Category> = all.iter().filter(|c| c.parent_id.is_none()).cloned().collect();
    open.reverse();
    while let Some(category) = open.pop() {
        let below = all.iter().rev().filter(|c| c.parent_id == Some(category.id));
        open.extend(below.cloned().map(|mut child| {
            child.path = format!("{} › {}", category.path, child.name);
            child
        }));
        tree.push(category);
    }
    tree
}
