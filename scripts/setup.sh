# shellcheck shell=bash
# What run.sh and test.sh share: finding the tools, installing what is absent, building once.
# Sourced; expects `root` (the repository) and gives functions only.
# `state` holds what may be deleted at any time: fingerprints, the published server, logs of builds.

: "${root:?is set by the script that sources this}"
state="$root/.tutti"
mkdir -p "$state"

say() { printf '%s\n' "$*" >&2; }

die() {
  say "$@"
  exit 1
}

# Runs a step quietly; shows its output only when it fails.
step() {
  local title=$1 log="$state/step.log"
  shift
  say "· $title"
  if ! "$@" >"$log" 2>&1; then
    tail -n 60 "$log" >&2
    die "$title failed; all of what it said is in $log."
  fi
}

# need_packages command:package…: installs by apt the packages whose command is absent.
need_packages() {
  local pair missing=()
  for pair in "$@"; do
    command -v "${pair%%:*}" >/dev/null || missing+=("${pair#*:}")
  done
  if ((${#missing[@]} == 0)); then return; fi

  local unique
  mapfile -t unique < <(printf '%s\n' "${missing[@]}" | sort -u)
  local typed="sudo apt-get update && sudo apt-get install -y ${unique[*]}"
  if ! command -v apt-get >/dev/null; then
    die "Tutti needs: ${unique[*]}. Install them with this system's package manager and start again."
  fi
  local as_root=()
  if ((EUID != 0)); then
    if ! sudo -n true 2>/dev/null; then
      say "Tutti needs: ${unique[*]}. Type this and start again:"
      die "  $typed"
    fi
    as_root=(sudo -n)
  fi
  as_root+=(env DEBIAN_FRONTEND=noninteractive)
  step "updating the package list" "${as_root[@]}" apt-get update -q
  step "installing ${unique[*]}" without_services "${as_root[@]}" apt-get install -y -q --no-install-recommends "${unique[@]}"
}

# PostgreSQL's server is not on the path where Debian puts it.
need_postgres() {
  if ! command -v postgres >/dev/null && ! compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null; then
    need_packages postgres:postgresql
  fi
}

# Keeps apt from starting the services that it installs (Debian policy-rc.d(8): 101 = not allowed).
without_services() {
  local policy=/usr/sbin/policy-rc.d mine=false result=0
  if ((EUID == 0)) && [[ ! -e $policy ]]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
    mine=true
  fi
  "$@" || result=$?
  if $mine; then rm -f "$policy"; fi
  return "$result"
}

need_dotnet() {
  if ! command -v dotnet >/dev/null && [[ -x $HOME/.dotnet/dotnet ]]; then
    export PATH="$HOME/.dotnet:$PATH" DOTNET_ROOT="$HOME/.dotnet"
  fi
  local found=none
  if command -v dotnet >/dev/null; then found=$(dotnet --list-sdks | awk '{print $1}' | sort -V | tail -n 1); fi
  if [[ $found =~ ^([0-9]+)\. ]] && ((BASH_REMATCH[1] >= 10)); then return; fi
  say "Tutti needs the .NET SDK 10 or newer (found: ${found:-none}). Get it with"
  say "  curl -sSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0"
  die "which puts it into ~/.dotnet, where $0 looks for it; or as https://learn.microsoft.com/dotnet/core/install/linux says."
}

need_node() {
  local found=none
  if command -v node >/dev/null; then found=$(node --version); fi
  if [[ $found =~ ^v([0-9]+)\.([0-9]+) ]]; then
    local major=${BASH_REMATCH[1]} minor=${BASH_REMATCH[2]}
    if ((major > 20 || (major == 20 && minor >= 19))) && command -v npm >/dev/null; then return; fi
  fi
  say "Tutti builds its web app with Node.js 20.19 or newer and npm (found: $found). Get them with"
  say "  sudo apt-get install -y nodejs npm       (Debian 13, Ubuntu 25.04 and later)"
  die "or from https://nodejs.org/en/download, and start again."
}

# Fingerprint of every source file under the given paths (content, so that neither clock nor checkout order matters).
fingerprint() {
  (
    cd "$root" || exit
    find "$@" \( -name node_modules -o -name dist -o -name bin -o -name obj \) -prune -o -type f -print0 |
      LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16
  )
}

# unchanged NAME FINGERPRINT: is this what NAME was last made from?
unchanged() { [[ -f $state/$1.stamp && $(<"$state/$1.stamp") == "$2" ]]; }
remember() { printf '%s\n' "$2" >"$state/$1.stamp"; }

install_web() {
  local now
  now="$(fingerprint web/package-lock.json web/.npmrc) $(node --version)"
  if unchanged npm "$now" && [[ -d $root/web/node_modules ]]; then return; fi
  # Not `npm ci`: it refuses a lock file without the optional binaries for other platforms, which not every registry has.
  # Versions are those of the lock file all the same, and --no-save leaves it alone.
  step "fetching the web app's packages" npm --prefix "$root/web" install --no-save --no-progress
  remember npm "$now"
}

build_web() {
  install_web
  local now
  now=$(fingerprint web)
  if unchanged web "$now" && [[ -f $root/web/player/dist/index.html ]]; then return; fi
  step "building the web app" npm --prefix "$root/web" run build
  remember web "$now"
}

# Publishes the server, compiled ahead of time for a fast start, and sets `server` to its folder.
# Each build has a folder of its own, so that a server that is still running keeps its files.
build_server() {
  local now
  now=$(fingerprint src Directory.Build.props Directory.Packages.props global.json)
  server="$state/server/$now"
  if [[ -f $server/Tutti.Server.dll ]] && unchanged server "$now"; then return; fi
  step "building the server" dotnet publish "$root/src/Tutti.Server" --configuration Release --use-current-runtime \
    --no-self-contained --output "$server" -p:PublishReadyToRun=true --nologo
  local previous=''
  if [[ -f $state/server.stamp ]]; then previous=$(<"$state/server.stamp"); fi
  remember server "$now"
  local old
  for old in "$state"/server/*/; do
    old=$(basename "$old")
    if [[ $old != "$now" && $old != "$previous" ]]; then rm -rf "$state/server/$old"; fi
  done
}

# Publishes the command line client as one file and sets `cli` to it.
build_cli() {
  local now
  now=$(fingerprint src/Tutti.Cli src/Tutti.Client src/Tutti.Protocol src/Tutti.Timing Directory.Build.props Directory.Packages.props global.json)
  cli="$state/cli/tutti"
  if [[ -x $cli ]] && unchanged cli "$now"; then return; fi
  step "building tutti" dotnet publish "$root/src/Tutti.Cli" --configuration Release --use-current-runtime \
    --no-self-contained --output "$state/cli" -p:PublishSingleFile=true -p:PublishReadyToRun=true -p:DebugType=none \
    -p:GenerateDocumentationFile=false --nologo
  remember cli "$now"
}
