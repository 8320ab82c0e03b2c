"""Trains the embedder: contrastive training of bge-small-en-v1.5 on questions over the cables.

usage: embedder.py BASE.onnx TOKENIZER.json QUESTIONS.jsonl NEAR-MISSES.jsonl OUT_FOLDER [options]
  BASE.onnx       the 32-bit graph of bge-small-en-v1.5, TOKENIZER.json its tokenizer (README.md says where from)
  QUESTIONS.jsonl, NEAR-MISSES.jsonl
                  what `npm run candidates` wrote of the training questions and of the near misses
  OUT_FOLDER      gets onnx/model_quantized.onnx, pilcrow.json and the vectors of reference.jsonl; the tokenizer,
                  config.json and the texts of reference.jsonl lie there already

What it learns, in each step over 24 questions: that the paragraph that answers is nearer than one written as a
decoy, one that the first ranking finds, and all others of the step ([CLS], as passages are compared); and that the
sentence that answers is nearer than all others of the step (the mean of its words, as sentences are compared).
"""
import argparse, json, sys
from pathlib import Path
import onnx, torch, torch.nn.functional as F
from onnxruntime.quantization import QuantType, quantize_dynamic
from bge import CLS, SEP, Encoder, add_arguments, begin, describe, fold_of, learn, optimiser_of, put_back, rows

PREFIX = 'Represent this sentence for searching relevant passages: '
TEMPERATURE, SENTENCE_TEMPERATURE = 0.02, 0.05


class Packer:
    """Makes tokens of questions and passages, as src/embedding/worker.ts does."""

    def __init__(self, tokenizer, limit, rng):
        self.tokenizer, self.limit, self.rng = tokenizer, limit, rng
        self.prefix, self.known = self.ids(PREFIX), {}

    def ids(self, text):
        return self.tokenizer.encode(text, add_special_tokens=False).ids

    def question(self, text):
        """ids, and the range of its own words."""
        asked = self.ids(text)[:64]
        ids = [CLS] + self.prefix + asked + [SEP]
        return ids, [(1 + len(self.prefix), len(ids) - 1)]

    def passage(self, context, sentences, wanted=None):
        """ids, the ranges of its sentences, and which of them answer; a long one is cut around the sentence wanted."""
        key = context, tuple(sentences)
        if key not in self.known:
            self.known[key] = self.ids(context)[:48], [self.ids(each) for each in sentences]
        before, tokens = self.known[key]
        room = self.limit - len(before) - 2
        first = 0
        if wanted and sum(map(len, tokens)) > room:
            first = wanted[0]
            left = room - len(tokens[first])
            spare = self.rng.random() * left
            while first and len(tokens[first - 1]) <= spare:
                first -= 1
                spare -= len(tokens[first])
        ids, ranges, kept = [CLS] + before, [], []
        for k in range(first, len(tokens)):
            part = tokens[k][:self.limit - 1 - len(ids)]
            if not part:
                break
            ranges.append((len(ids), len(ids) + len(part)))
            kept.append(k)
            ids = ids + part
        right = [at for at, k in enumerate(kept) if wanted and k in wanted]
        return ids + [SEP], ranges, right


def groups_of(questions, near_misses, held_out):
    """Questions with the paragraph that answers and those that do not; and every passage that is found for any."""
    passages = {(c['c'], c['n']): (c['ctx'], c['text']) for row in questions + near_misses for c in row['cands']}
    groups = []

    def add(row, keys, span, hard):
        keys = [key for key in keys if key in passages]
        if not keys or fold_of(keys[0][0]) == held_out:
            return
        plain = ' '.join(span.split()).lower() if span else None
        keys.sort(key=lambda key: not (plain and plain in ' '.join(passages[key][1]).lower()))
        mined = [(c['c'], c['n']) for c in row['cands'] if (c['c'], c['n']) not in keys]
        groups.append(dict(q=row['q'], keys=keys, span=plain, hard=[key for key in hard if key in passages and key not in keys], mined=mined[1:]))

    for row in questions:
        add(row, [(row['cable'], n) for n in row['paras']], row['span'], [tuple(each) for each in row['hard']])
    for row in near_misses:
        if row['kind'] == 'twin':
            add(row, [tuple(row['nearest'])], None, [])
    return groups, passages


def sentences_with(sentences, plain):
    """Which sentences hold a part of these words, folded."""
    at = ' '.join(sentences).lower().find(plain) if plain else -1
    if at < 0:
        return []
    found, start = [], 0
    for k, each in enumerate(sentences):
        if start < at + len(plain) and start + len(each) > at:
            found.append(k)
        start += len(each) + 1
    return found


def loss_of(model, batch, passages, pack, rng):
    asked, read, owners = [], [], []
    for group in batch:
        asked.append(pack.question(group['q']))
    def add(key, wanted=None):
        context, sentences = passages[key]
        read.append(pack.passage(context, sentences, wanted))
        owners.append(key)
    for group in batch:
        add(group['keys'][0], sentences_with(passages[group['keys'][0]][1], group['span']))
    for group in batch:
        if group['mined'] or group['hard']:
            add(rng.choice(group['hard']) if group['hard'] else rng.choice(group['mined']))
        if group['mined']:
            add(group['mined'][min(len(group['mined']) - 1, int(rng.random() ** 1.5 * 20))])
    texts = [ids for ids, *_ in asked] + [ids for ids, *_ in read]
    with torch.autocast('cpu', dtype=torch.bfloat16):
        states, starts = model.states([(ids, [0] * len(ids)) for ids in texts])
    n = len(batch)
    pooled = F.normalize(states[starts], dim=-1)
    near = pooled[:n] @ pooled[n:].T / TEMPERATURE
    known = torch.zeros_like(near)
    for row, group in enumerate(batch):
        for k, key in enumerate(owners):
            if k != row and key in group['keys']:
                known[row, k] = -1e4
    whole = F.cross_entropy(near + known, torch.arange(n))
    mean = lambda at, ranges: [states[at + low:at + high].mean(0) for low, high in ranges]
    words = F.normalize(torch.stack([mean(at, ranges)[0] for at, (_, ranges) in zip(starts.tolist(), asked)]), dim=-1)
    sentences, rights, offset = [], [[] for _ in batch], 0
    for k, (at, (_, ranges, right)) in enumerate(zip(starts.tolist()[n:], read)):
        if k < n:
            rights[k] = [offset + each for each in right]
        sentences += mean(at, ranges)
        offset += len(ranges)
    told = [k for k in range(n) if rights[k]]
    if not told:
        return whole, whole.new_zeros(())
    scores = words[told] @ F.normalize(torch.stack(sentences), dim=-1).T / SENTENCE_TEMPERATURE
    odds = F.log_softmax(scores, -1)
    one = torch.stack([-torch.logsumexp(odds[row][rights[k]], 0) for row, k in enumerate(told)]).mean()
    return whole, one


def vector_of(model, ids):
    with torch.no_grad():
        states, _ = model.states([(ids, [0] * len(ids))])
    return F.normalize(states[0], dim=-1)


def write(model, graph, folder, tokenizer):
    put_back(model, graph)
    (folder / 'onnx').mkdir(parents=True, exist_ok=True)
    whole = folder / 'embedder-f32.onnx'
    onnx.save(graph, whole)
    quantize_dynamic(whole, folder / 'onnx' / 'model_quantized.onnx', per_channel=True, weight_type=QuantType.QInt8)
    whole.unlink()
    reference = rows(folder / 'reference.jsonl')
    for each in reference:
        ids = tokenizer.encode(PREFIX + each['text'] if each['query'] else each['text']).ids
        if len(ids) > 512:
            ids = ids[:511] + [SEP]
        each['vector'] = [round(value, 6) for value in vector_of(model, ids).tolist()]
    (folder / 'reference.jsonl').write_text(''.join(json.dumps(each, ensure_ascii=False) + '\n' for each in reference))
    describe(folder, dimension=384, maxTokens=512, pooling='cls', questionPrefix=PREFIX, window=dict(tokens=512, overlap=64))


def main():
    parser = argparse.ArgumentParser()
    add_arguments(parser, rate=4e-5, passes=2, frozen=0, tokens=176)
    parser.add_argument('--batch', type=int, default=24)
    parser.add_argument('--sentences', type=float, default=0.3, help='the weight of the sentences')
    a = parser.parse_args()
    torch.manual_seed(5)
    model = Encoder()
    graph, tokenizer, rng = begin(model, a)
    groups, passages = groups_of(rows(a.questions), rows(a.near_misses), a.held_out)
    pack = Packer(tokenizer, a.tokens, rng)
    print(f'{len(groups)} questions, {len(passages)} passages', flush=True)
    losses = lambda batch: loss_of(model, batch, passages, pack, rng)
    learn(model, optimiser_of(model, a.rate), groups, a.batch, a.passes, rng, losses, (1, a.sentences), 'paragraph, sentence')
    if a.keep:
        torch.save(model.state_dict(), a.keep)
    write(model, graph, Path(a.out), tokenizer)
    print('wrote', a.out)


if __name__ == '__main__':
    sys.exit(main())
