"""Trains what tells a question's intent by its vector: whether it wants a paragraph, cables, posts, or a field of one cable.

usage: intents.py MODEL_FOLDER INTENTS.tsv OUT.ts [--others FILE.jsonl ...] [--folds]
  MODEL_FOLDER the embedder, as it is shipped
  INTENTS.tsv  who wrote it, its intent, the question, one a line
  OUT.ts       src/search/intent-weights.ts
  --others     more questions that want a paragraph: lines {"q", "twin"}
  --folds      prints how many of each writer's are told right by what was learned from the others, and writes nothing

A softmax over the vector that a question is searched with. A writer's name that begins with "apart" is never learned from.
"""
import argparse, base64, collections, json, random
from pathlib import Path
import numpy as np, onnxruntime, torch, torch.nn.functional as F
from tokenizers import Tokenizer

PARAGRAPH, LISTS = 'paragraph', {'list', 'posts'}
# Of the other questions, so many, by chance. Components are small numbers: they are made four times as large.
OTHERS, SCALE, L2 = 10_000, 4, 3e-5


def vectors_of(folder, questions):
    about = json.loads((folder / 'pilcrow.json').read_text())
    tokenizer = Tokenizer.from_file(str(folder / 'tokenizer.json'))
    tokenizer.no_padding()
    tokenizer.enable_truncation(about['maxTokens'])
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = torch.get_num_threads()
    options.add_session_config_entry('session.x64quantprecision', '1')
    session = onnxruntime.InferenceSession(str(folder / 'onnx' / 'model_quantized.onnx'), options)
    names = [each.name for each in session.get_inputs()]
    each = [tokenizer.encode(about['questionPrefix'] + question).ids for question in questions]
    vectors = np.zeros((len(questions), about['dimension']), np.float32)
    order = sorted(range(len(each)), key=lambda at: len(each[at]))
    for start in range(0, len(order), 32):
        batch = order[start:start + 32]
        ids = np.zeros((len(batch), max(len(each[at]) for at in batch)), np.int64)
        for row, at in enumerate(batch):
            ids[row, :len(each[at])] = each[at]
        given = dict(input_ids=ids, attention_mask=(ids > 0).astype(np.int64), token_type_ids=np.zeros_like(ids))
        first = session.run(None, {name: given[name] for name in names})[0][:, 0]
        vectors[batch] = first / np.linalg.norm(first, axis=1, keepdims=True)
    return vectors


def train(vectors, wanted, intents):
    """Gives the weights, a row for each intent, and what is added to each."""
    torch.manual_seed(1)
    weights = torch.zeros(len(intents), vectors.shape[1], requires_grad=True)
    always = torch.zeros(len(intents), requires_grad=True)
    x, y = torch.tensor(vectors * SCALE), torch.tensor([intents.index(each) for each in wanted])
    optimiser = torch.optim.LBFGS([weights, always], max_iter=150, line_search_fn='strong_wolfe')

    def loss():
        optimiser.zero_grad()
        made = F.cross_entropy(x @ weights.T + always, y) + L2 * (weights ** 2).sum()
        made.backward()
        return made

    optimiser.step(loss)
    return weights.detach().numpy() * SCALE, always.detach().numpy()


def chosen(model, vectors, intents):
    """The likeliest intent but for a paragraph, where those together are likelier than it."""
    weights, always = model
    odds = torch.softmax(torch.tensor(vectors @ weights.T + always), 1).numpy()
    none = intents.index(PARAGRAPH)
    rest = odds.copy()
    rest[:, none] = 0
    return [PARAGRAPH if row[none] >= 0.5 else intents[int(other.argmax())] for row, other in zip(odds, rest)]


def told(wanted, found):
    counts = collections.Counter()
    for want, give in zip(wanted, found):
        group = 'list' if want in LISTS else want if want == PARAGRAPH else 'field'
        right = give in LISTS if group == 'list' else give == want
        counts[group, right] += 1
    groups = ('list', 'field', PARAGRAPH)
    return ', '.join(f'{group} {counts[group, True]} of {counts[group, True] + counts[group, False]}' for group in groups)


def source(model, intents, name):
    lines = []
    for intent, row, always in zip(intents, *model):
        scale = float(np.abs(row).max() / 127)
        eight = np.round(row / scale).astype(np.int8)
        fields = f"intent: '{intent}', always: {always:.3f}, scale: {scale:.5f}, weights: '{base64.b64encode(eight.tobytes()).decode()}'"
        lines.append(f'  {{ {fields} }},\n')
    return f"""/** Made by models/training/intents.py: weights of a question's vector for each intent, 8 bits each, with their scale. */
export const INTENT_WEIGHTS = [
{''.join(lines)}] as const;

/** The model whose vectors they are for. */
export const INTENT_MODEL = '{name}';
"""


def main():
    parser = argparse.ArgumentParser()
    for name in ('model', 'intents', 'out'):
        parser.add_argument(name, type=Path)
    parser.add_argument('--others', nargs='*', default=[])
    parser.add_argument('--folds', action='store_true')
    a = parser.parse_args()
    torch.set_num_threads(2)
    written = [line.split('\t') for line in a.intents.read_text().splitlines()]
    others = [json.loads(line) for file in a.others for line in Path(file).read_text().splitlines()]
    ordinary = [row[name] for row in others for name in ('q', 'twin') if row.get(name)]
    random.Random(1).shuffle(ordinary)
    ordinary = ordinary[:OTHERS]
    vectors = vectors_of(a.model, [question for _, _, question in written] + ordinary)
    writers = [writer for writer, _, _ in written] + ['others'] * len(ordinary)
    wanted = [intent for _, intent, _ in written] + [PARAGRAPH] * len(ordinary)
    intents = sorted(set(wanted))
    learned = [not writer.startswith('apart') for writer in writers]

    def learn(without):
        keep = [at for at, writer in enumerate(writers) if learned[at] and writer != without]
        return train(vectors[keep], [wanted[at] for at in keep], intents)

    def show(writer, model):
        at = [k for k, each in enumerate(writers) if each == writer]
        print(writer, told([wanted[k] for k in at], chosen(model, vectors[at], intents)), flush=True)

    if a.folds:
        for writer in sorted({writer for writer, known in zip(writers, learned) if known and writer != 'others'}):
            show(writer, learn(writer))
        return
    model = learn(None)
    for writer in sorted({writer for writer, known in zip(writers, learned) if not known}):
        show(writer, model)
    a.out.write_text(source(model, intents, a.model.resolve().name))


if __name__ == '__main__':
    main()
