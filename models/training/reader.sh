#!/usr/bin/env bash
# Trains the second reader in three steps, from the files that README.md's commands write into the project's root:
# questions.jsonl, near-misses.jsonl, more-near-misses.jsonl, kinds.jsonl, far.jsonl. Writes models/bge-small-en-v1.5-cables-reader.
set -euo pipefail
cd "$(dirname "$0")/../.."
final=models/bge-small-en-v1.5-cables-reader
first=$(mktemp -d) second=$(mktemp -d)
cp -r $final/. "$first" && cp -r $final/. "$second"
git show 38a4b92:$final/onnx/model_quantized.onnx > "$first/before.onnx"

# Two lines a near miss: it and its twin. Every nth of them.
every() { awk -v n="$1" 'int((NR - 1) / 2) % n == 0' "$2"; }
# The near misses in other words and the questions of kinds that the second step learns from; the third has the rest.
far=$((2 * 2912)) kinds=1000
train() { venv/bin/python models/training/reader.py bge-small-en-v1.5.onnx bge-small-en-v1.5-tokenizer.json "$@" --held-out 0; }

cat near-misses.jsonl more-near-misses.jsonl > all.jsonl
train questions.jsonl all.jsonl "$first" --start "$first/before.onnx"

(head -n $kinds kinds.jsonl; awk 'NR % 2' questions.jsonl) > asked.jsonl
every 10 all.jsonl > some.jsonl
head -n $far far.jsonl > ordered.jsonl
train asked.jsonl some.jsonl "$second" --start "$first/onnx/model_quantized.onnx" --ordered ordered.jsonl --negatives 2 --rate 3e-5

(tail -n +$((kinds + 1)) kinds.jsonl | awk 'NR % 7 < 5'; awk 'NR % 11 == 0' questions.jsonl) > asked.jsonl
every 53 all.jsonl > some.jsonl
(tail -n +$((far + 1)) far.jsonl | awk 'int((NR - 1) / 2) % 9 < 5'; every 12 ordered.jsonl) > fewer.jsonl
train asked.jsonl some.jsonl $final --start "$second/onnx/model_quantized.onnx" --ordered fewer.jsonl --negatives 2 --rate 2e-5
