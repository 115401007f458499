#!/bin/sh
# Resolve pyproject.toml in a clean environment and write the exact versions to requirements.lock.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir"
"$dir/bin/pip" install --quiet hatchling editables pip
"$dir/bin/pip" install --quiet -e '.[dev]'
{
  echo "# Exact versions, written by 'make lock'; installed with --no-deps."
  "$dir/bin/pip" freeze --exclude-editable | grep -v '^dondoc'
} >requirements.lock
