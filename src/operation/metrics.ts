import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What became of a question. */
export const OUTCOMES = ['answered', 'withheld', 'listed', 'busy', 'failed'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What a question goes through: it waits for its turn, is searched for, and all of it until it is shown. */
export const STAGES = ['queue', 'search', 'whole'] as const;
export type Stage = (typeof STAGES)[number];

/** Upper bounds of the counted latencies, in seconds. */
const SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** What is looked at whenever somebody asks for the metrics. */
export interface Observed {
  /** Questions that wait for their turn. */
  readonly waiting: () => number;
  readonly index: () => {
    readonly generation: number;
    readonly cables: number;
    readonly passages: number;
    readonly embedded: number;
  };
}

/** Counts what a bot does, for Prometheus; no question and nobody's name is in it. */
export interface Metrics {
  readonly registry: Registry;
  count(outcome: Outcome): void;
  /** Times work; what it throws passes through. */
  time<T>(stage: Stage, work: () => Promise<T>): Promise<T>;
  /** Times from now until it is called. */
  since(stage: Stage): () => void;
}

/** `clock` tells milliseconds. */
export function createMetrics(observed: Observed, clock: () => number): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const questions = new Counter({
    name: 'pilcrow_questions_total',
    help: 'Questions, by what became of them',
    labelNames: ['outcome'],
    registers,
  });
  for (const outcome of OUTCOMES) questions.inc({ outcome }, 0);
  const seconds = new Histogram({
    name: 'pilcrow_question_seconds',
    help: 'How long questions take: in the queue, being searched for, and as a whole',
    labelNames: ['stage'],
    buckets: SECONDS,
    registers,
  });
  const gauge = (name: string, help: string, value: () => number): void => {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value());
      },
    });
  };
  const { waiting, index } = observed;
  gauge('pilcrow_queue_questions', 'Questions that wait for their turn', waiting);
  gauge(
    'pilcrow_index_generation',
    'The generation of the index that is open',
    () => index().generation,
  );
  gauge('pilcrow_index_cables', 'Cables in it', () => index().cables);
  gauge('pilcrow_index_passages', 'Paragraphs in it that can be found', () => index().passages);
  gauge('pilcrow_index_vector_share', 'Which share of them is found by vectors', () => {
    const { passages, embedded } = index();
    return passages === 0 ? 1 : embedded / passages;
  });
  const since = (stage: Stage): (() => void) => {
    const started = clock();
    return () => {
      seconds.observe({ stage }, (clock() - started) / 1000);
    };
  };
  return {
    registry,
    count(outcome) {
      questions.inc({ outcome });
    },
    since,
    async time(stage, work) {
      const stop = since(stage);
      try {
        return await work();
      } finally {
        stop();
      }
    },
  };
}
