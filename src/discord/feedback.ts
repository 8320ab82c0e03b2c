import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { SpanPlace } from '../corpus/corpus.js';
import type { Connection } from '../sqlite/connection.js';

const feedbackSchema = z.object({
  /** YYYY-MM-DD. */
  at: z.string(),
  question: z.string(),
  cable: z.string(),
  /** Index of the span among the cable's. */
  ordinal: z.number(),
  /** `good`: it answers the question; `wrong`: it does not. */
  verdict: z.enum(['good', 'wrong']),
});

/** What somebody says of a paragraph that was given as an answer. Who says it is not kept. */
export type Feedback = z.infer<typeof feedbackSchema>;

const voteSchema = feedbackSchema.extend({ voter: z.string() });
const COLUMNS = 'at, question, cable, ordinal, verdict';

/** A verdict, and a name for whoever gives it that is none ({@link voterOf}). */
export type Vote = z.infer<typeof voteSchema>;

/** The verdicts among what the bot keeps. */
export interface FeedbackData {
  /** One vote a voter on a paragraph for a question: a later one takes its place. */
  vote(vote: Vote): 'new' | 'again' | 'changed';
  /** Deletes somebody's votes: those whose voter is the one that `voter` makes of them. Returns how many. */
  forgetVotes(voter: (vote: Feedback) => string): number;
  /** Every verdict, oldest first. */
  feedback(): Feedback[];
  /** Deletes verdicts: all, or those of before a day (YYYY-MM-DD). Returns how many. */
  deleteFeedback(before: string | null): number;
}

/** Verdicts that are kept: the oldest go. */
const KEPT = 100_000;

export function createFeedback(connection: Connection): FeedbackData {
  return {
    vote({ at, question, cable, ordinal, verdict, voter }) {
      const of = [voter, question, cable, ordinal] as const;
      const where = 'WHERE voter = ? AND question = ? AND cable = ? AND ordinal = ?';
      const before = connection.value(z.string(), `SELECT verdict FROM feedback ${where}`, ...of);
      if (before === verdict) return 'again';
      if (before !== null) {
        connection.run(`UPDATE feedback SET verdict = ?, at = ? ${where}`, verdict, at, ...of);
        return 'changed';
      }
      const sql =
        'INSERT INTO feedback (at, verdict, voter, question, cable, ordinal) VALUES (?, ?, ?, ?, ?, ?)';
      connection.run(sql, at, verdict, ...of);
      connection.run('DELETE FROM feedback WHERE key <= (SELECT max(key) FROM feedback) - ?', KEPT);
      return 'new';
    },
    forgetVotes(voter) {
      const sql = `SELECT voter, ${COLUMNS} FROM feedback WHERE voter IS NOT NULL`;
      const own = connection.rows(voteSchema, sql).filter((vote) => voter(vote) === vote.voter);
      return connection.transaction(() =>
        own.reduce(
          (sum, { voter: name }) =>
            sum + connection.run('DELETE FROM feedback WHERE voter = ?', name),
          0,
        ),
      );
    },
    feedback: () => connection.rows(feedbackSchema, `SELECT ${COLUMNS} FROM feedback ORDER BY key`),
    deleteFeedback: (before) =>
      before === null
        ? connection.run('DELETE FROM feedback')
        : connection.run('DELETE FROM feedback WHERE at < ?', before),
  };
}

/**
 * A name for somebody who judges a paragraph: the same for the same person, question and paragraph, another for
 * any other. The bot's token is the key, which is not kept beside it: the file alone tells nobody who it was.
 */
export function voterOf(
  token: string,
  user: string,
  question: string,
  { cable, ordinal }: SpanPlace,
): string {
  const what = JSON.stringify([user, question, cable, ordinal]);
  return createHmac('sha256', token).update(what).digest('base64url').slice(0, 22);
}
