import { type AuthorityContact, type DeskAuthority, publicRoutes } from '@hufu/contracts';
import type { CertificateProfile, CryptoEngine, PinnedKey } from '@hufu/pki';
import { nodeCryptoEngine } from '@hufu/pki/node';
import type { Executor, Tx } from '../../infra/database/database.ts';
import type { Feature } from '../../infra/feature.ts';
import { mount } from '../../infra/http/mount.ts';
import type { Infra } from '../../infra/infra.ts';
import { type CertificateJudge, createCertificateJudge } from './certificate-judge.ts';
import { createDocumentTrust, type DocumentTrust } from './document-trust.ts';
import { TRUST_ERRORS } from './errors.ts';
import { mountTrustList } from './routes/trust-list.ts';
import { createTrustState } from './state/trust-state.ts';
import { BoundedMap } from './status/bounded-map.ts';
import type { BoundedAnswer, BoundedRequest } from './status/fetch-bounded.ts';
import { createOcspClient } from './status/ocsp-client.ts';
import { createSampleWriter } from './status/sample-writer.ts';
import { singleFlight } from './status/single-flight.ts';
import { createStatusChecker } from './status/status-checker.ts';
import { addProfiles, bumpRevision } from './store/authority-store.ts';
import { purgeSamples } from './store/health-store.ts';
import { type ListVersion, newestList } from './store/list-store.ts';
import { purgeOcspAnswers } from './store/ocsp-store.ts';
import {
  type ApprovedStep,
  applyPolicy,
  type Order,
  PUBLISH_QUEUE,
  recogniseAuthority,
  resumeAuthority,
  suspendAuthority,
} from './usecases/apply-change.ts';
import { changeListKeys, type KeyChange, prepareListKeys } from './usecases/change-list-keys.ts';
import { createListFetching } from './usecases/fetch-lists.ts';
import { type Joining, joinAuthority, proposeJoining } from './usecases/join-authority.ts';
import { createCertificateJudging, type Judgement, type JudgeRequest } from './usecases/judge-certificate.ts';
import { findDeskAuthority, listContacts, listDeskAuthorities } from './usecases/list-authorities.ts';
import {
  type PolicyChange,
  type Proposal,
  proposePolicy,
  proposeRecognition,
  proposeResumption,
  type RecognitionForm,
} from './usecases/propose-change.ts';
import {
  endsSoon,
  openListKeys,
  type PublishOrder,
  publishIfChanged,
  publishList,
} from './usecases/publish-trust-list.ts';
import { seedAuthorities, type TrustSeed } from './usecases/seed-authorities.ts';

export type { DocumentTrust } from './document-trust.ts';
export { TRUST_ERRORS } from './errors.ts';
export type { ApprovedStep, Order } from './usecases/apply-change.ts';
export type { Judgement, JudgeProgress, JudgeRequest } from './usecases/judge-certificate.ts';
export type { PolicyChange, Proposal, RecognitionForm } from './usecases/propose-change.ts';
export { openListKeys } from './usecases/publish-trust-list.ts';
export type { TrustSeed } from './usecases/seed-authorities.ts';

export type TrustSettings = {
  /** Administrative division code of the hub's region (GB/T 2260): HUB-012. */
  readonly region: string;
  /** Revocation lists are asked for this often at least, ends or not. Default 300. */
  readonly listEverySeconds?: number;
  /** How long a published trust list serves platforms while the hub is down. Default 14 days. */
  readonly trustListSeconds?: number;
  /** How soon a change at one server reaches another. Default 1000. */
  readonly pollMs?: number;
  /** For tests: in place of the network and of the engine. */
  readonly fetch?: (request: BoundedRequest) => Promise<BoundedAnswer>;
  readonly engine?: CryptoEngine;
};

/**
 * Steps of the desk. Proposing reads and checks; applying happens in the desk's own transaction, after the second
 * person's approval. Suspension needs one person. After the transaction has committed, call `changed()`.
 */
export type TrustDesk = {
  list(): Promise<DeskAuthority[]>;
  /** @throws CodedError TRUST_AUTHORITY_UNKNOWN */
  find(id: string): Promise<DeskAuthority>;
  proposePolicy(executor: Executor, change: PolicyChange): Promise<Proposal<PolicyChange>>;
  applyPolicy(tx: Tx, step: ApprovedStep<PolicyChange>): Promise<void>;
  proposeRecognition(executor: Executor, form: RecognitionForm): Promise<Proposal<RecognitionForm>>;
  /** Lets in one that is registered already, as not joined. */
  proposeJoining(executor: Executor, id: string): Promise<Proposal<Joining>>;
  /** Carries out either of the two: both end in an authority whose certificates are let in. */
  recognise(tx: Tx, step: ApprovedStep<RecognitionForm | Joining>): Promise<void>;
  suspend(tx: Tx, order: Order & { readonly id: string }): Promise<void>;
  proposeResumption(executor: Executor, id: string): Promise<Proposal<{ readonly id: string }>>;
  resume(tx: Tx, step: ApprovedStep<{ readonly id: string }>): Promise<void>;
  /** Fetches the authority's lists now. */
  refresh(id: string): Promise<DeskAuthority>;
};

export type AuthorityCard = { readonly id: string; readonly name: string; readonly phone: string };

export type Trust = {
  readonly feature: Feature;
  /** The whole judgement, for whoever shows or records more than a yes or no. */
  judge(request: JudgeRequest): Promise<Judgement>;
  /** The same in the words of the features that log people in. */
  readonly certificates: CertificateJudge;
  /** For whoever validates signatures in documents. */
  readonly documents: DocumentTrust;
  readonly desk: TrustDesk;
  /** Name and telephone as they are now; undefined for one that is not registered. */
  authority(id: string): Promise<AuthorityCard | undefined>;
  contacts(): Promise<AuthorityContact[]>;
  publish(order: PublishOrder): Promise<ListVersion>;
  newestList(): Promise<ListVersion | undefined>;
  /** Keys that platforms pin, to be given by hand. */
  listKeys(): Promise<readonly PinnedKey[]>;
  /** Makes the ones to come and has them sign from now on, too. */
  prepareListKeys(): Promise<readonly PinnedKey[]>;
  /** Retires the present ones. @throws TRUST_KEYS_UNPREPARED */
  changeListKeys(change: KeyChange): Promise<readonly PinnedKey[]>;
  addProfiles(tx: Tx, profiles: readonly CertificateProfile[]): Promise<void>;
  /** Demo installations only. */
  seed(manifest: TrustSeed): Promise<void>;
  /** Looks at once for what a transaction of this process changed. */
  changed(): Promise<void>;
};

const LIST_EVERY_SECONDS = 300;
const TRUST_LIST_SECONDS = 14 * 86_400;
const POLL_MS = 1_000;
const FLUSH_MS = 5_000;
const CONTACTS_MS = 500;
const SAMPLES_KEPT_MS = 7 * 86_400_000;

export function createTrust(infra: Infra, settings: TrustSettings): Trust {
  const { database, clock, random, audit, outbox, vault, log } = infra;
  const { region } = settings;
  const engine = settings.engine ?? nodeCryptoEngine();
  const samples = createSampleWriter(database);
  const sample = samples.add;
  const fetching = settings.fetch === undefined ? {} : { fetch: settings.fetch };
  const state = createTrustState({ database, engine });
  const ocsp = createOcspClient({ database, engine, clock, random, sample, ...fetching });
  const lists = createListFetching({
    database,
    engine,
    clock,
    sample,
    state,
    everySeconds: settings.listEverySeconds ?? LIST_EVERY_SECONDS,
    ...fetching,
  });
  const status = createStatusChecker({ state, ocsp, engine, clock, fetchMissing: lists.fetchMissing });
  const judging = createCertificateJudging({ database, audit, clock, engine, state, status, sample, region });
  const views = { database, clock, region };
  const applying = { audit, outbox, clock, engine };
  const proposing = (executor: Executor) => ({ executor, clock, engine });
  const publishing = {
    database,
    audit,
    clock,
    engine,
    vault,
    region,
    validSeconds: settings.trustListSeconds ?? TRUST_LIST_SECONDS,
  };
  const publish = (order: PublishOrder) => publishList(order, publishing);
  const timers: NodeJS.Timeout[] = [];
  const every = (ms: number, work: () => Promise<unknown>): void => {
    const timer = setInterval(() => {
      work().catch((error: unknown) => log.warn({ err: error }, 'trust: background work failed'));
    }, ms);
    timers.push(timer.unref());
  };

  // A public page: however many ask, the database is asked twice a second at most.
  const shared = singleFlight<AuthorityContact[]>();
  const fresh = new BoundedMap<{ readonly contacts: AuthorityContact[]; readonly until: number }>(1);
  const contacts = (): Promise<AuthorityContact[]> => {
    const known = fresh.get('all');
    if (known !== undefined && clock.now() < known.until) return Promise.resolve(known.contacts);
    return shared('all', async () => {
      const loaded = await listContacts(views);
      fresh.set('all', { contacts: loaded, until: clock.now() + CONTACTS_MS });
      return loaded;
    });
  };

  const changed = async (): Promise<void> => {
    outbox.poke(PUBLISH_QUEUE);
    await state.refresh();
  };

  const feature: Feature = {
    name: 'trust',
    errors: TRUST_ERRORS,
    jobs: {
      [PUBLISH_QUEUE]: async ({ payload }) => {
        await publishIfChanged(payload as PublishOrder, publishing);
      },
    },
    periodic: [
      { name: 'trust-fetch-lists', everySeconds: 15, longestSeconds: 180, run: () => lists.fetchDue() },
      {
        name: 'trust-housekeeping',
        everySeconds: 3600,
        async run() {
          const at = clock.now();
          await purgeOcspAnswers(database.db, at);
          await purgeSamples(database.db, at - SAMPLES_KEPT_MS);
          if (endsSoon(await newestList(database.db), at))
            await publish({ reason: 'renewal', actor: 'system' });
        },
      },
    ],
    register(app) {
      mountTrustList(app, { database, clock });
      mount(app, { route: publicRoutes.authorities, handler: contacts });
    },
    checks: {
      trust: async () => {
        await state.loaded();
      },
    },
    async start() {
      await state.refresh();
      every(settings.pollMs ?? POLL_MS, state.refresh);
      every(FLUSH_MS, samples.flush);
    },
    async stop() {
      for (const timer of timers) clearInterval(timer);
      await samples.flush();
    },
  };

  infra.metrics.gauge('hufu_trust_lists_stale', 'Revocation lists that are missing or ran out', () => {
    const at = clock.now();
    return state.current().crlRows.filter(({ nextUpdate }) => nextUpdate === undefined || nextUpdate < at)
      .length;
  });
  const judge = async (request: JudgeRequest): Promise<Judgement> => {
    const judgement = await judging.judge(request);
    const { decision } = judgement;
    const outcome = decision.allow ? (decision.grace === undefined ? 'allowed' : 'grace') : decision.code;
    infra.metrics.count('hufu_certificate_decisions_total', { outcome });
    return judgement;
  };

  return {
    feature,
    judge,
    certificates: createCertificateJudge({
      judging: { read: judging.read, judge },
      engine,
      budgetOf: (id) => state.current().records.get(id)?.policy.ocspBudgetMs ?? 0,
    }),
    documents: createDocumentTrust({ state, status, engine, clock }),
    desk: {
      list: () => listDeskAuthorities(views),
      find: (id) => findDeskAuthority(id, views),
      proposePolicy: (executor, change) => proposePolicy(change, proposing(executor)),
      applyPolicy: (tx, step) => applyPolicy(tx, step, applying),
      proposeRecognition: (executor, form) => proposeRecognition(form, proposing(executor)),
      proposeJoining: (executor, id) => proposeJoining(id, proposing(executor)),
      recognise: (tx, { payload, ...order }) =>
        'certificates' in payload
          ? recogniseAuthority(tx, { ...order, payload }, applying)
          : joinAuthority(tx, { ...order, payload }, applying),
      suspend: (tx, order) => suspendAuthority(tx, order, applying),
      proposeResumption: (executor, id) => proposeResumption(id, proposing(executor)),
      resume: (tx, step) => resumeAuthority(tx, step, applying),
      async refresh(id) {
        await findDeskAuthority(id, views);
        await lists.fetchDue(id);
        return findDeskAuthority(id, views);
      },
    },
    authority(id) {
      const record = state.current().records.get(id);
      return Promise.resolve(record && { id, name: record.name, phone: record.phone });
    },
    contacts,
    publish,
    newestList: () => newestList(database.db),
    listKeys: () => openListKeys(vault),
    prepareListKeys: () => prepareListKeys(publishing),
    changeListKeys: (change) => changeListKeys(publishing, change),
    async addProfiles(tx, profiles) {
      await addProfiles(tx, profiles);
      await bumpRevision(tx);
    },
    async seed(manifest) {
      await seedAuthorities(manifest, { ...applying, database });
      await publishIfChanged({ reason: 'demo installation', actor: 'system' }, publishing);
      await changed();
    },
    changed,
  };
}
