#!/usr/bin/env bash
# Makes sure that the servers which tests start are installed. Says what to do where it may not install them itself.
set -euo pipefail

has_postgresql() {
  [ -n "${DOSSIER_TEST_PG_BIN:-}" ] || command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null
}

if has_postgresql; then
  exit 0
fi

if [ "$(id -u)" = 0 ]; then
  as_root=()
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
  as_root=(sudo -n)
else
  echo "The tests need PostgreSQL. Install it with: sudo apt-get install postgresql" >&2
  exit 1
fi

if ! command -v apt-get >/dev/null; then
  echo "The tests need PostgreSQL's programs initdb and postgres. Install them, and set DOSSIER_TEST_PG_BIN to their folder." >&2
  exit 1
fi

echo "Installing PostgreSQL for the tests."
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive sh -c \
  'apt-get -qq update && apt-get -qq install -y --no-install-recommends postgresql' </dev/null >/dev/null
