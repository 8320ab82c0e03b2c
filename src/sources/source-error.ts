/** A stream that cannot be read on. The message says why, for the report. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  /** The innermost name it was met in, as reports show it. */
  file: string | null = null;
  /** The archive that cannot be read on; null where a file in one ends badly. */
  archive: string | null = null;
}
