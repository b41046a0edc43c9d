# Recipes for https://just.systems; each is one command that works without it too.

# All that must hold before a change is merged
check:
    bash .ci/run

# The tests alone
test:
    cargo test --locked

# Take what the program gives now as what is expected: samples, schemas, floors (upwards)
accept:
    POLINORM_ACCEPT=1 cargo test --locked --test golden --test schema --test gold

# The main job on the samples
demo:
    cargo run --release -- extract corpus -o dataset
