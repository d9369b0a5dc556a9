#!/usr/bin/env bash
# Sends the journeys to a server of their own, once for each city: the made-up town, and the real ones whose data is on this machine.
# GRIDWARD_BIN is the built binary; arguments name the cities (town karlsruhe tiexi; district, which is the town at its full size, only when named). Whatever was made is taken away again.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
data=$here/../../../shared/data
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

make_city() { # city, store
  case $1 in
    town)
      "$binary" demo --store "$2" --scale 0.02
      ;;
    district)
      "$binary" demo --store "$2"
      ;;
    karlsruhe)
      [ -e "$data/osm/karlsruhe-kirchfeld.osm.pbf" ] || return 3
      "$binary" import osm "$data/osm/karlsruhe-kirchfeld.osm.pbf" --store "$2" --name Karlsruhe
      "$binary" draft-grids --store "$2" --households 400
      "$binary" demo --store "$2" --only-people
      ;;
    tiexi)
      [ -e "$data/tiexi/adcode_fence_210106.geojson" ] || return 3
      "$binary" import areas "$data/tiexi/adcode_fence_210106.geojson" --store "$2" --frame gcj02 \
        --level district --code 210106 --name 铁西区 --attribution 'Vonng/adcode, CC BY 4.0'
      "$binary" import buildings "$data/tiexi/osm_shenyang_buildings_2021.geojson" --store "$2" --frame wgs84 \
        --attribution '© OpenStreetMap contributors, ODbL 1.0'
      "$binary" draft-grids --store "$2" --households 400
      ;;
    *)
      echo "there is no city $1; there are town, district, karlsruhe and tiexi" >&2
      return 2
      ;;
  esac
}

walk() { # city
  local log=$store/$1.log port made=0
  make_city "$1" "$store/$1" >"$log" 2>&1 || made=$?
  if [ "$made" -eq 3 ]; then
    echo "skipped: the data of $1 is not on this machine"
    return 0
  elif [ "$made" -ne 0 ]; then
    cat "$log" >&2
    return 1
  fi

  port=$(node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
  export GRIDWARD_URL=http://127.0.0.1:$port JOURNEY_CITY=$1
  "$binary" serve --store "$store/$1" --listen "127.0.0.1:$port" >"$log" 2>&1 &
  server=$!
  export GRIDWARD_PID=$server
  for _ in $(seq 300); do
    curl --silent --fail --output /dev/null "$GRIDWARD_URL/readyz" && break
    kill -0 "$server" 2>/dev/null || { cat "$log" >&2; return 1; }
    sleep 0.1
  done

  echo "journeys through $1"
  node --test --test-concurrency=1 "$here"/${JOURNEY_FILES:-*.test.mjs} || {
    echo "pictures of the journeys: $here/shots; what the server said:" >&2
    tail -n 30 "$log" >&2
    return 1
  }
  kill "$server"
  wait "$server" || true
  server=
}

[ "$#" -gt 0 ] || set -- town karlsruhe tiexi
for city in "$@"; do
  walk "$city"
done
