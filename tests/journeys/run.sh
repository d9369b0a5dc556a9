#!/usr/bin/env bash
# Sends the journeys to a server of their own: GRIDWARD_BIN is the built binary. The city is made up for them, or, where
# JOURNEY_OSM names a file, imported from it. Whatever was made is taken away again.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
binary=${GRIDWARD_BIN:?names the built gridward, such as target/debug/gridward}
store=$(mktemp -d)
server=
finish() {
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$store"
}
trap finish EXIT

if [ -n "${JOURNEY_OSM:-}" ]; then
  export JOURNEY_CITY=${JOURNEY_CITY:-karlsruhe}
  "$binary" import osm "$JOURNEY_OSM" --store "$store" >/dev/null
  "$binary" draft-grids --store "$store" --households 400 >/dev/null
else
  export JOURNEY_CITY=${JOURNEY_CITY:-tiexi}
  "$binary" demo --store "$store" >/dev/null
fi

port=$(node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
export GRIDWARD_URL=http://127.0.0.1:$port
log=$store/server.log
"$binary" serve --store "$store" --listen "127.0.0.1:$port" >"$log" 2>&1 &
server=$!
for _ in $(seq 100); do
  curl --silent --fail --output /dev/null "$GRIDWARD_URL/readyz" && break
  kill -0 "$server" 2>/dev/null || { cat "$log" >&2; exit 1; }
  sleep 0.1
done

node --test --test-concurrency=1 "$here"/*.test.mjs || {
  echo "pictures of the journeys: $here/shots; what the server said:" >&2
  tail -n 30 "$log" >&2
  exit 1
}
