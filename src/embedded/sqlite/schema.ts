/**
 * Raised when the tables, the reader of cables or the search text change: what an older version has stored was read
 * by another reader, and must be ingested again.
 */
export const SCHEMA_VERSION = 10;
/** The first whose stored cables are taken over (stored-index.ts). */
export const OLDEST_SCHEMA = 5;

/**
 * The body stands last, so that a row's fields are read without it. Vectors are not here: they are kept by what
 * a passage says (vector-store.ts). Lists of terms are as term-list.ts has them. What candidates are
 * scored by stands in tables of its own, so that filters read small rows. A term's counts are of the
 * passages (with the context before them) and cables that hold it, and of those by their audience
 * (audience.ts). Each row that a quote needs has a hash of its own (row-hash.ts).
 */
export const SCHEMA = `
CREATE TABLE property (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE audience (key INTEGER PRIMARY KEY, reaches TEXT NOT NULL UNIQUE);

CREATE TABLE cable (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  post TEXT,
  post_and_number TEXT NOT NULL,
  hash TEXT NOT NULL,
  body_hash TEXT NOT NULL,
  header_hash TEXT NOT NULL,
  row_hash TEXT NOT NULL,
  audience INTEGER NOT NULL REFERENCES audience (key),
  -- What filters and counts look at; the fields are what is read.
  date TEXT,
  classification TEXT,
  level TEXT,
  noforn INTEGER NOT NULL,
  origin TEXT,
  fields TEXT NOT NULL,
  -- Packed (sqlite/packed-text.ts), as the former ones are.
  header BLOB NOT NULL,
  body BLOB NOT NULL
);
CREATE INDEX cable_by_number ON cable (post_and_number);
CREATE INDEX cable_by_body ON cable (body_hash);
CREATE INDEX cable_by_post ON cable (post, date);
CREATE INDEX cable_by_date ON cable (date);

CREATE TABLE cable_tag (
  tag TEXT NOT NULL,
  cable INTEGER NOT NULL REFERENCES cable (key),
  PRIMARY KEY (tag, cable)
) WITHOUT ROWID;

CREATE TABLE span (
  cable INTEGER NOT NULL REFERENCES cable (key),
  ordinal INTEGER NOT NULL,
  kind TEXT NOT NULL,
  number INTEGER,
  nth INTEGER,
  mark TEXT,
  level TEXT,
  caveats TEXT NOT NULL,
  inherited INTEGER NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  audience INTEGER NOT NULL REFERENCES audience (key),
  row_hash TEXT NOT NULL,
  -- Where its sentences stand: start and end of each in its text, −1 for one that is not found there.
  sentences BLOB NOT NULL,
  PRIMARY KEY (cable, ordinal)
) WITHOUT ROWID;

CREATE TABLE passage (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  cable INTEGER NOT NULL REFERENCES cable (key),
  ordinal INTEGER NOT NULL,
  audience INTEGER NOT NULL REFERENCES audience (key),
  -- The mark that is printed: none where the level is inherited.
  marked INTEGER NOT NULL,
  level TEXT,
  noforn INTEGER NOT NULL,
  -- What its vectors are kept under.
  content BLOB NOT NULL
);
CREATE INDEX passage_by_cable ON passage (cable, ordinal);

CREATE TABLE term (
  key INTEGER PRIMARY KEY,
  stem TEXT NOT NULL,
  passages INTEGER NOT NULL,
  cables INTEGER NOT NULL,
  -- Those of them where it stands in names alone that are to be protected.
  named_passages INTEGER NOT NULL,
  named_cables INTEGER NOT NULL
);

CREATE TABLE term_audience (
  term INTEGER NOT NULL REFERENCES term (key),
  audience INTEGER NOT NULL REFERENCES audience (key),
  passages INTEGER NOT NULL,
  cables INTEGER NOT NULL,
  PRIMARY KEY (term, audience)
) WITHOUT ROWID;

-- Misspelt words are sought among all terms that begin alike: without a look at the table.
CREATE INDEX term_by_stem ON term (stem, passages, cables, named_passages, named_cables);

CREATE TABLE cable_scoring (
  cable INTEGER PRIMARY KEY REFERENCES cable (key),
  length INTEGER NOT NULL,
  -- How high a ceiling must be to show all of the cable's passages and its subject.
  whole TEXT NOT NULL,
  context BLOB NOT NULL,
  terms BLOB NOT NULL,
  -- Terms of names that the cable asks to protect: they are in no other list, and counted where such names are shown.
  names BLOB
);

CREATE TABLE passage_scoring (
  passage INTEGER PRIMARY KEY REFERENCES passage (key),
  position REAL NOT NULL,
  role TEXT,
  length INTEGER NOT NULL,
  -- The same without the heading above it.
  own_role TEXT,
  own_length INTEGER NOT NULL,
  heading BLOB NOT NULL,
  terms BLOB NOT NULL,
  names BLOB
);

-- Means of lengths are read from these alone, not from rows of kilobytes.
CREATE INDEX cable_length ON cable_scoring (length);
CREATE INDEX passage_length ON passage_scoring (length);

-- It holds stems with blanks between them, made as everywhere (cable/terms.ts): what is not ASCII is
-- part of a stem to this tokenizer, and nothing is stemmed or folded once more.
CREATE VIRTUAL TABLE passage_text USING fts5 (
  context, heading, text,
  content = '', contentless_delete = 1,
  tokenize = 'ascii'
);

-- What stands in a cable and in none of its passages: header, preamble, headings, signature. It ranks nothing.
CREATE VIRTUAL TABLE cable_text USING fts5 (
  around,
  content = '', contentless_delete = 1,
  tokenize = 'ascii'
);

-- The texts of passages and cables that hold names which are to be protected, as they are printed: the others have them
-- masked, and these are looked at where such names are shown.
CREATE VIRTUAL TABLE passage_printed USING fts5 (
  context, heading, text,
  content = '', contentless_delete = 1,
  tokenize = 'ascii'
);
CREATE VIRTUAL TABLE cable_printed USING fts5 (
  around,
  content = '', contentless_delete = 1,
  tokenize = 'ascii'
);

-- The shingles of spans (cable/shingles.ts) that quotations are found by: a row's id is its cable's key and the span's place
-- (shingles.ts).
CREATE VIRTUAL TABLE span_shingles USING fts5 (
  shingles,
  content = '', contentless_delete = 1, detail = none,
  tokenize = 'ascii'
);

-- What cables said before another text took their place: receipts of it are told what has changed.
CREATE TABLE former (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  hash TEXT NOT NULL,
  cable BLOB NOT NULL
);
CREATE INDEX former_by_id ON former (id);

-- Passages that the change has taken out: the graph is to forget them.
CREATE TABLE removed_passage (key INTEGER PRIMARY KEY);
`;
