"""Trains what tells a question's intent by its vector: whether it wants a paragraph, cables, posts, or a field of one cable.

usage: intents.py MODEL_FOLDER INTENTS.tsv OUT.ts [--fields FIELDS.json] [--others FILE.jsonl ...] [--folds]
  MODEL_FOLDER the embedder, as it is shipped
  INTENTS.tsv  who wrote it, its intent, the question, one a line
  OUT.ts       src/search/intent-weights.ts
  --fields     by writer: `templates` of questions for a field of a cable, in which {C} stands for it, `descriptions`
               that may stand there, and `confusable` questions that want a paragraph
  --others     more questions that want a paragraph: lines {"q", "twin"}
  --folds      prints how many of each writer's are told right by what was learned from the others, and writes nothing

Softmaxes over the vector that a question is searched with: one tells lists and has learned from questions that were written
as a whole, one tells fields and has learned from --fields too. A writer's name that begins with "apart" is never learned from.
"""
import argparse, base64, collections, json, random
from pathlib import Path
import numpy as np, onnxruntime, torch, torch.nn.functional as F
from tokenizers import Tokenizer

PARAGRAPH, LISTS = 'paragraph', {'list', 'posts'}
# Of the other questions, so many, by chance. Components are small numbers: they are made four times as large.
OTHERS, SCALE, L2 = 10_000, 4, 3e-5
# Each template with so many descriptions of a cable, and with so many ids.
DESCRIBED, BY_ID = 6, 2
# What one of those counts beside a question that was written as a whole: for a field, and for a paragraph.
OF_FIELD, OF_PARAGRAPH = 0.15, 0.3
POSTS = 'Beijing Tallinn Moscow Paris Madrid Kabul Caracas Rome Oslo State Tunis Lagos Ankara Baku'.split()


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


def filled(fields):
    """Questions for a field with a cable in the template's place, as of INTENTS.tsv; those of a writer with what it wrote."""
    chance = random.Random(1)
    rows = []
    for writer, wrote in fields.items():
        for field, templates in [*wrote['templates'].items(), (PARAGRAPH, wrote['confusable'])]:
            for template in templates:
                cables = chance.sample(wrote['descriptions'], DESCRIBED) + [an_id(chance) for _ in range(BY_ID)]
                rows += [[writer, field, each] for each in dict.fromkeys(template.replace('{C}', cable) for cable in cables)]
    return rows


def an_id(chance):
    year, post, number = chance.randrange(2003, 2011), chance.choice(POSTS), chance.randrange(30, 3000)
    forms = [f'{year % 100:02}{post.upper()}{number}', f'{post} {number}', f'cable {number} from {post} of {year}', f'{post.upper()} {number:06} ({year})']
    return chance.choice(forms)


def train(vectors, wanted, counts, intents):
    """Gives the weights, a row for each intent, and what is added to each. A question is as much as it counts."""
    torch.manual_seed(1)
    weights = torch.zeros(len(intents), vectors.shape[1], requires_grad=True)
    always = torch.zeros(len(intents), requires_grad=True)
    x, y = torch.tensor(vectors * SCALE), torch.tensor([intents.index(each) for each in wanted])
    share = torch.tensor(counts, dtype=torch.float32) / sum(counts)
    optimiser = torch.optim.LBFGS([weights, always], max_iter=150, line_search_fn='strong_wolfe')

    def loss():
        optimiser.zero_grad()
        made = (share * F.cross_entropy(x @ weights.T + always, y, reduction='none')).sum() + L2 * (weights ** 2).sum()
        made.backward()
        return made

    optimiser.step(loss)
    return weights.detach().numpy() * SCALE, always.detach().numpy()


def chosen(models, vectors, intents):
    """Cables or posts, as the first model tells them; else a field, as the second does."""
    lists, fields = (likeliest(model, vectors, intents) for model in models)
    return [a if a in LISTS else PARAGRAPH if b in LISTS else b for a, b in zip(lists, fields)]


def likeliest(model, vectors, intents):
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


def rows(model, intents):
    lines = []
    for intent, row, always in zip(intents, *model):
        scale = float(np.abs(row).max() / 127)
        eight = np.round(row / scale).astype(np.int8)
        fields = f"intent: '{intent}', always: {always:.3f}, scale: {scale:.5f}, weights: '{base64.b64encode(eight.tobytes()).decode()}'"
        lines.append(f'  {{ {fields} }},\n')
    return ''.join(lines)


def source(models, intents, name):
    lists, fields = (rows(model, intents) for model in models)
    return f"""/**
 * Made by models/training/intents.py: weights of a question's vector for each intent, 8 bits each, with their scale.
 * These tell questions that want cables or posts.
 */
export const LIST_WEIGHTS = [
{lists}] as const;

/** And these, which have learned from more of them, questions that want a field. */
export const FIELD_WEIGHTS = [
{fields}] as const;

/** The model whose vectors they are for. */
export const INTENT_MODEL = '{name}';
"""


def main():
    parser = argparse.ArgumentParser()
    for name in ('model', 'intents', 'out'):
        parser.add_argument(name, type=Path)
    parser.add_argument('--fields', type=Path)
    parser.add_argument('--others', nargs='*', default=[])
    parser.add_argument('--folds', action='store_true')
    a = parser.parse_args()
    torch.set_num_threads(2)
    written = [line.split('\t') for line in a.intents.read_text().splitlines()]
    filled_in = filled(json.loads(a.fields.read_text())) if a.fields else []
    counts = [1] * len(written) + [OF_PARAGRAPH if intent == PARAGRAPH else OF_FIELD for _, intent, _ in filled_in]
    written += filled_in
    others = [json.loads(line) for file in a.others for line in Path(file).read_text().splitlines()]
    ordinary = [row[name] for row in others for name in ('q', 'twin') if row.get(name)]
    random.Random(1).shuffle(ordinary)
    ordinary = ordinary[:OTHERS]
    vectors = vectors_of(a.model, [question for _, _, question in written] + ordinary)
    writers = [writer for writer, _, _ in written] + ['others'] * len(ordinary)
    wanted = [intent for _, intent, _ in written] + [PARAGRAPH] * len(ordinary)
    counts += [1] * len(ordinary)
    intents = sorted(set(wanted))
    learned = [not writer.startswith('apart') for writer in writers]

    whole = len(written) - len(filled_in)
    asked_as_a_whole = [at < whole or at >= len(written) for at in range(len(wanted))]

    def learn(without):
        def model(of):
            keep = [at for at, writer in enumerate(writers) if learned[at] and writer != without and of[at]]
            return train(vectors[keep], [wanted[at] for at in keep], [counts[at] for at in keep], intents)

        return model(asked_as_a_whole), model([True] * len(wanted))

    def show(writer, models):
        at = [k for k, each in enumerate(writers) if each == writer]
        print(writer, told([wanted[k] for k in at], chosen(models, vectors[at], intents)), flush=True)

    if a.folds:
        for writer in sorted({writer for writer, known in zip(writers, learned) if known and writer != 'others'}):
            show(writer, learn(writer))
        return
    models = learn(None)
    for writer in sorted({writer for writer, known in zip(writers, learned) if not known}):
        show(writer, models)
    a.out.write_text(source(models, intents, a.model.resolve().name))


if __name__ == '__main__':
    main()
