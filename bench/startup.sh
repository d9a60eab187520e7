#!/usr/bin/env bash
# Measures how long the server takes from its start to its first answer, with a warm build: ./bench/startup.sh [runs]
# Each run starts the server on a data folder that was used before, asks for GET /api/rooms, and ends the server again.
set -euo pipefail

root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
runs=${1:-11}
port=${TUTTI_BENCH_PORT:-4390}
"$root/run.sh" --build-only
server="$root/.tutti/server/$(<"$root/.tutti/server.stamp")"
folder=$(mktemp -d)
mkdir "$folder/music"
pid=''
trap '[[ -z $pid ]] || kill "$pid" 2>/dev/null; rm -rf "$folder"' EXIT

now_ms() { echo $((${EPOCHREALTIME/./} / 1000)); }

first_answer() {
  local start
  start=$(now_ms)
  dotnet "$server/Tutti.Server.dll" --host 127.0.0.1 --port "$port" --music "$folder/music" --data "$folder/data" \
    "--Tutti:Http:WebRoot=$root/web/player/dist" >"$folder/log" 2>&1 &
  pid=$!
  # The shell's own connect costs well under a millisecond; a process for each try would take time from the server.
  until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
    if ! kill -0 "$pid" 2>/dev/null; then
      cat "$folder/log" >&2
      exit 1
    fi
  done
  curl --silent --fail --output /dev/null "http://127.0.0.1:$port/api/rooms"
  echo $(($(now_ms) - start)) >>"$folder/times"
  kill "$pid"
  wait "$pid" || true
  pid=''
}

first_answer # makes the database and the keys
: >"$folder/times"
for ((run = 0; run < runs; run++)); do first_answer; done
sort -n "$folder/times" | awk '{ t[NR] = $1 } END { printf "start to first answer: median %d ms, best %d ms, worst %d ms (%d starts)\n", t[int((NR + 1) / 2)], t[1], t[NR], NR }'
