# The handful of commands; `just` alone lists them. Without just: what stands behind each name.

_list:
    @just --list

# Two sample workspaces with people and history; prints where to open it
demo *ARGS:
    cargo run --release --package sampark -- demo {{ARGS}}

# The demo, built and started again whenever a source changes
dev *ARGS:
    cargo xtask dev {{ARGS}}

# Every test, on SQLite and on a temporary PostgreSQL
test *ARGS:
    cargo xtask test {{ARGS}}

# The house rules that a machine can judge
tidy *PATH:
    cargo xtask tidy {{PATH}}

# All that must pass before a change lands
ci *ARGS:
    cargo xtask ci {{ARGS}}

# Mail servers and a browser around the release build
e2e:
    cargo build --release --package sampark
    e2e/run

# The generated lists in snapshots/, written again
snapshots:
    cargo xtask snapshots
