"""Trains the second reader: a cross-encoder that reads a question and a passage together.

usage: reader.py BASE.onnx TOKENIZER.json QUESTIONS.jsonl NEAR-MISSES.jsonl OUT_FOLDER [options]
  BASE.onnx       the 32-bit graph of bge-small-en-v1.5, TOKENIZER.json its tokenizer (README.md says where from)
  QUESTIONS.jsonl, NEAR-MISSES.jsonl
                  what `npm run candidates` wrote of the training questions and of the near misses
  OUT_FOLDER      gets onnx/model_quantized.onnx and pilcrow.json; the tokenizer and config.json lie there already

What it learns, in each step over eight questions: that the paragraph that answers stands before those that do
not (a softmax over them), how sure that is (a logistic for each), that a near miss is less sure than its twin over
the same paragraph, and which words of the paragraph answer (a softmax over [CLS], for nowhere, and its words).
"""
import argparse, hashlib, json, math, random, sys, time
from pathlib import Path
import numpy as np, onnx, torch, torch.nn as nn, torch.nn.functional as F
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer

WIDTH, HEADS, LAYERS = 384, 12, 12
CLS, SEP = 101, 102
# As many tokens of a question and of what stands before a passage as src/reranking reads.
QUESTION, CONTEXT = 48, 48
DENSE = dict(q='attention/self/query', k='attention/self/key', v='attention/self/value', o='attention/output/dense', i='intermediate/dense', f='output/dense')
NORMS = dict(n1='attention.output.LayerNorm', n2='output.LayerNorm')
EMBEDDINGS = (('word', 'words'), ('position', 'places'), ('token_type', 'types'))


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.q, self.k, self.v, self.o = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.i, self.f = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)
        self.n1, self.n2 = (nn.LayerNorm(WIDTH, eps=1e-12) for _ in range(2))

    def forward(self, x, place, n, length, mask):
        """x: the tokens of n texts one behind the other; place: where each stands in n rows of `length`."""
        qkv = torch.cat([self.q(x), self.k(x), self.v(x)], -1)
        rows = qkv.new_zeros(n * length, 3 * WIDTH).index_copy(0, place, qkv)
        q, k, v = rows.view(n, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        y = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        y = y.transpose(1, 2).reshape(n * length, WIDTH).index_select(0, place)
        x = self.n1(x + self.o(y))
        return self.n2(x + self.f(F.gelu(self.i(x))))


class Reader(nn.Module):
    def __init__(self):
        super().__init__()
        self.words, self.places, self.types = nn.Embedding(30522, WIDTH), nn.Embedding(512, WIDTH), nn.Embedding(2, WIDTH)
        self.n0 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.rel, self.loc = nn.Linear(WIDTH, 1), nn.Linear(WIDTH, 1)
        for head in (self.rel, self.loc):
            nn.init.normal_(head.weight, std=0.02)
            nn.init.zeros_(head.bias)

    def forward(self, texts):
        """texts: (ids, token types) each. Gives the relevance of each, and of every token whether it answers."""
        lengths = [len(ids) for ids, _ in texts]
        n, length = len(texts), max(lengths)
        ids = torch.tensor([t for each, _ in texts for t in each])
        types = torch.tensor([t for _, each in texts for t in each])
        at = torch.tensor([k for each in lengths for k in range(each)])
        place = torch.tensor([row * length + k for row, each in enumerate(lengths) for k in range(each)])
        mask = torch.zeros(n, length, dtype=torch.bool)
        for row, each in enumerate(lengths):
            mask[row, :each] = True
        x = self.n0(self.words(ids) + self.places(at) + self.types(types))
        for layer in self.layers:
            x = layer(x, place, n, length, mask[:, None, None, :])
        x = x.float()
        first = torch.tensor(np.concatenate([[0], np.cumsum(lengths)[:-1]]))
        return self.rel(x[first])[:, 0], self.loc(x)[:, 0], first


def weights_of(graph):
    """Name in the module → initializer of the graph, and whether it stands there on its side."""
    held = {each.name: each for each in graph.graph.initializer}
    product = {node.name: node.input[1] for node in graph.graph.node if node.op_type == 'MatMul' and node.input[1] in held}
    names = {f'{ours}.weight': (f'embeddings.{theirs}_embeddings.weight', False) for theirs, ours in EMBEDDINGS}
    names |= {f'n0.{part}': (f'embeddings.LayerNorm.{part}', False) for part in ('weight', 'bias')}
    for layer in range(LAYERS):
        for ours, theirs in DENSE.items():
            names[f'layers.{layer}.{ours}.weight'] = (product[f'/encoder/layer.{layer}/{theirs}/MatMul'], True)
            names[f'layers.{layer}.{ours}.bias'] = (f'encoder.layer.{layer}.{theirs.replace("/", ".")}.bias', False)
        for ours, theirs in NORMS.items():
            for part in ('weight', 'bias'):
                names[f'layers.{layer}.{ours}.{part}'] = (f'encoder.layer.{layer}.{theirs}.{part}', False)
    return {ours: (held[theirs], turned) for ours, (theirs, turned) in names.items()}


def load(model, graph):
    state = model.state_dict()
    for name, (initializer, turned) in weights_of(graph).items():
        value = torch.tensor(numpy_helper.to_array(initializer).copy())
        state[name].copy_(value.T if turned else value)


def export(model, graph, folder):
    """The graph with the trained weights and the two heads; quantised as the embedder is."""
    state = model.state_dict()
    for name, (initializer, turned) in weights_of(graph).items():
        value = state[name].T if turned else state[name]
        initializer.CopyFrom(numpy_helper.from_array(np.ascontiguousarray(value.numpy()), initializer.name))
    constant = lambda name, value: graph.graph.initializer.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
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
    quantize_dynamic(whole, folder / 'onnx' / 'model_quantized.onnx', per_channel=True, weight_type=QuantType.QInt8, nodes_to_exclude=['rel', 'loc'])
    whole.unlink()
    names = ('config.json', 'tokenizer_config.json', 'onnx/model_quantized.onnx', 'tokenizer.json')
    files = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}
    described = dict(name=folder.name, maxTokens=384, overlap=48, questionTokens=QUESTION, contextTokens=CONTEXT, files=files)
    (folder / 'pilcrow.json').write_text(json.dumps(described, indent=2) + '\n')


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


def fold_of(cable):
    return int(hashlib.sha256(cable.encode()).hexdigest()[:8], 16) % 5


def groups_of(questions, near_misses, held_out):
    """Questions with the paragraph that answers and those that do not; and every passage that is found for any."""
    passages = {(c['c'], c['n']): (c['ctx'], ' '.join(c['text'])) for row in questions + near_misses for c in row['cands']}
    groups = []
    for row in questions:
        if fold_of(row['cable']) == held_out:
            continue
        keys = [(row['cable'], n) for n in row['paras']]
        plain = ' '.join(row['span'].split()).lower() if row['span'] else None
        right = [key for key in keys if key in passages]
        right.sort(key=lambda key: not (plain and plain in passages[key][1].lower()))
        if not right:
            continue
        hard = [tuple(each) for each in row['hard'] if tuple(each) in passages and tuple(each) not in keys]
        mined = [(c['c'], c['n']) for c in row['cands'] if (c['c'], c['n']) not in keys]
        groups.append(dict(q=row['q'], right=right[0], span=row['span'], hard=hard, mined=mined))
    pairs = {}
    for row in near_misses:
        pairs.setdefault(row['id'], {})[row['kind']] = row
    for pair in pairs.values():
        key = tuple(pair['q']['nearest'])
        if fold_of(key[0]) == held_out or key not in passages:
            continue
        others = lambda row: [(c['c'], c['n']) for c in row['cands'] if (c['c'], c['n']) != key]
        groups.append(dict(q=pair['twin']['q'], right=key, span=None, hard=[], mined=others(pair['twin']), miss=pair['q']['q'], miss_mined=others(pair['q'])))
    return groups, passages


def losses_of(model, batch, passages, pack, rng, a):
    texts, answers, lists, places, twins = [], [], [], [], []

    def add(question, key, answer, span=None):
        ids, types, words, hit = pack(question, *passages[key], span)
        texts.append((ids, types))
        answers.append(answer)
        places.append((words, hit, answer))
        return len(texts) - 1

    for group in batch:
        first = add(group['q'], group['right'], 1.0, group['span'])
        wrong = [rng.choice(group['hard'])] if group['hard'] else []
        while len(wrong) < a.negatives:
            mined = group['mined'] or rng.sample(list(passages), 8)
            wrong.append(mined[min(len(mined) - 1, int(1 + rng.random() ** 1.5 * 18))])
        for key in wrong:
            add(group['q'], key, 0.0)
        lists.append((first, len(texts)))
        if 'miss' in group:
            twins.append((first, add(group['miss'], group['right'], 0.0)))
            if group['miss_mined'] and rng.random() < 0.5:
                mined = group['miss_mined']
                add(group['miss'], mined[min(len(mined) - 1, int(rng.random() ** 1.5 * 12))], 0.0)
    with torch.autocast('cpu', dtype=torch.bfloat16):
        relevance, location, starts = model(texts)
    order = torch.stack([-F.log_softmax(relevance[start:end], 0)[0] for start, end in lists]).mean()
    sure = F.binary_cross_entropy_with_logits(relevance, torch.tensor(answers), pos_weight=torch.tensor(1.5))
    apart = torch.stack([F.softplus(relevance[miss] - relevance[twin]) for twin, miss in twins]).mean() if twins else relevance.new_zeros(())
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
    for name in ('base', 'tokenizer', 'questions', 'near_misses', 'out'):
        parser.add_argument(name)
    parser.add_argument('--rate', type=float, default=6e-5)
    parser.add_argument('--passes', type=float, default=2)
    parser.add_argument('--groups', type=int, default=8)
    parser.add_argument('--negatives', type=int, default=3)
    parser.add_argument('--frozen', type=int, default=2)
    parser.add_argument('--tokens', type=int, default=224)
    parser.add_argument('--held-out', type=int, default=-1, help='a fold of cables, 0 to 4, that is not learned from')
    parser.add_argument('--threads', type=int, default=2)
    a = parser.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(5)
    rng = random.Random(11)
    graph = onnx.load(a.base)
    model = Reader()
    load(model, graph)
    for frozen in (model.words, model.places, model.types, model.n0, *model.layers[:a.frozen]):
        for weight in frozen.parameters():
            weight.requires_grad = False
    rows = lambda file: [json.loads(line) for line in Path(file).read_text().splitlines()]
    groups, passages = groups_of(rows(a.questions), rows(a.near_misses), a.held_out)
    tokenizer = Tokenizer.from_file(a.tokenizer)
    tokenizer.no_padding()
    tokenizer.no_truncation()
    pack = Packer(tokenizer, a.tokens, rng)
    heads = [*model.rel.parameters(), *model.loc.parameters()]
    body = [weight for weight in model.layers[a.frozen:].parameters()]
    optimiser = torch.optim.AdamW([
        dict(params=[w for w in body if w.dim() > 1], lr=a.rate, weight_decay=0.01),
        dict(params=[w for w in body if w.dim() < 2], lr=a.rate, weight_decay=0),
        dict(params=heads, lr=1e-3, weight_decay=0),
    ])
    rates = [group['lr'] for group in optimiser.param_groups]
    steps = int(a.passes * len(groups) / a.groups)
    print(f'{len(groups)} questions, {len(passages)} passages, {steps} steps', flush=True)
    left, told, began = [], [], time.time()
    for step in range(steps):
        warm, fall = min(1, (step + 1) / max(1, steps * 0.08)), max(0.03, 0.5 * (1 + math.cos(math.pi * step / steps)))
        for group, rate in zip(optimiser.param_groups, rates):
            group['lr'] = rate * warm * fall
        batch = []
        for _ in range(a.groups):
            if not left:
                left = list(range(len(groups)))
                rng.shuffle(left)
            batch.append(groups[left.pop()])
        order, sure, apart, where = losses_of(model, batch, passages, pack, rng, a)
        optimiser.zero_grad()
        (order + 0.7 * sure + 0.5 * apart + 0.5 * where).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        told.append([each.item() for each in (order, sure, apart, where)])
        if step % 20 == 0:
            print(f'step {step} of {steps}: order, sure, apart, where', *np.mean(told[-40:], 0).round(3), f'{time.time() - began:.0f} s', flush=True)
    export(model, graph, Path(a.out))
    print('wrote', a.out)


if __name__ == '__main__':
    sys.exit(main())
