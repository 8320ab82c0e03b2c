import { runIngest } from '../../dist/app.js';
import { readConfig } from '../../dist/config.js';
import { listFiles } from '../../dist/sources/files.js';

/** Ingests a folder into an index, and is killed as by `kill -9` when so many cables are taken. */
const [cables, index, count] = process.argv.slice(2);
let taken = 0;
await runIngest({ ...readConfig(), index }, await listFiles([cables]), {
  progress: ({ phase }) => {
    if (phase === 'cables' && ++taken === Number(count)) process.kill(process.pid, 'SIGKILL');
  },
});
