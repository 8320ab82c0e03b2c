"""Trains the second reader: a cross-encoder that reads a question and a passage together.

usage: reader.py BASE.onnx TOKENIZER.json QUESTIONS.jsonl NEAR-MISSES.jsonl OUT_FOLDER [options]
  BASE.onnx       the 32-bit graph of bge-small-en-v1.5, TOKENIZER.json its tokenizer (README.md says where from)
  QUESTIONS.jsonl, NEAR-MISSES.jsonl
                  what `npm run candidates` wrote of the training questions and of the near misses
  OUT_FOLDER      gets onnx/model_quantized.onnx, pilcrow.json and the relevances of reference.jsonl; the tokenizer,
                  config.json and the pairs of reference.jsonl lie there already

What it learns, in each step over ten questions: that the paragraph that answers stands before those that do
not (a softmax over them), how sure that is (a logistic for each), that a near miss is less sure than its twin over
the same paragraph, and which words of the paragraph answer (a softmax over [CLS], for nowhere, and its words).
"""
import argparse, json, sys
from pathlib import Path
import numpy as np, onnx, onnxruntime, torch, torch.nn as nn, torch.nn.functional as F
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from bge import CLS, SEP, WIDTH, Encoder, add_arguments, begin, describe, fold_of, learn, optimiser_of, put_back, rows, weights_of

# As many tokens of a question and of what stands before a passage as src/reranking reads.
QUESTION, CONTEXT = 48, 48

class Reader(Encoder):
    def __init__(self):
        super().__init__()
        self.rel, self.loc = nn.Linear(WIDTH, 1), nn.Linear(WIDTH, 1)
        for head in (self.rel, self.loc):
            nn.init.normal_(head.weight, std=0.02)
            nn.init.zeros_(head.bias)

    def forward(self, texts):
        """texts: (ids, token types) each. Gives the relevance of each, and of every token whether it answers."""
        x, first = self.states(texts)
        return self.rel(x[first])[:, 0], self.loc(x)[:, 0], first


def go_on_from(model, graph, quantised):
    """Reads the weights of a reader that this kit wrote, each from its 8 bits; graph is the base's."""
    held = {each.name: numpy_helper.to_array(each) for each in quantised.graph.initializer}
    state = model.state_dict()
    for ours, (initializer, turned) in weights_of(graph).items():
        name = initializer.name
        value = held.get(name)
        if value is None:
            value, scale, zero = (held[f'{name}_{part}'].astype(np.float32) for part in ('quantized', 'scale', 'zero_point'))
            if scale.size > 1:  # one of each column
                scale, zero = scale.reshape(1, -1), zero.reshape(1, -1)
            value = (value - zero) * scale
        value = torch.tensor(np.array(value, np.float32))
        state[ours].copy_(value.T if turned else value)
    for head in ('rel', 'loc'):
        state[f'{head}.weight'].copy_(torch.tensor(held[f'{head}.w'].copy()).T)
        state[f'{head}.bias'].copy_(torch.tensor(held[f'{head}.b'].copy()))


def export(model, graph, folder):
    """The graph with the trained weights and the two heads; quantised as the embedder is."""
    put_back(model, graph)
    state = model.state_dict()
    constant = lambda name, value: graph.graph.initializer.append(numpy_helper.from_array(np.array(value, order='C'), name))
    for head in ('rel', 'loc'):
        constant(f'{head}.w', state[f'{head}.weight'].T.numpy())
        constant(f'{head}.b', state[f'{head}.bias'].numpy())
    constant('first', np.array(0, np.int64))
    states = graph.graph.output[0].name
    for node in (
        helper.make_node('Gather', [states, 'first'], ['cls'], name='cls', axis=1),
        helper.make_node('Gemm', ['cls', 'rel.w', 'rel.b'], ['cls.rel'], name='rel'),
        helper.make_node('Squeeze', ['cls.rel'], ['relevance'], name='relevance', axes=[-1]),
        helper.make_node('MatMul', [states, 'loc.w'], ['tokens.loc'], name='loc'),
        helper.make_node('Add', ['tokens.loc', 'loc.b'], ['tokens.loc.b'], name='loc.add'),
        helper.make_node('Squeeze', ['tokens.loc.b'], ['location'], name='location', axes=[-1]),
    ):
        graph.graph.node.append(node)
    del graph.graph.output[:]
    graph.graph.output.append(helper.make_tensor_value_info('relevance', TensorProto.FLOAT, ['batch']))
    graph.graph.output.append(helper.make_tensor_value_info('location', TensorProto.FLOAT, ['batch', 'tokens']))
    onnx.checker.check_model(graph)
    (folder / 'onnx').mkdir(parents=True, exist_ok=True)
    whole = folder / 'reader-f32.onnx'
    onnx.save(graph, whole)
    quantize_dynamic(whole, folder / 'onnx' / 'model_quantized.onnx', per_channel=True, weight_type=QuantType.QInt8, nodes_to_exclude=['rel', 'rel_MatMul', 'loc'])
    whole.unlink()


def settle(model, folder, texts):
    """Takes what the 8 bits add to a relevance in the mean off the quantised graph's last constant."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = torch.get_num_threads()
    options.add_session_config_entry('session.x64quantprecision', '1')
    file = folder / 'onnx' / 'model_quantized.onnx'
    session = onnxruntime.InferenceSession(str(file), options)
    added = []
    model.eval()
    for ids, types in texts:
        given = dict(input_ids=[ids], attention_mask=[[1] * len(ids)], token_type_ids=[types])
        eight = session.run(['relevance'], {name: np.array(value, np.int64) for name, value in given.items()})[0][0]
        with torch.no_grad():
            added.append(float(eight) - float(model([(ids, types)])[0][0]))
    graph = onnx.load(file)
    last = next(each for each in graph.graph.initializer if each.name == 'rel.b')
    last.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(last) - np.float32(np.mean(added)), 'rel.b'))
    onnx.save(graph, file)
    describe(folder, maxTokens=384, overlap=48, questionTokens=QUESTION, contextTokens=CONTEXT)
    print(f'8 bits add {np.mean(added):.3f} in the mean of {len(added)}, {np.mean(np.abs(added - np.mean(added))):.3f} beside it', flush=True)


def refer(model, folder, pack):
    """Writes what the 32-bit model gives for the pairs of reference.jsonl, which lie in the folder already."""
    pairs = rows(folder / 'reference.jsonl')
    model.eval()
    with torch.no_grad():
        for each in pairs:
            ids, types, _, _ = pack(each['question'], each['context'], ' '.join(each['sentences']))
            each['relevance'] = round(float(model([(ids, types)])[0][0]), 4)
    (folder / 'reference.jsonl').write_text(''.join(json.dumps(each, ensure_ascii=False) + '\n' for each in pairs))


class Packer:
    """Makes tokens of questions and passages, as src/reranking/worker.ts does."""

    def __init__(self, tokenizer, limit, rng):
        self.tokenizer, self.limit, self.rng = tokenizer, limit, rng
        self.questions, self.passages = {}, {}

    def encode(self, text):
        return self.tokenizer.encode(text, add_special_tokens=False)

    def __call__(self, question, context, text, span=None):
        """ids, token types, the range of the text's tokens, and those of the span that answers, if it is known."""
        if question not in self.questions:
            self.questions[question] = self.encode(question).ids[:QUESTION]
        if (context, text) not in self.passages:
            encoded = self.encode(text)
            self.passages[context, text] = self.encode(context).ids[:CONTEXT], encoded.ids, encoded.offsets
        asked = self.questions[question]
        before, tokens, offsets = self.passages[context, text]
        room = self.limit - len(asked) - len(before) - 4
        hit = None
        if span:
            plain = ' '.join(span.split()).lower()
            at = text.lower().find(plain)
            if at >= 0:
                hit = [k for k, (start, end) in enumerate(offsets) if end > at and start < at + len(plain)]
        if len(tokens) > room:  # a part of it, with the answer in it
            first = 0
            if hit:
                low, high = max(0, hit[-1] + 1 - room), min(hit[0], len(tokens) - room)
                first = self.rng.randint(min(low, high), max(low, high))
            elif self.rng.random() < 0.5:
                first = self.rng.randint(0, len(tokens) - room)
            tokens = tokens[first:first + room]
            if hit:
                hit = [k - first for k in hit if 0 <= k - first < room] or None
        head = [CLS] + asked + [SEP] + before + [SEP]
        ids = head + tokens + [SEP]
        types = [0] * (len(asked) + 2) + [1] * (len(ids) - len(asked) - 2)
        return ids, types, (len(head), len(head) + len(tokens)), [len(head) + k for k in hit] if hit else None


def groups_of(questions, near_misses, ordered, held_out):
    """Questions with the paragraph that answers and those that do not; and every passage that is found for any."""
    every = questions + near_misses + ordered
    passages = {(c['c'], c['n']): (c['ctx'], ' '.join(c['text'])) for row in every for c in row['cands']}
    groups = []
    for row in questions:
        if fold_of(row['cable']) == held_out:
            continue
        keys = [(row['cable'], n) for n in row['paras']]
        plain = ' '.join(row['span'].split()).lower() if row['span'] else None
        right = [key for key in keys if key in passages]
        right = [key for key in right if plain and plain in passages[key][1].lower()][:1] or right
        if not right:
            continue
        hard = [tuple(each) for each in row['hard'] if tuple(each) in passages and tuple(each) not in keys]
        mined = [(c['c'], c['n']) for c in row['cands'] if (c['c'], c['n']) not in keys]
        groups.append(dict(q=row['q'], right=right, span=row['span'], hard=hard, mined=mined))
    pairs = {}
    for row in near_misses + ordered:
        pairs.setdefault(row['id'], {})[row['kind']] = row
    teaches_order = {row['id'] for row in ordered}
    for pair in pairs.values():
        key = tuple(pair['q']['nearest'])
        if fold_of(key[0]) == held_out or key not in passages:
            continue
        found = pair['twin']['cands'] if pair['twin']['id'] in teaches_order else []
        mined = [(c['c'], c['n']) for c in found if (c['c'], c['n']) != key]
        groups.append(dict(q=pair['twin']['q'], right=[key], span=None, hard=[], mined=mined, miss=pair['q']['q']))
    return groups, passages


def losses_of(model, batch, passages, pack, rng, negatives):
    texts, answers, lists, places, twins = [], [], [], [], []

    def add(question, passage, answer, span=None):
        ids, types, words, hit = pack(question, *passage, span)
        texts.append((ids, types))
        answers.append(answer)
        places.append((words, hit, answer))
        return len(texts) - 1

    for group in batch:
        right = passages[rng.choice(group['right'])]
        first = add(group['q'], right, 1.0, group['span'])
        if 'miss' in group:  # it and its twin teach by each other
            twins.append((first, add(group['miss'], right, 0.0)))
            if not group['mined']:
                continue
        wrong = [rng.choice(group['hard'])] if group['hard'] else []
        while len(wrong) < negatives:
            mined = group['mined'] or rng.sample(list(passages), 8)
            wrong.append(mined[min(len(mined) - 1, int(1 + rng.random() ** 1.5 * 18))])
        lists.append([first, *(add(group['q'], passages[key], 0.0) for key in wrong)])
    with torch.autocast('cpu', dtype=torch.bfloat16):
        relevance, location, starts = model(texts)
    none = relevance.new_zeros(())
    order = torch.stack([-F.log_softmax(relevance[each], 0)[0] for each in lists]).mean() if lists else none
    sure = F.binary_cross_entropy_with_logits(relevance, torch.tensor(answers), pos_weight=torch.tensor(1.5))
    apart = torch.stack([F.softplus(relevance[miss] - relevance[twin]) for twin, miss in twins]).mean() if twins else none
    where = []
    for start, ((low, high), hit, answer) in zip(starts.tolist(), places):
        odds = F.log_softmax(torch.cat([location[start:start + 1], location[start + low:start + high]]), 0)
        if answer == 0:
            where.append(-odds[0] * 0.5)
        else:
            where.append(-torch.logsumexp(odds[[k - low + 1 for k in hit]] if hit else odds[1:], 0))
    return order, sure, apart, torch.stack(where).mean()


def main():
    parser = argparse.ArgumentParser()
    add_arguments(parser, rate=5e-5, passes=1, frozen=4, tokens=224)
    parser.add_argument('--start', help='a reader to go on from: its model_quantized.onnx')
    parser.add_argument('--ordered', help='more near misses, whose twins teach the order too')
    parser.add_argument('--share', type=float, default=1, help='of what was learned beside the start: 0.5 is the mean of both')
    parser.add_argument('--groups', type=int, default=10)
    parser.add_argument('--negatives', type=int, default=3)
    a = parser.parse_args()
    torch.manual_seed(5)
    model = Reader()
    graph, tokenizer, rng = begin(model, a)
    groups, passages = groups_of(rows(a.questions), rows(a.near_misses), rows(a.ordered) if a.ordered else [], a.held_out)
    pack = Packer(tokenizer, a.tokens, rng)
    print(f'{len(groups)} questions, {len(passages)} passages', flush=True)

    if a.start:
        go_on_from(model, graph, onnx.load(a.start))
    before = {name: value.clone() for name, value in model.state_dict().items()}
    optimiser = optimiser_of(model, a.rate, [*model.rel.parameters(), *model.loc.parameters()], 2e-4 if a.start else 1e-3)
    losses = lambda batch: losses_of(model, batch, passages, pack, rng, a.negatives)
    learn(model, optimiser, groups, a.groups, a.passes, rng, losses, (0.3, 0.7, 0.7, 0.3), 'order, sure, apart, where')
    if a.start:
        learned = model.state_dict()
        model.load_state_dict({name: torch.lerp(old, learned[name], a.share) if old.is_floating_point() else old for name, old in before.items()})
    if a.keep:
        torch.save(model.state_dict(), a.keep)
    export(model, graph, Path(a.out))
    whole = Packer(tokenizer, 384, rng)
    some = [(group, key) for group in rng.sample(groups, 200) for key in (group['right'][0], rng.choice(list(passages)))]
    settle(model, Path(a.out), [whole(group['q'], *passages[key])[:2] for group, key in some])
    refer(model, Path(a.out), whole)
    print('wrote', a.out)


if __name__ == '__main__':
    sys.exit(main())
