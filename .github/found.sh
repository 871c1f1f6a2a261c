#!/usr/bin/env bash
# found.sh FILE TITLE COMMAND…: runs a command, and adds its last words to FILE where it fails.
set -uo pipefail
file=$1 title=$2
shift 2
mkdir -p "$(dirname "$file")"
touch "$file"
if ! said=$("$@" 2>&1); then
  printf '%s\n\n%s\n\n' "$title" "$(tail -n 80 <<<"$said")" >>"$file"
fi
printf '%s\n' "$said"
