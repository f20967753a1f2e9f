#!/usr/bin/env bash
# Trains the paraphrase model: train-paraphrase.sh ENCODER PAIRS [CHECKPOINT]
# ENCODER holds model.onnx (float) and tokenizer.json of all-MiniLM-L6-v2, PAIRS is train_pairs.jsonl.gz. Resumes.
set -euo pipefail
training=$(cd "$(dirname "$0")" && pwd)
checkpoint=${3:-verifier.pt}
model="$training/../llm-cache-spring-boot-starter/src/main/resources/io/github/llmcache/models/paraphrase/model.onnx"
python3 "$training/train.py" --encoder "$1" --pairs "$2" --count 300000 --rate 3e-4 --out "$checkpoint"
python3 "$training/export.py" "$checkpoint" "$model"
