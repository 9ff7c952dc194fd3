import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '@hufu/kernel';
import type { CryptoEngine } from '@hufu/pki';
import { nodeCryptoEngine } from '@hufu/pki/node';
import { type Hierarchy, openHierarchy } from './issue/hierarchy.ts';
import type { Options } from './options.ts';
import { openStore, type Store } from './state/store.ts';
import { type CrlPublisher, createCrlPublisher } from './status/crl-publisher.ts';
import { createOcspResponder, type OcspResponder } from './status/ocsp-responder.ts';
import { ocspSigners } from './status/ocsp-signers.ts';
import { createTimeStamper, type TimeStamper } from './status/time-stamper.ts';

export type AuthorityStatus = {
  readonly name: string;
  readonly nameEn: string;
  readonly phone: string;
  readonly algorithm: Options['algorithm'];
  readonly vendor: Options['vendor'];
  readonly certificates: { readonly good: number; readonly held: number; readonly revoked: number };
};

/** The parts of a running authority, without its HTTP face. */
export type Authority = {
  readonly options: Options;
  readonly baseUrl: string;
  readonly clock: Clock;
  readonly engine: CryptoEngine;
  readonly hierarchy: Hierarchy;
  readonly store: Store;
  readonly crls: CrlPublisher;
  readonly ocsp: OcspResponder;
  readonly timeStamp: TimeStamper;
  status(): AuthorityStatus;
};

/** Opens keys, certificates and journal, and publishes the first lists. */
export async function openAuthority(options: Options, baseUrl: string, clock: Clock): Promise<Authority> {
  await mkdir(join(options.dataDir, 'keys'), { recursive: true, mode: 0o700 });
  const engine = nodeCryptoEngine();
  const hierarchy = await openHierarchy({ options, baseUrl, clock });
  const store = await openStore(options.dataDir, { delayMs: options.delayMs, ocspMode: 'normal' });
  const crls = createCrlPublisher({ options, clock, hierarchy, store });
  await crls.publish();
  const signers = await ocspSigners(hierarchy.ocsp, hierarchy.tsa.signer, clock);
  const { register } = store;
  return {
    options,
    baseUrl,
    clock,
    engine,
    hierarchy,
    store,
    crls,
    ocsp: createOcspResponder({ options, clock, engine, hierarchy, store, signers }),
    timeStamp: createTimeStamper(hierarchy.tsa, clock, engine),
    status() {
      const certificates = { good: 0, held: 0, revoked: 0 };
      for (const { state } of register.all()) certificates[state.kind]++;
      const { name, nameEn, phone, algorithm, vendor } = options;
      return { name, nameEn, phone, algorithm, vendor, certificates };
    },
  };
}
