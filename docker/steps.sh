#!/usr/bin/env bash
# Does what docker/Dockerfile does, step by step and without an engine, in an empty folder: copies what it copies,
# installs as it installs, keeps what it keeps, starts the bot as the image does, asks for its health as the image's
# HEALTHCHECK does, and stops it as docker stop does.
#
#     bash docker/steps.sh FOLDER
set -euo pipefail
cd "$(dirname "$0")/.."
source=$PWD
target=$1
most_megabytes=250

fail() { echo "docker/steps.sh: $1" >&2; exit 1; }

[ -z "$(ls -A "$target")" ] || fail "$target is not empty"
mkdir "$target/build" "$target/app" "$target/index" "$target/data"

# COPY … of the first stage, but for what .dockerignore leaves out.
grep -E '^COPY [^-]' docker/Dockerfile | while read -r _ line; do
  read -ra names <<<"$line"
  unset 'names[-1]'
  for name in "${names[@]}"; do cp -r "$source/$name" "$target/build/"; done
done
rm -rf "$target/build/models/training"

# RUN npm ci …, as it stands there.
install=$(sed -n 's/^RUN \(npm ci .*\)$/\1/p' docker/Dockerfile)
[ -n "$install" ] || fail 'the Dockerfile installs nothing'
(cd "$target/build" && bash -c "$install")
megabytes=$(du -sm "$target/build/node_modules" | cut -f1)
echo "node_modules: $megabytes MB"
[ "$megabytes" -le "$most_megabytes" ] || fail "node_modules has $megabytes MB, more than $most_megabytes"

# COPY --from=build … of the second.
grep -E '^COPY --from=build' docker/Dockerfile | while read -r _ _ from _; do
  cp -r "$target/build/${from#/app/}" "$target/app/"
done
rm -rf "$target/build"
chmod -R a-w "$target/app" # read_only: true

export NODE_ENV=production PILCROW_INDEX="$target/index" PILCROW_DATA="$target/data"
cd "$target/app"
node dist/cli/main.js ingest samples
# Discord is not there: the bot tries again and again, and is healthy.
export PILCROW_PORT=9464 DISCORD_TOKEN=none DISCORD_API_URL=http://127.0.0.1:9
node dist/cli/main.js bot 2>"$target/log" &
bot=$!
trap 'kill -9 $bot 2>/dev/null || true; chmod -R u+w "$target/app"' EXIT
health=$(sed -n 's/^  CMD \["node", "-e", "\(.*\)"\]$/\1/p' "$source/docker/Dockerfile")
[ -n "$health" ] || fail 'the Dockerfile has no HEALTHCHECK'
until node -e "$health"; do
  kill -0 $bot 2>/dev/null || { cat "$target/log"; fail 'the bot has ended'; }
  sleep 1
done
kill -TERM $bot
wait $bot || { cat "$target/log"; fail "the bot ended with $?"; }
echo 'installed, started, healthy, stopped'
