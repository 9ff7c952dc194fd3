import { CodedError } from '@hufu/kernel';
import { formatVkey, type NoteKey } from '@hufu/ledger';
import fastify, { type FastifyInstance } from 'fastify';
import { parseAddCheckpoint } from './add-checkpoint-request.ts';
import { WITNESS_ERRORS, witnessError } from './errors.ts';
import type { Witness } from './witness.ts';

const MAX_BODY = 64 * 1024;
const PLAIN = 'text/plain; charset=utf-8';

export type Served = {
  readonly witness: Witness;
  /** Its own, for those who want to rely on it. */
  readonly key: NoteKey;
  readonly logs: readonly NoteKey[];
};

/** `POST /add-checkpoint` (c2sp.org/tlog-witness), and who this is. */
export function serveWitness({ witness, key, logs }: Served): FastifyInstance {
  const app = fastify({ bodyLimit: MAX_BODY, logger: false });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));

  app.post('/add-checkpoint', async (request, reply) => {
    if (typeof request.body !== 'string') throw witnessError('WITNESS_REQUEST');
    const line = await witness.addCheckpoint(parseAddCheckpoint(request.body));
    return reply.type(PLAIN).send(line);
  });
  app.get('/healthz', async () => ({ status: 'ok' }));
  app.get('/', async () => ({ vkey: formatVkey(key), logs: logs.map(({ name }) => name) }));

  app.setErrorHandler((error, _request, reply) => {
    const code = error instanceof CodedError ? error.code : undefined;
    const known = code !== undefined && code in WITNESS_ERRORS;
    const entry = known ? WITNESS_ERRORS[code as keyof typeof WITNESS_ERRORS] : undefined;
    if (error instanceof CodedError && code === 'WITNESS_OTHER_SIZE') {
      return reply.code(409).type('text/x.tlog.size').send(`${error.fields['size']}\n`);
    }
    const status = entry?.status ?? (error as { statusCode?: number }).statusCode ?? 500;
    return reply
      .code(status)
      .type(PLAIN)
      .send(`${code ?? 'ERROR'}\n`);
  });
  return app;
}
