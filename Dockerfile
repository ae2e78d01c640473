# The game as a container image, for self-hosting or as the image of a Lambda function.
#
#   docker build -t twenty .
#   docker run -p 127.0.0.1:8080:8080 -e OPENAI_API_KEY twenty
#
# It never writes to its file system, so `docker run --read-only` works.

ARG BUILD_IMAGE=rust:1.95-bookworm
ARG NODE_IMAGE=node:22-bookworm-slim
ARG RUNTIME_IMAGE=gcr.io/distroless/cc-debian12

FROM ${NODE_IMAGE} AS node

FROM ${BUILD_IMAGE} AS build
COPY --from=node /usr/local /opt/node
ENV PATH=/opt/node/bin:$PATH
WORKDIR /game

# Tools and dependencies first, against empty crates: Docker reuses these layers until a lock file changes.
COPY package.json package-lock.json Cargo.toml Cargo.lock ./
COPY scripts/setup scripts/setup
RUN scripts/setup play
COPY game/Cargo.toml game/
COPY knowledge/Cargo.toml knowledge/
COPY guesser/Cargo.toml guesser/
COPY model/Cargo.toml model/
COPY app/Cargo.toml app/
COPY app/guesser/Cargo.toml app/guesser/
COPY app/extras/Cargo.toml app/extras/
COPY app/send_wrapper/ app/send_wrapper/
COPY server/Cargo.toml server/
RUN for crate in game knowledge guesser model app app/guesser app/extras server; do \
      mkdir -p $crate/src $crate/benches $crate/examples && touch $crate/src/lib.rs; \
      # Cargo wants the files of all benchmarks and examples that a manifest names. Files of its other names do no harm.
      for name in $(sed -n 's/^name = "\(.*\)"/\1/p' $crate/Cargo.toml); do \
        touch $crate/benches/$name.rs $crate/examples/$name.rs; \
      done; \
    done \
 && echo 'fn main() {}' > server/src/main.rs \
 && cargo build --locked --release --package server \
 && CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="--cfg erase_components --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}/registry/src=crates" \
    cargo build --locked --profile wasm-release --package app --lib --no-default-features --features csr \
      --target wasm32-unknown-unknown --target-dir target/front \
 && rm -r */src */benches */examples app/guesser/src app/extras/src

COPY . .
# Cargo compares modification times, and what was built from the empty files may be newer than the real ones.
RUN find game knowledge guesser model app server -name '*.rs' -exec touch {} + \
 && scripts/bundle \
 && cargo build --locked --release --package server \
 && target/release/server site

FROM ${RUNTIME_IMAGE}
COPY --from=build /game/target/release/server /usr/local/bin/server
COPY --from=build /game/dist /srv/twenty
ENV ADDR=0.0.0.0:8080 SITE_DIR=/srv/twenty
EXPOSE 8080
USER 65532:65532
HEALTHCHECK --interval=30s --timeout=3s --start-period=2s CMD ["/usr/local/bin/server", "health"]
ENTRYPOINT ["/usr/local/bin/server"]
