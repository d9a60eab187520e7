#!/usr/bin/env bash
# A private PostgreSQL in a temporary folder, reached over a socket file there, for as long as this script's standard input stays open.
# Prints its connection string (Npgsql's) once it takes connections. When standard input ends, it stops and the folder goes.
set -euo pipefail

find_tool() {
  local tool
  tool=$(command -v "$1" || find /usr/lib/postgresql -path "*/bin/$1" 2>/dev/null | sort -V | tail -n 1)
  if [[ -z $tool ]]; then
    echo "PostgreSQL's $1 is not installed; ./test.sh installs it." >&2
    exit 1
  fi
  readlink -f "$tool"
}

# PostgreSQL refuses to run as root.
if ((EUID == 0)); then
  user=nobody
  if getent passwd postgres >/dev/null; then user=postgres; fi
  exec setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups bash "${BASH_SOURCE[0]}"
fi

initdb=$(find_tool initdb)
postgres=$(find_tool postgres)
folder=$(mktemp -d "${TMPDIR:-/tmp}/tutti-postgres.XXXXXX")
pid=''
# shellcheck disable=SC2317  # Called by the trap.
end() {
  if [[ -n $pid ]]; then
    kill -INT "$pid" 2>/dev/null || true
    wait "$pid" || true
  fi
  rm -rf "$folder"
}
trap end EXIT
trap 'exit 0' INT TERM

cd "$folder"
LC_ALL=C "$initdb" --pgdata="$folder/db" --username=tutti --auth=trust --encoding=UTF8 --no-locale --no-sync >"$folder/log" 2>&1 ||
  { cat "$folder/log" >&2; exit 1; }
# Nothing here is to survive, so nothing waits for the disk.
LC_ALL=C "$postgres" -D "$folder/db" -k "$folder" -c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
  -c max_connections=100 -c shared_buffers=32MB >>"$folder/log" 2>&1 </dev/null &
pid=$!
for ((tries = 0; tries < 300; tries++)); do
  # The eighth line of the lock file becomes "ready" (PostgreSQL, miscadmin.h: LOCK_FILE_LINE_PM_STATUS).
  if [[ $(sed -n 8p "$folder/db/postmaster.pid" 2>/dev/null) == ready* ]]; then
    echo "Host=$folder;Username=tutti;Database=postgres"
    cat >/dev/null
    exit 0
  fi
  if ! kill -0 "$pid" 2>/dev/null; then break; fi
  sleep 0.1
done
cat "$folder/log" >&2
exit 1
