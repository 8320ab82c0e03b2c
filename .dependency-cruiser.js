/** Which rooms of src/ a room may call, beside the files that stand in none. docs/design.md says why. */
const ROOMS = {
  cable: [],
  sqlite: [],
  sources: ['cable', 'sqlite'],
  corpus: ['cable'],
  quotes: ['cable'],
  embedding: ['cable', 'corpus'],
  reranking: ['embedding'],
  search: ['cable', 'corpus', 'embedding', 'quotes', 'reranking'],
  checking: ['cable', 'corpus', 'quotes', 'sources'],
  library: ['cable', 'checking', 'corpus', 'embedding', 'quotes', 'reranking', 'search'],
  dossier: ['library', 'quotes'],
  ingest: ['cable', 'corpus', 'embedding', 'sources'],
  embedded: ['cable', 'corpus', 'quotes', 'sqlite'],
  doctor: ['corpus', 'embedding', 'reranking'],
  evaluation: ['cable', 'corpus', 'reranking', 'search'],
  operation: [],
  discord: [
    ...['cable', 'checking', 'corpus', 'dossier', 'library', 'operation', 'quotes'],
    ...['search', 'sqlite'],
  ],
  cli: [
    ...[
      'cable',
      'checking',
      'corpus',
      'discord',
      'doctor',
      'dossier',
      'evaluation',
      'ingest',
      'library',
      'quotes',
    ],
    ...['search', 'sources'],
  ],
};

export default {
  forbidden: [
    {
      name: 'no-circle',
      comment: 'Two files that need each other, be it for types alone, are one or three.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphan',
      comment: 'A file that nobody needs goes.',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [
          '^src/(?:cli/main|prune)\\.ts$',
          '^src/.*worker\\.ts$',
          '\\.d\\.ts$',
          '^src/evaluation/(?:candidates|fit-weights)\\.ts$',
        ],
      },
      to: {},
    },
    ...Object.entries(ROOMS).map(([room, others]) => ({
      name: `room-${room}`,
      comment: `src/${room} calls ${others.join(', ') || 'no other room'}; see docs/design.md.`,
      severity: 'error',
      from: { path: `^src/${room}/` },
      to: { path: '^src/[^/]+/', pathNot: [room, ...others].map((each) => `^src/${each}/`) },
    })),
    {
      name: 'composed-in-one-place',
      comment: 'Which engine and which model there are is said in src/open.ts alone.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/open\\.ts$', '^src/embedded/'] },
      to: { path: '^src/embedded/' },
    },
    {
      name: 'worker-apart',
      comment: 'A worker is started beside app.ts and needs nothing of it.',
      severity: 'error',
      from: { path: '^src/library-worker\\.ts$' },
      to: { path: '^src/app\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    exclude: { path: '^src/types/' },
  },
};
