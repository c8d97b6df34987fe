//! Lists stay flat because of their indexes: the planner is asked.

use db::{Db, Options, Schema};
use platform::{MemberId, Scope, TeamId};
use testkit::{Backend, Place};

use super::*;

fn open() -> (Place, Db) {
    let place = Backend::Sqlite.place();
    let mut migrations = platform::own_room().migrations;
    migrations.extend(people::room().migrations);
    migrations.extend(crate::room().migrations);
    let schema = Schema { migrations, version: 1, compat_min: 1 };
    let db = place.open("ws", &schema, Options::default());
    (place, db)
}

fn plan(db: &Db, sql: &str, params: &Params) -> Vec<String> {
    let sql = format!("explain query plan {sql}");
    db.read(|tx| tx.query(&sql, &params.refs(), |row| row.get::<String>(3))).unwrap()
}

/// The view's plan names the index, and sorts nothing but the few rows of its parts.
fn check(branches: &[Branch], done: bool, order: Order, index: &str) {
    let (_place, db) = open();
    for after in [None, Some(Cursor { key: 7, id: 9 })] {
        let mut params = Params::default();
        let sql = statement(&mut params, branches, done, order, after);
        let plan = plan(&db, &sql, &params);
        let text = plan.join("\n");
        let wanted = format!("USING INDEX {index} (");
        let covering = format!("USING COVERING INDEX {index} (");
        let of_cases: Vec<&String> = plan
            .iter()
            .filter(|line| line.contains("c USING") && !line.contains("rowid"))
            .collect();
        assert!(
            of_cases.iter().all(|line| line.contains(&wanted) || line.contains(&covering)),
            "{sql}\n{text}"
        );
        assert_eq!(of_cases.len(), branches.len(), "{text}");
        let scans = plan.iter().filter(|line| line.starts_with("SCAN c"));
        assert_eq!(scans.count(), 0, "{text}");
        assert!(!text.contains("MATERIALIZE"), "views of other rooms are read by key: {text}");
        // A single part is not sorted at all; of several, the 51 rows that each may bring.
        let sorts = plan.iter().filter(|line| line.contains("TEMP B-TREE")).count();
        assert!(sorts <= if branches.len() > 1 { branches.len() } else { 0 }, "{text}");
    }
}

fn all() -> Branch {
    Branch::default()
}

fn owner(id: i64) -> Branch {
    Branch { owner: Some(id), ..all() }
}

fn queue(id: i64) -> Branch {
    Branch { queue: Some(id), ..all() }
}

#[test]
fn each_view_reads_its_index_in_order() {
    let pending = Branch { pending: true, ..all() };
    check(&[all()], false, Order::Urgent, "desk_case_live");
    check(&[owner(7)], false, Order::Urgent, "desk_case_live_owner");
    check(&[queue(7)], false, Order::Urgent, "desk_case_live_queue");
    check(&[pending], false, Order::Urgent, "desk_case_pending");
    check(&[all()], false, Order::Newest, "desk_case_new");
    check(&[owner(7)], false, Order::Newest, "desk_case_new_owner");
    check(&[queue(7)], false, Order::Newest, "desk_case_new_queue");
    check(&[all()], true, Order::Newest, "desk_case_done");
    check(&[owner(7)], true, Order::Newest, "desk_case_done_owner");
    check(&[queue(7)], true, Order::Newest, "desk_case_done_queue");
}

#[test]
fn a_team_reads_each_queue_in_order() {
    check(&[queue(1), queue(2)], false, Order::Urgent, "desk_case_live_queue");
    check(&[queue(1), queue(2), queue(3)], true, Order::Newest, "desk_case_done_queue");
    let unassigned = |id| Branch { owner: Some(0), ..queue(id) };
    let (_place, db) = open();
    let mut params = Params::default();
    let branches = [unassigned(1), unassigned(2), Branch { queues_not: vec![1, 2], ..owner(7) }];
    let sql = statement(&mut params, &branches, false, Order::Urgent, None);
    let text = plan(&db, &sql, &params).join("\n");
    assert!(!text.contains("SCAN c") && text.contains("desk_case_live_"), "{text}");
}

#[test]
fn finding_reads_no_whole_table() {
    let (_place, db) = open();
    let reach =
        Reach { scope: Scope::Team, member_id: MemberId(7), teams: vec![TeamId(1), TeamId(2)] };
    let mut params = Params::default();
    let person = params.add(5);
    let condition = reach.condition(&mut params);
    for by in ["c.contact_id", "c.number_serial"] {
        let sql = format!(
            "select c.id from desk_case c where {by} = {person} and {condition} order by c.id"
        );
        let text = plan(&db, &sql, &params).join("\n");
        assert!(!text.contains("SCAN c"), "{text}");
    }
}
