#!/usr/bin/env bash
# Sets up what is missing, builds, starts Tutti. A second start takes seconds.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: ./run.sh [options]

Sets up what is missing, builds the web app and the server, and starts Tutti.

  --port PORT     port to listen on, 1–65535             (TUTTI_PORT,  default 3000)
  --music DIR     music folder, read only; none: demo pieces (TUTTI_MUSIC, default none)
  --data DIR      database, keys, cut segments           (TUTTI_DATA,  default data/ in this repository)
  --host HOST     address to listen on                   (TUTTI_HOST,  default every address, IPv4 and IPv6)
  --qr WHEN       QR code at start: auto, always, never  (default auto: when this is a terminal)
  --build-only    set up and build, but do not start
  --help          this text

Every option of docs/operations.md may be given too: --Tutti:Sync:LeadFloorMs=80,
or in the environment: Tutti__Sync__LeadFloorMs=80. An option on the command line wins.
TEXT
}

root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
build_only=false
forward=()
for argument in "$@"; do
  case $argument in
    --help | -h)
      usage
      exit 0
      ;;
    --build-only) build_only=true ;;
    *) forward+=("$argument") ;;
  esac
done

# shellcheck source=scripts/setup.sh
source "$root/scripts/setup.sh"

need_packages ffmpeg:ffmpeg ffprobe:ffmpeg
need_dotnet
need_node
build_web
build_server
if $build_only; then exit 0; fi

export TUTTI_DATA=${TUTTI_DATA:-$root/data}
export Tutti__Http__WebRoot=${Tutti__Http__WebRoot:-$root/web/player/dist}
# exec: Ctrl-C and a service manager's SIGTERM reach the server itself.
exec dotnet "$server/Tutti.Server.dll" ${forward[@]+"${forward[@]}"}
