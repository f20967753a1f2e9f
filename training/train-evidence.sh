#!/usr/bin/env bash
# Trains the evidence model: train-evidence.sh DATA [WORK]
# DATA holds train_intents and train_pairs (.jsonl.gz); WORK is for what comes in between.
set -euo pipefail
training=$(cd "$(dirname "$0")" && pwd)
data=$(cd "$1" && pwd)
work=${2:-$(mktemp -d)}
jar="$training/../sample-app/target/sample-app.jar"
calibration="$training/../llm-cache-autoconfigure/src/main/resources/io/github/llmcache/calibration"
[ -f "$jar" ] || { echo "Build the sample first: mvn -pl sample-app -am package -DskipTests" >&2; exit 2; }

cd "$training"
python3 words.py "$data/train_pairs.jsonl.gz" "$data/train_intents.jsonl.gz" "$calibration/word-rarity.txt"
python3 streams.py "$data/train_intents.jsonl.gz" "$data/train_pairs.jsonl.gz" data/clusters_unseen.jsonl.gz data/answers.jsonl.gz \
	"$work/streams.jsonl.gz"
# what the cache knows of candidates, where the verifier alone decides
java -jar "$jar" replay --requests="$work/streams.jsonl.gz" --llm-cache.semantic.evidence=verifier \
	--llm-cache.semantic.audit-rate=0.000001 --sample.replay.matches="$work/matches.jsonl"
python3 evidence.py "$work/matches.jsonl" --out "$calibration/evidence.model"
