#!/usr/bin/env bash
# Publishes dossier as it is shipped, measures the server on a fresh folder, prints the table, stops it.
# All arguments go to the bench, e.g.: bench/run.sh --quick   bench/run.sh --only metrics,search --format json   bench/run.sh --check
set -euo pipefail
cd "$(dirname "$0")/.."
out=artifacts/bench

# A build tree and lock files of its own: compiling ahead of time adds this machine's runtime to them.
publish() {
  local project=$1
  shift
  dotnet publish "$project" --configuration Release --output "$out/$(basename "$project")" --artifacts-path "$out/build" \
    -p:NuGetLockFilePath=obj/publish.lock.json --nologo --verbosity quiet -clp:ErrorsOnly "$@" >&2
}

publish bench/Dossier.Bench
case " $* " in
  *" --help "* | *" -h "* | *" -? "*) exec "$out/Dossier.Bench/Dossier.Bench" --help ;;
esac
publish src/Dossier.Cli --use-current-runtime --no-self-contained -p:PublishReadyToRun=true

exec "$out/Dossier.Bench/Dossier.Bench" \
  --server "$out/Dossier.Cli/dossier server --host 127.0.0.1 --port {port} --backend-store sqlite:///{folder}/dossier.db --artifact-root {folder}/artifacts" "$@"
