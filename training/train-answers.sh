#!/usr/bin/env bash
# Trains the judge of answers: train-answers.sh [CHECK.jsonl.gz]
# CHECK holds families of answers that are only measured.
set -euo pipefail
training=$(cd "$(dirname "$0")" && pwd)
jar="$training/../sample-app/target/sample-app.jar"
[ -f "$jar" ] || { echo "Build the sample first: mvn -pl sample-app -am package -DskipTests" >&2; exit 2; }

work=$(mktemp -d)
unzip -q "$jar" 'BOOT-INF/lib/*' -d "$work"
javac -d "$work/classes" -cp "$work/BOOT-INF/lib/*" "$training"/java/io/github/llmcache/equivalence/*.java
figures() { # what the library sees of all pairs of answers of one family
	java -cp "$work/classes:$work/BOOT-INF/lib/*" io.github.llmcache.equivalence.WriteFigures "$1" "$2"
}
figures "$training/data/answers.jsonl.gz" "$work/figures.jsonl"
[ $# -eq 0 ] || figures "$1" "$work/check.jsonl"
python3 "$training/answers.py" "$work/figures.jsonl" ${1:+--check "$work/check.jsonl"} \
	--out "$training/../llm-cache-autoconfigure/src/main/resources/io/github/llmcache/equivalence/answers.model"
