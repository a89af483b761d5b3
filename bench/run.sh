#!/usr/bin/env bash
# Builds dossier and the bench as they are published, measures the server on a fresh folder, prints the table, stops it.
# All arguments go to the bench, e.g.: bench/run.sh --quick   bench/run.sh --only metrics,search --format json
set -euo pipefail
cd "$(dirname "$0")/.."
out=artifacts/bench

publish() {
  dotnet publish "$1" --configuration Release --output "$2" --nologo --verbosity quiet >&2
}

case " $* " in
  *" --help "* | *" -h "* | *" -? "*) ;;
  *) publish src/Dossier.Cli "$out/dossier" ;;
esac
publish bench/Dossier.Bench "$out/bench"

# The program itself where publishing made one, so that its start is not that of `dotnet`.
dossier="$out/dossier/dossier"
exec "$out/bench/Dossier.Bench" \
  --server "$dossier server --host 127.0.0.1 --port {port} --backend-store sqlite:///{folder}/dossier.db --artifact-root {folder}/artifacts" "$@"
