import { type AuthorityOptions, startAuthority } from './index.ts';
import { optionsFromEnvironment } from './options.ts';

const authority = await startAuthority(optionsFromEnvironment(process.env) as AuthorityOptions);
process.stdout.write(`ready ${authority.baseUrl}\n`);

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await authority.close();
  process.exit(0);
}

process.once('SIGTERM', stop);
process.once('SIGINT', stop);
// Started by a supervisor over a channel: when that one dies, however it dies, nobody else would stop this.
process.once('disconnect', stop);
