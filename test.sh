#!/usr/bin/env bash
# Sets up what is missing and runs every test. Ends with the line "N passed, N failed".
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: ./test.sh [--quick] [--only cs|web|browser]

  --quick         without the tests that need a browser and a sound server
  --only PART     cs: C# without a browser; web: TypeScript; browser: real browsers with real sound
  --help          this text
TEXT
}

root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
parts=' cs web browser '
while (($# > 0)); do
  case $1 in
    --quick) parts=${parts/ browser / } ;;
    --only)
      case ${2-} in
        cs | web | browser) parts=" $2 " ;;
        *)
          usage >&2
          exit 2
          ;;
      esac
      shift
      ;;
    --help | -h)
      usage
      exit 0
      ;;
    *)
      usage >&2
      exit 2
      ;;
  esac
  shift
done
wants() { [[ $parts == *" $1 "* ]]; }

# shellcheck source=scripts/setup.sh
source "$root/scripts/setup.sh"
results="$state/results"
rm -rf "$results"
mkdir -p "$results"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
exec </dev/null

passed=0 failed=0 skipped=0
fail() {
  failed=$((failed + 1))
  say "FAILED: $*"
}

# add RUNNER PASSED FAILED SKIPPED EXIT: a runner that executed nothing, or that failed without counting a failure, is a failure itself.
add() {
  passed=$((passed + $2)) failed=$((failed + $3)) skipped=$((skipped + $4))
  say "$1: $2 passed, $3 failed, $4 skipped"
  if (($2 + $3 == 0)); then
    fail "$1 executed no test"
  elif (($5 != 0 && $3 == 0)); then
    fail "$1 ended with exit code $5"
  fi
}

check() {
  local title=$1
  shift
  say "· $title"
  "$@" >&2 || fail "$title"
}

# run_dotnet_tests PROJECT LIMIT: the project is built already.
run_dotnet_tests() {
  local name trx code=0 counters
  name=$(basename "$1")
  trx="$results/$name.trx"
  say "· $name"
  timeout --kill-after=10 "$2" dotnet test "$1" --no-build --configuration Release --nologo \
    --results-directory "$results" --logger "trx;LogFileName=$name.trx" >&2 || code=$?
  counters=$(grep -o '<Counters [^>]*>' "$trx" 2>/dev/null | head -n 1 || true)
  local total ran good
  total=$(attribute total "$counters") ran=$(attribute executed "$counters") good=$(attribute passed "$counters")
  add "$name" "$good" $((ran - good)) $((total - ran)) "$code"
}

attribute() {
  if [[ $2 =~ [[:space:]]$1=\"([0-9]+)\" ]]; then echo "${BASH_REMATCH[1]}"; else echo 0; fi
}

run_vitest() {
  local name json code=0
  name=$(basename "$1")
  json="$results/vitest-$name.json"
  say "· web/$name"
  (cd "$1" && timeout --kill-after=10 300 npx vitest run --reporter=default --reporter=json --outputFile.json="$json") >&2 || code=$?
  if [[ ! -s $json ]]; then echo '{}' >"$json"; fi
  local good bad rest
  read -r good bad rest < <(jq -r '"\(.numPassedTests // 0) \(.numFailedTests // 0) \((.numPendingTests // 0) + (.numTodoTests // 0))"' "$json")
  add "web/$name" "$good" "$bad" "$rest" "$code"
}

packages=(ffmpeg:ffmpeg ffprobe:ffmpeg curl:curl jq:jq)
if wants cs; then need_postgres; fi
if wants browser; then
  packages+=(chromium:chromium pulseaudio:pulseaudio pactl:pulseaudio-utils ip:iproute2)
fi
need_packages "${packages[@]}"
if wants cs || wants browser; then need_dotnet; fi
if wants web || wants browser; then need_node; fi

if wants web; then
  install_web
  check "biome" npm --prefix "$root/web" run lint
  check "tsc and svelte-check" npm --prefix "$root/web" run check
  for package in "$root"/web/*/package.json; do
    if jq -e '.scripts.test' "$package" >/dev/null; then run_vitest "$(dirname "$package")"; fi
  done
fi

if wants cs || wants browser; then
  if wants browser; then
    build_web
    build_server
  fi
  say "· building (warnings are errors)"
  if ! dotnet build "$root/Tutti.slnx" --configuration Release --nologo -clp:ErrorsOnly >&2; then
    fail "the build"
    parts=' '
  fi
  for project in "$root"/test/*/*.csproj; do
    case $(basename "$project") in
      *Browser*) if wants browser; then run_dotnet_tests "$(dirname "$project")" 420; fi ;;
      *) if wants cs; then run_dotnet_tests "$(dirname "$project")" 300; fi ;;
    esac
  done
fi

if ((passed + failed == 0)); then fail "no test was executed"; fi
if ((skipped > 0)); then
  echo "$passed passed, $failed failed, $skipped skipped"
else
  echo "$passed passed, $failed failed"
fi
((failed == 0))
