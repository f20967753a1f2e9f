#!/usr/bin/env bash
# Exports the entries of a task into a file, or imports them from it:
#
#   transfer.sh export http://localhost:8080/actuator support-answer entries.jsonl
#   transfer.sh import http://localhost:8080/actuator support-answer entries.jsonl
#
# Takes curl and jq. Run it again after it has failed: an export goes on where it was broken off, and an import leaves what is
# there already. A file that is there is complete. Options of curl, such as a user, are taken from $CURL_OPTIONS.
set -euo pipefail

fail() {
	echo "$*" >&2
	exit 1
}

[ $# -eq 4 ] || fail "Usage: $0 export|import ACTUATOR TASK FILE"
url="$2/llmcachetransfer/$3"
file=$4

request() {
	# shellcheck disable=SC2086 # several options
	curl -sS --fail-with-body ${CURL_OPTIONS:-} "$@"
}

is_complete() {
	tail -n 1 "$1" | grep -q '^{"end":true,.*}$'
}

export_entries() {
	local part="$file.part" page="" cursor=()
	if [ -s "$part" ]; then
		page=$(grep -n '^{"cursor":.*}$' "$part" | tail -n 1 | cut -d: -f1 || true)
		head -n "${page:-0}" "$part" >"$part.pages"
		mv "$part.pages" "$part"
	fi
	if [ -n "$page" ]; then
		cursor=(--data-urlencode "cursor=$(tail -n 1 "$part" | jq -r .cursor)")
		echo "going on after line $page"
	fi
	request -G "${cursor[@]}" "$url" >>"$part" || fail "The export was broken off; run it again to go on."
	is_complete "$part" || fail "The export was broken off; run it again to go on."
	mv "$part" "$file"
	echo "exported $(grep -c '^{"v":' "$file" || true) entries"
}

import_entries() {
	is_complete "$file" || fail "$file is not complete. Export it again."
	local lines first
	lines=$(wc -l <"$file")
	for ((first = 1; first <= lines; first += 500)); do
		sed -n "$first,$((first + 499))p" "$file" | jq -Rs '{lines: .}' |
			request -H 'Content-Type: application/json' -d @- "$url" |
			jq -r --arg from "$first" --arg of "$lines" \
				'"from line \($from) of \($of): \(.imported) imported, \(.embedded) of them embedded, \(.present) present, \(.expired) expired, \(.evicted) evicted"'
	done
}

case $1 in
export) export_entries ;;
import) import_entries ;;
*) fail "Usage: $0 export|import ACTUATOR TASK FILE" ;;
esac
