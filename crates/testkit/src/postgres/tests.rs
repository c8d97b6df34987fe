use std::process::{Command, Stdio};
use std::sync::atomic::AtomicBool;

use super::*;

fn ask(dsn: &str, statement: &str) -> i64 {
    let answer = connect(dsn).unwrap().query_one(statement, &[]).unwrap();
    answer.get(0)
}

#[test]
fn a_template_is_made_once_and_each_database_is_a_copy_of_its_own() {
    let Some(cluster) = cluster() else { return };
    let made = AtomicU32::new(0);
    let name = format!("once_{}", std::process::id());
    let migrate = |dsn: &str| {
        made.fetch_add(1, Ordering::Relaxed);
        connect(dsn)?
            .batch_execute("create table t (n bigint); insert into t values (7)")
            .map_err(tell)
    };
    let clones: Vec<FreshDatabase> = std::thread::scope(|scope| {
        let makers: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    let template = cluster.template(&name, migrate).unwrap();
                    cluster.fresh_database(Some(&template)).unwrap()
                })
            })
            .collect();
        makers.into_iter().map(|maker| maker.join().unwrap()).collect()
    });
    assert_eq!(made.load(Ordering::Relaxed), 1);
    connect(clones[0].dsn()).unwrap().batch_execute("update t set n = 8").unwrap();
    let read = |clone: &FreshDatabase| ask(clone.dsn(), "select n from t");
    assert_eq!(clones.iter().map(read).collect::<Vec<_>>(), [8, 7, 7, 7]);
}

#[test]
fn a_template_that_failed_is_made_again() {
    let Some(cluster) = cluster() else { return };
    let name = format!("again_{}", std::process::id());
    let failed = cluster.template(&name, |_| Err("no disk")).unwrap_err();
    assert!(failed.ends_with("no disk"), "{failed}");
    assert!(cluster.template(&name, |_| Ok::<(), String>(())).is_ok());
}

#[test]
fn a_database_goes_with_its_value_even_where_somebody_is_connected() {
    let Some(cluster) = cluster() else { return };
    let database = cluster.fresh_database(None).unwrap();
    let _connected = connect(database.dsn()).unwrap();
    let count = format!("select count(*) from pg_database where datname = '{}'", database.name);
    assert_eq!(ask(&cluster.dsn("postgres"), &count), 1);
    drop(database);
    assert_eq!(ask(&cluster.dsn("postgres"), &count), 0);
}

#[test]
fn it_may_be_called_from_an_async_test() {
    static RAN: AtomicBool = AtomicBool::new(false);
    off_runtime(|| RAN.store(true, Ordering::Relaxed));
    assert!(RAN.load(Ordering::Relaxed));
}

#[test]
fn a_cluster_is_gone_when_it_is_dropped() {
    if cluster().is_none() {
        return;
    }
    let cluster = Cluster::start().unwrap();
    let dsn = cluster.dsn("postgres");
    assert_eq!(ask(&dsn, "select 1::bigint"), 1);
    drop(cluster);
    assert!(connect(&dsn).is_err());
}

/// Not a test by itself: the child of the next one. It prints its cluster's address and waits.
#[test]
fn child_with_a_cluster() {
    if std::env::var_os("SAMPARK_TEST_CHILD").is_none() {
        return;
    }
    let cluster = Cluster::start().unwrap();
    writeln!(std::io::stdout(), "at {}", cluster.dsn("postgres")).unwrap();
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).unwrap();
}

#[test]
fn a_cluster_is_gone_when_its_owner_is_killed() {
    use std::io::{BufRead, BufReader};
    if cluster().is_none() {
        return;
    }
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["postgres::tests::child_with_a_cluster", "--exact", "--nocapture"])
        .env("SAMPARK_TEST_CHILD", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let said = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let dsn = said.filter_map(|line| Some(line.split_once("at postgresql:")?.1.to_owned())).next();
    let dsn = format!("postgresql:{}", dsn.unwrap());
    let mut client = connect(&dsn).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    // The server ends this connection when the watcher stops it; until then the query waits.
    assert!(client.batch_execute("select pg_sleep(60)").is_err());
}
