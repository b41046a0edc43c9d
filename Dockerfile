# The program as one static file in an empty image.
#
#   docker build -t polinorm . && docker run --rm -v "$PWD:/data" polinorm extract corpus -o dataset
FROM rust:1.95-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends musl-tools && rustup target add x86_64-unknown-linux-musl
WORKDIR /source
COPY . .
RUN cargo build --release --locked --target x86_64-unknown-linux-musl

FROM scratch
COPY --from=build /source/target/x86_64-unknown-linux-musl/release/polinorm /polinorm
WORKDIR /data
ENTRYPOINT ["/polinorm"]
