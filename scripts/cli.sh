#!/usr/bin/env bash
# Builds the command line `tutti` into one file: .tutti/cli/tutti. With --install, also puts it into ~/.local/bin.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: ./scripts/cli.sh [--install]

Builds the command line client into .tutti/cli/tutti, one file that needs the .NET 10 runtime.

  --install   also puts it into ~/.local/bin
  --help      this text
TEXT
}

root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
install=false
for argument in "$@"; do
  case $argument in
    --install) install=true ;;
    --help | -h)
      usage
      exit 0
      ;;
    *)
      usage >&2
      exit 2
      ;;
  esac
done

# shellcheck source=scripts/setup.sh
source "$root/scripts/setup.sh"
need_dotnet
build_cli
say "$cli"
if $install; then
  mkdir -p "$HOME/.local/bin"
  cp "$cli" "$HOME/.local/bin/tutti"
  say "$HOME/.local/bin/tutti"
  if [[ :$PATH: != *:$HOME/.local/bin:* ]]; then say "(which is not in your PATH yet)"; fi
fi
