#!/usr/bin/env bash
# Writes the public members of the packages into their PublicAPI.Unshipped.txt: run it after changing any, and commit the files with the change.
# A release moves the lines to PublicAPI.Shipped.txt; one that is then removed needs a line '*REMOVED*' before it in PublicAPI.Unshipped.txt.
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C
for project in $(grep -rl --include='*.csproj' '<ListsPublicApi>true' src | sort); do
  folder=$(dirname "$project") listed=$(dirname "$project")/PublicAPI.Unshipped.txt
  kept=$(grep '^\*REMOVED\*' "$listed" || true)
  printf '#nullable enable\n' >"$listed"
  output=$(RunAnalyzers=true dotnet build "$project" --nologo --verbosity quiet -clp:NoSummary '-p:WarningsNotAsErrors=RS0016%3BRS0017' </dev/null || true)
  { echo "$kept"; sed -n "s/.*warning RS0016: Symbol '\(.*\)' is not part of the declared public API.*/\1/p" < <(grep -F "[$PWD/$project" <<<"$output"); } |
    grep . | sort -u >>"$listed" || true
  if errors=$(grep -E 'error [A-Z]+[0-9]+:' <<<"$output"); then
    echo "$project does not build:" >&2
    sort -u <<<"$errors" | head -n 10 >&2
    exit 1
  fi
  echo "$listed: $(($(wc -l <"$listed") - 1)) members"
done
