#!/usr/bin/env bash
# What an operator does with two instances of the sample that share a Redis, step by step. Each step is checked.
#
#   operators-story.sh http://localhost:8080 http://localhost:8081
#
# Takes curl and jq, and an empty cache. docs/operations.md says how to start the instances.
set -euo pipefail
cd "$(dirname "$0")"

one=$1
two=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

step() {
	echo
	echo "== $*"
}

check() { # what it is about, what is expected, what was found
	[ "$3" = "$2" ] || {
		echo "   $1: expected '$2', but found '$3'" >&2
		exit 1
	}
	echo "   $1: $3"
}

request() {
	curl -sS --fail-with-body -H 'Content-Type: application/json' "$@"
}

ask() { # instance, prompt, tenant
	request "$1/api/ask" -d "$(jq -n --arg prompt "$2" --arg tenant "${3:-}" '{task: "support", $prompt, $tenant}')"
}

outcome() {
	ask "$@" | jq -r .outcome
}

setting() { # instance, setting
	request "$1/actuator/llmcachesettings/support" | jq -rc ".$2"
}

figure() { # instance, figure
	request "$1/actuator/llmcache/support" | jq -r ".$2"
}

eventually() { # what it is about, what is expected, command
	local found="" i
	for ((i = 0; i < 600; i++)); do
		found=$("${@:3}")
		[ "$found" != "$2" ] || break
		sleep 0.1
	done
	check "$1" "$2" "$found"
}

original="How do I turn on dark mode?"
reworded="how can i turn dark mode on"

step "A wrong answer is reported"
request -X DELETE "$one/actuator/llmcache?all=true" >"$work/emptied"
check "the first instance asks the model" miss "$(outcome "$one" "$original")"
ask "$two" "$reworded" >"$work/answer"
check "the other one serves another wording" semantic "$(jq -r .outcome "$work/answer")"
entry=$(jq -r .entry "$work/answer")

step "It is explained"
request "$two/actuator/llmcacheexplain" \
	-d "$(jq -n --arg entry "$entry" --arg prompt "$reworded" '{task: "support", $entry, $prompt}')" >"$work/explained"
jq -r '"   " + .summary' "$work/explained"
check "it was loaded for" "$original" "$(jq -r .served.prompt "$work/explained")"

step "It is marked wrong"
wrong() {
	request "$one/actuator/llmcache/support/$1" -d "$(jq -n --arg prompt "$reworded" '{right: false, $prompt}')"
}
check "the entry is removed" true "$(wrong "$entry" | jq -r .removed)"

step "It is not served again, on either instance"
check "the original is asked again" miss "$(outcome "$one" "$original")"
for instance in "$two" "$one"; do
	check "the other wording gets an answer of its own" miss "$(outcome "$instance" "$reworded")"
	own=$(ask "$instance" "$reworded" | jq -r .entry)
	request -X DELETE "$one/actuator/llmcacheentries/support/$own" >"$work/deleted"
	check "which is deleted, for the next instance" 1 "$(jq -r .removed "$work/deleted")"
done

step "A setting is changed live, and changed back"
check "an invoice is asked for" miss "$(outcome "$one" "How do I download an invoice?")"
request "$one/actuator/llmcachesettings/support" -d '{"semantic": false}' >"$work/changed"
eventually "the other instance follows" '{"value":false,"origin":"live"}' setting "$two" semantic
check "it does not match other wordings" miss "$(outcome "$two" "how can i download an invoice")"
request -X DELETE "$two/actuator/llmcachesettings/support" >"$work/changed"
eventually "the first instance follows" '{"value":true,"origin":"annotation"}' setting "$one" semantic
check "it matches other wordings" semantic "$(outcome "$one" "Please, how could I download an invoice?")"

step "A tenant is erased"
refund="How do I get a refund?"
for tenant in acme globex; do
	check "$tenant asks" miss "$(outcome "$one" "$refund" "$tenant")"
	check "$tenant asks again" exact "$(outcome "$two" "$refund" "$tenant")"
done
request "$one/actuator/llmcacheerasure" -d '{"scope": "acme"}' >"$work/erased"
check "entries of acme erased" 1 "$(jq -r .entries "$work/erased")"
check "left of acme" 0 "$(jq -r .left "$work/erased")"
check "globex still has its answer" exact "$(outcome "$two" "$refund" globex)"
check "acme has none" miss "$(outcome "$two" "$refund" acme)"

step "Entries are exported, the store is emptied, and they are imported"
before=$(figure "$one" entries)
./transfer.sh export "$one/actuator" support "$work/entries.jsonl" | sed 's/^/   /'
check "entries in the file" "$before" "$(grep -c '^{"v":' "$work/entries.jsonl")"
check "entries evicted" "$before" "$(request -X DELETE "$one/actuator/llmcache?task=support" | jq -r .removed)"
check "entries left" 0 "$(request "$two/actuator/llmcacheentries/support" | jq '.entries | length')"
./transfer.sh import "$two/actuator" support "$work/entries.jsonl" | sed 's/^/   /'
hits=$(figure "$one" hits)
check "entries there" "$before" "$(request "$one/actuator/llmcacheentries/support" | jq '.entries | length')"
check "globex has its answer again" exact "$(outcome "$one" "$refund" globex)"
check "and so has everybody" exact "$(outcome "$one" "$original")"

step "The figures have moved"
check "hits of the first instance" "$((hits + 2))" "$(figure "$one" hits)"
jq -rn --argjson one "$(request "$one/actuator/llmcache/support")" --argjson two "$(request "$two/actuator/llmcache/support")" \
	'$one, $two | "   \(.requests) requests, \(.hits) hits, \(.entries) entries, evictions: \(.evictions)"'
echo
echo "Done."
