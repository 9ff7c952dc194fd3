import { EventEmitter } from 'node:events';
import { serialize } from 'pg-protocol';
import { Parser } from 'pg-protocol/dist/parser.js';
import { infraError } from '../errors.ts';
import type { RawBackend } from './raw-backend.ts';

type Named = { readonly name: string; readonly length: number };
type ParseRequest = { name?: string; text: string; types?: unknown };

/**
 * The `Connection` that a `pg.Client` drives, on top of PGlite: the application has one `pg.Pool` face for
 * both databases. It gathers parse, bind, describe, execute and sync into one call, where PGlite's own shim
 * makes one per message (and fails on a query that carries type parsers).
 */
export class PgliteConnection extends EventEmitter {
  _connecting = false;
  _ending = false;
  parsedStatements: Record<string, string> = {};
  submittedNamedStatements: Record<string, string> = {};
  readonly stream = {
    destroy: () => this.end(),
    ref() {},
    unref() {},
    setNoDelay() {},
    writable: true,
  };
  readonly #backend: RawBackend;
  #session = 0;
  #pending: Uint8Array[] = [];
  #queue: Promise<void> = Promise.resolve();
  #tellsMessages = false;

  constructor(backend: RawBackend) {
    super();
    this.#backend = backend;
    this.on('newListener', (event) => {
      if (event === 'message') this.#tellsMessages = true;
    });
  }

  connect(): void {
    this._connecting = true;
    this.#backend
      .ready()
      .then(() => {
        this.#session = this.#backend.session;
        this.emit('readyForQuery', { name: 'readyForQuery', status: 'I' });
      })
      .catch((error: unknown) => this.emit('error', error));
  }

  query(text: string): void {
    this.#send(serialize.query(text));
  }
  parse(request: ParseRequest): void {
    const types = Array.isArray(request.types) ? (request.types as number[]) : [];
    this.#hold(serialize.parse({ name: request.name ?? '', text: request.text, types }));
  }
  bind(config: Parameters<typeof serialize.bind>[0]): void {
    this.#hold(serialize.bind(config));
  }
  execute(config: Parameters<typeof serialize.execute>[0]): void {
    this.#hold(serialize.execute(config));
  }
  describe(message: Parameters<typeof serialize.describe>[0]): void {
    this.#hold(serialize.describe(message));
  }
  close(message: Parameters<typeof serialize.close>[0]): void {
    this.#hold(serialize.close(message));
  }
  flush(): void {
    this.#hold(serialize.flush());
  }
  sync(): void {
    this.#send(serialize.sync());
  }
  sendCopyFromChunk(chunk: Buffer): void {
    this.#hold(serialize.copyData(chunk));
  }
  endCopyFrom(): void {
    this.#send(serialize.copyDone());
  }
  sendCopyFail(message: string): void {
    this.#send(serialize.copyFail(message));
  }

  /** The pool ends a client after a failed query; its successor must find a clean session. */
  end(): void {
    if (this._ending) return;
    this._ending = true;
    this.#queue = this.#queue
      .then(async () => {
        if (this.#session !== this.#backend.session) return;
        for (const sql of ['ROLLBACK', 'DISCARD ALL']) await this.#backend.exec(serialize.query(sql));
      })
      .catch(() => {})
      .then(() => {
        this.emit('end');
      });
  }

  ref(): void {}
  unref(): void {}
  cancel(): void {}
  startup(): void {}
  requestSsl(): void {}

  #hold(bytes: Uint8Array): void {
    this.#pending.push(bytes);
  }

  #send(bytes: Uint8Array): void {
    this.#pending.push(bytes);
    const request = Buffer.concat(this.#pending);
    this.#pending = [];
    this.#queue = this.#queue
      .then(() => {
        if (this.#session !== this.#backend.session) throw infraError('DATABASE_UNAVAILABLE');
        return this.#backend.exec(request);
      })
      .then((answer) => this.#tell(answer))
      .catch((error: unknown) => {
        this.emit('error', error);
      });
  }

  #tell(answer: Uint8Array): void {
    const bytes = Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength);
    new Parser().parse(bytes, (message: Named) => {
      if (this.#tellsMessages) this.emit('message', message);
      this.emit(message.name === 'error' ? 'errorMessage' : message.name, message);
    });
  }
}
