import type { Clock } from '@hufu/kernel';
import type { App } from '../../../src/app.ts';
import {
  createTrust,
  type PolicyChange,
  type Trust,
  type TrustSeed,
  type TrustSettings,
} from '../../../src/features/trust/index.ts';
import { withTransaction } from '../../../src/infra/database/database.ts';
import { type TestInfra, testApp, testInfra } from '../../support/infra.ts';
import type { VendorProcess } from './vendor-process.ts';

export const REGION = '150000';
const OPERATOR = { kind: 'operator', id: 'op-1' } as const;

/** A clock that follows the real one at a distance. */
export function shiftedClock(): Clock & { shift(ms: number): void } {
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    shift: (ms) => {
      offset += ms;
    },
  };
}

export const closedForm = (change: Partial<PolicyChange['form']> = {}): PolicyChange['form'] => ({
  graceSeconds: 0,
  graceUntil: null,
  ocspBudgetMs: 5_000,
  ocspCacheSeconds: 300,
  sources: 'CRL_THEN_OCSP',
  algorithms: ['sm2', 'p256', 'rsa'],
  region: REGION,
  ...change,
});

type SeedAuthority = TrustSeed['authorities'][number];

/** An authority's entry in a demo manifest. */
export const seedOf = (
  id: string,
  vendor: VendorProcess,
  {
    policy = {},
    ...change
  }: Partial<Omit<SeedAuthority, 'policy'>> & { policy?: Partial<SeedAuthority['policy']> } = {},
): TrustSeed => ({
  profiles: [{ ...vendor.profile }],
  authorities: [
    {
      id,
      name: '北疆CA',
      nameEn: 'Beijiang CA',
      phone: '0471-1234567',
      website: null,
      region: REGION,
      profileId: vendor.profile.id,
      certificates: [...vendor.chain],
      crlUrls: [`${vendor.baseUrl}/crl/intermediate.crl`, `${vendor.baseUrl}/crl/root.crl`],
      ocspUrl: `${vendor.baseUrl}/ocsp`,
      policy: closedForm(policy),
      joined: true,
      ...change,
    },
  ],
});

export type TrustBench = {
  readonly infra: TestInfra;
  readonly trust: Trust;
  readonly app: App;
  /** Puts a policy in force as the desk does. */
  setPolicy(id: string, form: Partial<PolicyChange['form']>): Promise<void>;
  suspend(id: string): Promise<void>;
  resume(id: string): Promise<void>;
  audited(
    action: string,
  ): Promise<readonly { readonly after: unknown; readonly subject_id: string | null }[]>;
  close(): Promise<void>;
};

export async function startTrust(
  settings: Partial<TrustSettings> & { readonly clock?: Clock; readonly infra?: TestInfra } = {},
): Promise<TrustBench> {
  const { clock, infra: given, ...rest } = settings;
  const infra = given ?? (await testInfra(clock === undefined ? {} : { clock }));
  const trust = createTrust(infra, { region: REGION, pollMs: 50, ...rest });
  const app = await testApp(infra, [trust.feature]);
  const { database } = infra;
  return {
    infra,
    trust,
    app,
    async setPolicy(id, form) {
      const proposal = await trust.desk.proposePolicy(database.db, { id, form: closedForm(form) });
      await withTransaction(database, (tx) =>
        trust.desk.applyPolicy(tx, {
          actor: OPERATOR,
          reason: 'test',
          approvalId: 'approval-1',
          subjectState: proposal.subjectState,
          payload: proposal.payload,
        }),
      );
      await trust.changed();
    },
    async suspend(id) {
      await withTransaction(database, (tx) =>
        trust.desk.suspend(tx, { actor: OPERATOR, reason: 'test', id }),
      );
      await trust.changed();
    },
    async resume(id) {
      const proposal = await trust.desk.proposeResumption(database.db, id);
      await withTransaction(database, (tx) =>
        trust.desk.resume(tx, {
          actor: OPERATOR,
          reason: 'test',
          approvalId: 'approval-2',
          subjectState: proposal.subjectState,
          payload: proposal.payload,
        }),
      );
      await trust.changed();
    },
    audited: (action) =>
      database.db
        .selectFrom('audit_entry')
        .select(['after', 'subject_id'])
        .where('action', '=', action)
        .execute(),
    async close() {
      await app.close();
      if (given === undefined) await infra.dispose();
    },
  };
}
