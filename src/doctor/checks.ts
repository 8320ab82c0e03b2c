import type { Config } from '../config.js';
import { look, type Finding } from '../corpus/check.js';
import type { Check, IndexEngine, ModelId } from '../corpus/engine.js';
import { openLocalEmbedder } from '../embedding/local.js';
import { agreementOf, isNearEnough, type Agreement } from '../embedding/reference.js';
import { EXIT, PilcrowError } from '../errors.js';
import { openLocalReranker } from '../reranking/local.js';
import { NEAR_ENOUGH, readingAgreementOf, type ReadingAgreement } from '../reranking/reference.js';

const OLDEST_NODE = [20, 20];
/** A Discord bot's token: its id, a time and a signature, in three parts. */
const TOKEN_SHAPE = /^[\w-]{18,}\.[\w-]{6,}\.[\w-]{27,}$/;

/** Looks at every part an answer depends on. Reads the whole index; changes nothing. */
export async function examine(
  config: Config,
  engine: IndexEngine,
  nodeVersion: string,
): Promise<Check[]> {
  const model = await look('model', () => checkModelWorks(config));
  return [
    checkNode(nodeVersion),
    checkToken(config.discord.token),
    model.check,
    (await look('second reader', () => checkRerankerWorks(config))).check,
    ...(await engine.examine(model.value)),
  ];
}

function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
  const ok = major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
  const todo = ok ? null : `install Node ${OLDEST_NODE.join('.')} or later`;
  return { name: 'node', ok, detail: `Node ${version}`, todo };
}

function checkToken(token: string | null): Check {
  const name = 'discord token';
  if (token === null) return { name, ok: true, detail: 'not set: the chat needs none', todo: null };
  const ok = TOKEN_SHAPE.test(token);
  return {
    name,
    ok,
    detail: ok ? 'set, and has a token’s shape' : 'set, but has not a token’s shape',
    todo: ok
      ? null
      : 'copy the bot’s token anew from the Discord developer portal into DISCORD_TOKEN',
  };
}

async function checkRerankerWorks(config: Config): Promise<Finding<null>> {
  const { reranker: folder } = config;
  if (folder === null) return { detail: 'none: PILCROW_RERANKER is off', value: null };
  const reranker = await openLocalReranker(folder, { ...config, workers: 1 });
  try {
    const agreement = await readingAgreementOf(reranker, folder);
    if (agreement !== null && agreement.off > NEAR_ENOUGH) {
      throw new PilcrowError(
        'READINGS_OFF',
        {
          what: `on this processor the second reader is off its reference (${readingsTold(agreement)})`,
          todo: 'ask on another machine, or with PILCROW_RERANKER=off, and report the processor',
        },
        EXIT.index,
      );
    }
    const told = agreement === null ? 'no reference to compare with' : readingsTold(agreement);
    return { detail: `${reranker.name}: files match their sha256, ${told}`, value: null };
  } finally {
    await reranker.close();
  }
}

function readingsTold({ passages, off }: ReadingAgreement): string {
  return `${passages} relevances ${off.toFixed(2)} off the 32-bit model’s in the mean`;
}

async function checkModelWorks(config: Config): Promise<Finding<ModelId>> {
  const embedder = await openLocalEmbedder(config.model, { ...config, workers: 1 });
  try {
    const { name, dimension, fingerprint, projection } = embedder;
    const { vector } = await embedder.embedQuestion('Who met whom?');
    const length = Math.hypot(...vector);
    if (vector.length !== dimension || Math.abs(length - 1) > 1e-3) {
      throw new Error(
        `gives vectors of ${vector.length} components and length ${length.toFixed(3)}`,
      );
    }
    const agreement = await agreementOf(embedder, config.model);
    if (agreement !== null && !isNearEnough(agreement)) {
      throw new PilcrowError(
        'VECTORS_OFF',
        {
          what: `on this processor the model’s vectors are off its reference (${agreementTold(agreement)})`,
          todo: 'index and ask on another machine, and report the processor',
        },
        EXIT.index,
      );
    }
    return {
      detail:
        `${name}: files match their sha256, vectors of ${dimension} components, ` +
        (agreement === null ? 'no reference to compare with' : agreementTold(agreement)),
      value: { name, dimension, fingerprint, projection },
    };
  } finally {
    await embedder.close();
  }
}

function agreementTold({ texts, lowest, mean }: Agreement): string {
  return `${texts} reference texts agree to ${lowest.toFixed(4)} or better, ${mean.toFixed(4)} in the mean`;
}
