//! Measures the ground floors: `cargo run --release -p bench -- data-layer|desk|admission|streams`.
//!
//! Plain timing, everything in one run and one process, so that ratios hold on a busy machine.

mod admission;
mod data_layer;
mod desk;
mod machine;
mod streams;

fn main() -> anyhow::Result<()> {
    let mut args = std::env::args().skip(1);
    let what = args.next().unwrap_or_default();
    let seconds: u64 = args.next().map_or(Ok(5), |text| text.parse())?;
    match what.as_str() {
        "data-layer" => data_layer::run(seconds),
        "admission" => admission::run(),
        "streams" => streams::run(),
        "desk" => desk::run(&desk::program()?, &[10_000, 100_000], seconds),
        _ => anyhow::bail!("say data-layer [seconds], desk [seconds], admission or streams"),
    }
}
