import type { Clock } from '@hufu/kernel';
import { buildCrl, type CrlEntrySpec, keyIdentifier } from '@hufu/pki';
import type { Entity, Hierarchy } from '../issue/hierarchy.ts';
import type { Options } from '../options.ts';
import type { ListName } from '../state/events.ts';
import type { Register } from '../state/register.ts';
import type { Store } from '../state/store.ts';

export type CrlPublisher = {
  /** The list that is in force. */
  current(list: ListName): Uint8Array;
  /** Publishes new lists; the numbers are in the journal before the lists are out. */
  publish(): Promise<void>;
};

export type CrlPublisherContext = {
  readonly options: Options;
  readonly clock: Clock;
  readonly hierarchy: Hierarchy;
  readonly store: Store;
};

/** All that are revoked or on hold. Expired ones stay: an old signature may be checked against today's list. */
function entriesOf(register: Register): CrlEntrySpec[] {
  const entries: CrlEntrySpec[] = [];
  for (const { certificate, state } of register.all()) {
    if (state.kind === 'good') continue;
    const reason = state.kind === 'held' ? 'certificateHold' : state.reason;
    entries.push({ serial: certificate.serial, revokedAt: state.at, reason });
  }
  return entries;
}

export function createCrlPublisher(context: CrlPublisherContext): CrlPublisher {
  const { options, clock, hierarchy, store } = context;
  const lists = new Map<ListName, Uint8Array>();

  async function publishOne(list: ListName, issuer: Entity): Promise<void> {
    const at = clock.now();
    const event = await store.change((register) => ({
      type: 'crl',
      at,
      list,
      number: register.nextCrlNumber(list),
    }));
    if (event.type !== 'crl') return;
    const { certificate, signer } = issuer;
    const crl = await buildCrl(
      {
        issuer: certificate.subject.der,
        thisUpdate: at,
        nextUpdate: at + 1000 * options.crlValidSeconds,
        crlNumber: BigInt(event.number),
        authorityKeyIdentifier: certificate.subjectKeyIdentifier ?? keyIdentifier(certificate.spki),
        entries: list === 'root' ? [] : entriesOf(store.register),
      },
      signer,
    );
    lists.set(list, crl);
  }

  let running: Promise<void> = Promise.resolve();
  let waiting: Promise<void> | undefined;

  /** One run at a time, so that an older list never replaces a newer one; callers that wait share the next run. */
  function publish(): Promise<void> {
    waiting ??= running
      .catch(() => undefined)
      .then(async () => {
        waiting = undefined;
        running = Promise.all([
          publishOne('root', hierarchy.root),
          publishOne('intermediate', hierarchy.intermediate),
        ]).then(() => undefined);
        await running;
      });
    return waiting;
  }

  return { current: (list) => lists.get(list) ?? new Uint8Array(), publish };
}
