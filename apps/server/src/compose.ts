import path from 'node:path';
import { HUB_ERRORS, raRoutes } from '@hufu/contracts';
import { MODULES } from '@hufu/library';
import packageJson from '../package.json' with { type: 'json' };
import { createDemoLibrary } from './features/demo-library/index.ts';
import { createDesk } from './features/desk/index.ts';
import {
  createEntities,
  openCitizenProvider,
  readAgreements,
  readLetterTemplate,
} from './features/entities/index.ts';
import { changeLog, createEvidence, openTimeStampService } from './features/evidence/index.ts';
import { createExchange } from './features/exchange/index.ts';
import { createFiles } from './features/files/index.ts';
import { activations, createHub } from './features/hub/index.ts';
import { createIdentity } from './features/identity-provider/index.ts';
import { createPhone, type Envelopes, openRealNameProvider } from './features/phone/index.ts';
import { createPlatforms, deskView, type PlatformRecord } from './features/platforms/index.ts';
import { createRa, httpProvider, readAuthorities, readCounterRules } from './features/ra/index.ts';
import { createRecords, type RecordHook, type RecordRow, verifiedValues } from './features/records/index.ts';
import { createScan, scanPages } from './features/scan/index.ts';
import { createSigning } from './features/signing/index.ts';
import {
  createSite,
  KEY_LOGIN,
  PHONE_LOGIN,
  readDemoManifest,
  readRegionProfile,
  seedDemo,
} from './features/site/index.ts';
import { createStewards } from './features/stewards/index.ts';
import { createTrust, TRUST_ERRORS } from './features/trust/index.ts';
import { createWarnings, keyExpiry, noteChange, recordExpiry } from './features/warnings/index.ts';
import { type Foundation, foundInstallation } from './found-installation.ts';
import { INFRA_ERRORS } from './infra/errors.ts';
import type { Feature } from './infra/feature.ts';
import type { Infra } from './infra/infra.ts';
import type { Places } from './places.ts';

export type Composition = {
  readonly features: readonly Feature[];
  /** The first operators and the authorities that certify them: once, while the desk has nobody. */
  found(foundation: Foundation): Promise<void>;
  /** Data that the installation begins with: the region's platforms and, in a demo, its world. Repeatable. */
  prepare(): Promise<void>;
};

/** Which feature is given which other one's face. The only place that knows them all. */
export async function compose(
  infra: Infra,
  places: Pick<Places, 'data' | 'downloads'>,
): Promise<Composition> {
  const { config } = infra;
  const region = readRegionProfile(places.data, config.regionProfile);
  const demo = config.mode === 'demo' ? readDemoManifest(config.dataDirectory) : undefined;
  const trust = createTrust(infra, { region: region.regionCode });
  const platforms = createPlatforms(infra);
  const identity = await createIdentity(infra, platforms.clients);
  const origin = new URL(config.baseUrl).origin;
  const desk = createDesk({ ...infra, judge: trust.certificates, origin });
  const warnings = createWarnings(infra);
  const entities = createEntities(infra, {
    judge: trust.certificates,
    origin,
    libEntry: region.libEntry,
    agreements: readAgreements(path.join(places.data, 'library', 'agreements.json')),
    letter: readLetterTemplate(path.join(places.data, 'library', 'commitment-letter.json')),
    citizens: config.citizens && openCitizenProvider({ ...config.citizens, ...region.citizenLogin }, origin),
    modules: new Set(MODULES.map(({ name }) => name)),
    basePerson: async (executor, entityId) =>
      legalRepresentative(await records.single(executor, { entityId, type: 'organisation' })),
    registered: async (tx, entityId) => demoLibrary?.registered(tx, entityId),
    keyActivated: (tx, { entityId, id: keyId }) =>
      warnings.notify(tx, { kind: 'KEY_ACTIVATED', entityId, once: keyId, facts: { keyId } }),
  });
  const hub = createHub(
    {
      ...infra,
      judge: trust.certificates,
      authority: (id) => trust.authority(id),
      sessions: identity.sessions,
      intents: identity.intents,
      identities: entities.identities,
      library: entities.door,
      phones: {
        signer: (challengeId) => phone.uses.signer(challengeId),
        admit: (entry) => phone.uses.admit(entry),
      },
      platforms: {
        all: async () => (await platforms.all()).map(deskView),
        byCode: async (code) => door(await platforms.byCode(code)),
        lastSeen: (clientId) => door(platforms.lastSeen(clientId)),
      },
      origin,
      atOnceMs: config.answerAtOnceMs,
      cities: new Set(region.cities.map((city) => city.code)),
      register: { ...INFRA_ERRORS, ...HUB_ERRORS, ...TRUST_ERRORS },
    },
    { ...desk.subjects, ...entities.subjects },
  );
  // Sealed bids are of the tender tool: until it is here, nothing is encrypted to a certificate of ours.
  const envelopes: Envelopes = { of: async () => [], addRecipient: async () => {} };
  const phone = createPhone(infra, {
    realNames:
      config.realNames && openRealNameProvider({ ...config.realNames, ...region.citizenLogin }, origin),
    origin,
    identities: entities.identities,
    entity: async (executor, id) => {
      const known = await entities.directory.byId(executor, id);
      if (known !== undefined) return { name: known.name, frozen: known.state === 'FROZEN' };
      const bound = await hub.records.byId(executor, id);
      return bound && { name: bound.unitName, frozen: false };
    },
    platforms: async () => (await platforms.all()).map(deskView),
    authority: trust.authority,
    isDownloading: (executor, who) => ra.isDownloading(executor, who),
    envelopes,
    operators: desk.caller,
    propose: desk.propose,
    takeFile: (file) => files.judge(file),
    holders: hub.caller,
    members: entities.members,
  });
  const site = createSite({
    config,
    region,
    version: packageJson.version,
    downloads: places.downloads,
    loginMethods: infra.halves === undefined ? [KEY_LOGIN] : [KEY_LOGIN, PHONE_LOGIN],
    demo,
  });
  const provider = identity.feature({
    entities: hub.entities,
    listener: hub.logins,
    presenter: hub.presenter,
  });
  const signing = createSigning(
    infra,
    {
      holders: entities.signingHolders(hub.caller),
      records: entities.signingRecords(hub.records),
      judge: trust.certificates,
      trust: trust.documents,
      completed: entities.letterCompleted,
      async invited(tx, turn) {
        const { taskId: task, uscc, sender } = turn;
        await hub.signingTurn(tx, turn);
        const entityId = (await entities.directory.byUscc(tx, uscc))?.id;
        if (entityId === undefined) return;
        await warnings.notify(tx, { kind: 'SIGNING_TURN', entityId, once: task, facts: { task, sender } });
      },
    },
    { timeStamps: config.timeStamps && openTimeStampService(config.timeStamps, infra.random) },
  );
  const scan = createScan({
    ...infra,
    phones: phone,
    judge: trust.certificates,
    authorityName: async (id) => (await trust.authority(id))?.name,
    origin,
    site: { name: region.hubTitle, nameEn: region.hubTitle },
    pages: scanPages({
      database: infra.database,
      hub,
      holders: entities.signingHolders(hub.caller),
      members: entities.members,
      records: entities.signingRecords(hub.records),
      preparedDocuments: signing.preparedDocuments,
    }),
  });
  const files = createFiles(infra);
  const ra = createRa(
    infra,
    {
      phone,
      operators: desk.caller,
      operatorNames: desk.names,
      organisation: entities.identities.organisation,
      filedName: async (executor, id) => (await entities.directory.byId(executor, id))?.name,
      platforms: (executor) => platforms.all(executor),
      authority: (id) => trust.authority(id),
      refreshAuthority: async (id) => void (await trust.desk.refresh(id)),
      takeFile: files.judge,
      openEnvelopes: envelopes.of,
      payments:
        config.payments &&
        httpProvider(config.payments, {
          clock: infra.clock,
          notifyUrl: `${config.baseUrl}${raRoutes.paid.path}`,
        }),
    },
    {
      rules: readCounterRules(path.join(places.data, 'ra', 'counter.json')),
      authorities: readAuthorities(config.issuingAuthorities),
    },
  );
  const evidence = await createEvidence(infra);
  const hooks: RecordHook[] = [entities.recordHook, noteChange(warnings.notify, entities.primaryFingerprint)];
  const records = createRecords(infra, {
    members: entities.members,
    owner: entities.directory.verified,
    given: async (executor, id) => verifiedValues(await entities.directory.verified(executor, id)),
    ownFiles: files.own,
    evidence: evidence.ofRecord,
    hooks,
  });
  const demoLibrary =
    demo && createDemoLibrary(infra, { records, files, owner: entities.directory.verified });
  const exchange = await createExchange(infra, {
    members: entities.members,
    operators: desk.caller,
    propose: desk.propose,
    tokens: identity.serverTokens,
    sessions: identity.sessions,
    platforms,
    activations,
    changes: changeLog,
    entities: entities.directory,
    syncCodes: entities.syncCodes,
    records,
    files,
    sealings: {
      open: ({ entityId, title, file, actor, from }) =>
        signing.documents.open({ file, form: { title }, by: { enterpriseId: entityId, actor, from } }),
      standing: signing.documents.standing,
    },
    notify: warnings.notify,
  });
  hooks.push(exchange.recordHook);
  const stewards = createStewards(infra, {
    operators: desk.caller,
    propose: desk.propose,
    standing: entities.standing,
    directory: entities.directory,
    records,
    takeFile: files.judge,
    frozen: exchange.entityFrozen,
  });
  hooks.push(stewards.recordHook);
  return {
    features: [
      trust.feature,
      platforms.feature,
      hub.feature,
      desk.feature({
        hub,
        platforms,
        trust,
        sessions: identity.sessions,
        seals: signing.seals,
        entitiesHolding: entities.holding,
        kinds: { ...stewards.kinds, ...phone.kinds, ...exchange.kinds },
      }),
      signing.feature,
      entities.feature({ hub, documents: signing.documents, ownFiles: files.own }),
      files.feature({ members: entities.members }),
      phone.feature,
      scan,
      ra.feature,
      warnings.feature({
        members: entities.members,
        sources: [keyExpiry(entities.expiringKeys), ...recordExpiry(records)],
      }),
      provider,
      records.feature,
      ...(demoLibrary === undefined ? [] : [demoLibrary.feature]),
      exchange.feature,
      stewards.feature,
      evidence.feature({ holders: hub.caller, operators: desk.caller, members: entities.members }),
      site,
    ],
    found: (foundation) => foundInstallation({ desk, trust }, foundation),
    async prepare() {
      await platforms.seed(region.platforms);
      await signing.prepare();
      await records.prepare();
      if (demo) await seedDemo({ mode: config.mode, platforms, trust, operators: desk }, demo);
      for (const { code, exchange: given } of demo?.platforms ?? []) {
        if (given) await exchange.registerGiven(code, given);
      }
    },
  };
}

const door = (platform: PlatformRecord | undefined) => platform && deskView(platform);

/** Who stands on a legal representative's seal of an entity that is only in the library. */
function legalRepresentative(base: RecordRow | undefined) {
  const { legalRepName: legalRep, legalRepPhone: phone, regAddress: address } = base?.values ?? {};
  if (typeof legalRep !== 'string') return undefined;
  return { legalRep, phone: String(phone ?? ''), address: String(address ?? '') };
}
