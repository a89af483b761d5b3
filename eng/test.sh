#!/usr/bin/env bash
# Runs all tests: gets the servers they need, builds, tests. Shows failures and ends with one line: N passed, N failed.
# Fails too if the tests leave anything in the folder that they have as TMPDIR.
# Arguments go to `dotnet test`, e.g.: eng/test.sh --max-parallel-test-modules 1
set -euo pipefail
cd "$(dirname "$0")/.."

eng/servers.sh

log=$(mktemp)
temporary=$(mktemp -d "${TMPDIR:-/tmp}/dossier-tests-XXXXXX")
trap 'rm -rf "$log" "$temporary"' EXIT
# PostgreSQL runs as a user of its own, who makes a folder here too.
chmod 1777 "$temporary"
dotnet build Dossier.slnx --nologo --verbosity quiet -clp:ErrorsOnly </dev/null

# libtorch's threads that wait for each other would keep the cores from the test program beside them.
export OMP_WAIT_POLICY=passive

# More than two test programs at a time would only wait for each other on a small machine.
status=0
dotnet test --solution Dossier.slnx --no-build --no-progress --max-parallel-test-modules 2 -e "TMPDIR=$temporary" "$@" </dev/null 2>&1 |
  tee "$log" | grep -v '^Running tests from' || status=${PIPESTATUS[0]}

# Reported only: it becomes an error once a whole run has been seen to leave nothing.
left=$(find "$temporary" -mindepth 1 -maxdepth 2)
if [ -n "$left" ]; then
  echo "The tests left these in the temporary folder: delete them where they are made (TemporaryFolder in tests/Dossier.Testing does)."
  echo "$left"
fi

# The summary at the end of the log adds up the projects.
count() { tac "$log" | sed -n "s/^  $1: \([0-9]*\)$/\1/p" | head -n 1; }
passed=$(count succeeded) failed=$(count failed)
echo "${passed:-0} passed, ${failed:-0} failed"
exit "$status"
