"""The encoder of bge-small-en-v1.5 in PyTorch: its weights are read from the published graph and written back there."""
import hashlib, json, math, random, time
from pathlib import Path
import numpy as np, onnx, torch, torch.nn as nn, torch.nn.functional as F
from onnx import numpy_helper
from tokenizers import Tokenizer

WIDTH, HEADS, LAYERS = 384, 12, 12
CLS, SEP = 101, 102
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


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.words, self.places, self.types = nn.Embedding(30522, WIDTH), nn.Embedding(512, WIDTH), nn.Embedding(2, WIDTH)
        self.n0 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))

    def states(self, texts):
        """texts: (ids, token types) each. Gives their tokens' last hidden states, one text behind the other, and where each starts."""
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
        return x.float(), torch.tensor(np.concatenate([[0], np.cumsum(lengths)[:-1]]))

    def freeze(self, layers):
        """Leaves the embeddings and the first layers as they are."""
        for frozen in (self.words, self.places, self.types, self.n0, *self.layers[:layers]):
            for weight in frozen.parameters():
                weight.requires_grad = False


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


def put_back(model, graph):
    """Writes the trained weights into the graph that they were read from."""
    state = model.state_dict()
    for name, (initializer, turned) in weights_of(graph).items():
        value = state[name].T if turned else state[name]
        initializer.CopyFrom(numpy_helper.from_array(np.ascontiguousarray(value.numpy()), initializer.name))


def describe(folder, **rest):
    """Writes pilcrow.json: what the model is, and the hash of each of its files."""
    names = ('config.json', 'tokenizer_config.json', 'onnx/model_quantized.onnx', 'tokenizer.json')
    files = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}
    (folder / 'pilcrow.json').write_text(json.dumps(dict(name=folder.name, **rest, files=files), indent=2) + '\n')


def rows(file):
    return [json.loads(line) for line in Path(file).read_text().splitlines()]


def fold_of(cable):
    return int(hashlib.sha256(cable.encode()).hexdigest()[:8], 16) % 5


def optimiser_of(model, rate, heads=(), heads_rate=1e-3):
    named = {id(weight) for weight in heads}
    body = [weight for weight in model.parameters() if weight.requires_grad and id(weight) not in named]
    return torch.optim.AdamW([
        dict(params=[weight for weight in body if weight.dim() > 1], lr=rate, weight_decay=0.01),
        dict(params=[weight for weight in body if weight.dim() < 2], lr=rate, weight_decay=0),
        *([dict(params=list(heads), lr=heads_rate, weight_decay=0)] if heads else []),
    ])


def add_arguments(parser, rate, passes, frozen, tokens):
    """What both models are trained with: the files, and the numbers with these defaults."""
    for name in ('base', 'tokenizer', 'questions', 'near_misses', 'out'):
        parser.add_argument(name)
    parser.add_argument('--rate', type=float, default=rate)
    parser.add_argument('--passes', type=float, default=passes)
    parser.add_argument('--frozen', type=int, default=frozen, help='layers left as they are')
    parser.add_argument('--tokens', type=int, default=tokens)
    parser.add_argument('--held-out', type=int, default=-1, help='a fold of cables, 0 to 4, that is not learned from')
    parser.add_argument('--threads', type=int, default=2)
    parser.add_argument('--keep', help='a file for the 32-bit weights, for experiments')


def begin(model, a):
    """The model with the base's weights; the graph, the tokenizer and the chance that it is trained with."""
    torch.set_num_threads(a.threads)
    graph = onnx.load(a.base)
    load(model, graph)
    model.freeze(a.frozen)
    tokenizer = Tokenizer.from_file(a.tokenizer)
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return graph, tokenizer, random.Random(11)


def learn(model, optimiser, groups, size, passes, rng, losses, weights, names):
    """Some passes over the groups, so many a step: `losses` of a batch, weighted, are made less. Rates rise, then fall."""
    rates = [group['lr'] for group in optimiser.param_groups]
    steps = int(passes * len(groups) / size)
    left, told, began = [], [], time.time()
    for step in range(steps):
        warm, fall = min(1, (step + 1) / max(1, steps * 0.08)), max(0.03, 0.5 * (1 + math.cos(math.pi * step / steps)))
        for group, rate in zip(optimiser.param_groups, rates):
            group['lr'] = rate * warm * fall
        batch = []
        for _ in range(size):
            if not left:
                left = list(range(len(groups)))
                rng.shuffle(left)
            batch.append(groups[left.pop()])
        made = losses(batch)
        optimiser.zero_grad()
        sum(weight * each for weight, each in zip(weights, made)).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        told.append([each.item() for each in made])
        if step % 20 == 0:
            print(f'step {step} of {steps}: {names}', *np.mean(told[-40:], 0).round(3), f'{time.time() - began:.0f} s', flush=True)
