import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { OpenedScan, PhoneScan, ScanAct, ScanOrder, ScanSession } from '@hufu/contracts';
import { encodeSm2Spki } from '@hufu/gm';
import { passphraseWrap, startVault, VAULT_DEFAULTS } from '../../../../signer/src/index.ts';
import type { App } from '../../../src/app.ts';
import { createScan, scanPages } from '../../../src/features/scan/index.ts';
import type { Feature } from '../../../src/infra/feature.ts';
import { createMetrics } from '../../../src/infra/http/metrics.ts';
import { createOutbox } from '../../../src/infra/outbox/outbox.ts';
import { type Halves, remoteHalves } from '../../../src/infra/vault/halves.ts';
import { signerClient } from '../../../src/infra/vault/signer-client.ts';
import { freePort } from '../free-port.ts';
import type { Answer, Browser } from '../hub/browser.ts';
import { FIELDS, hubWorld, type World, type WorldOptions, type WorldParts } from '../hub/hub-world.ts';
import type { HolderSpec } from '../hub/test-authority.ts';
import { testApp } from '../infra.ts';
import { type DeskCertificate, PhoneDesk } from './phone-desk.ts';
import { PIN, TestPhone } from './test-phone.ts';

const random = (length: number) => new Uint8Array(randomBytes(length));

export type ScanWorld = World & {
  readonly phones: PhoneDesk;
  readonly halves: Halves;
  /** A further server of the installation, on the same database. @returns its address */
  another(): Promise<string>;
  phone(userId?: string, deviceId?: string): Promise<TestPhone>;
  /** A certificate whose key is in two halves, one on this phone. */
  certify(phone: TestPhone, holder?: Certified): Promise<DeskCertificate>;
};

export type Certified = HolderSpec & { readonly entityId?: string; readonly personal?: boolean };

/** The hub with scanning, the vault process's own code behind a socket, and a double of the phone's feature. */
export async function scanWorld(options: WorldOptions = {}): Promise<ScanWorld> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hufu-scan-'));
  const vault = await startVault({
    ...VAULT_DEFAULTS,
    masterWrap: passphraseWrap({ passphrase: 'of the tests', scryptN: 1_024, random }),
    socket: path.join(folder, 's.sock'),
    folder,
  });
  const halves = remoteHalves(signerClient({ socket: vault.socket, tokenFile: vault.tokenFile }));
  const phones = new PhoneDesk(halves);
  const apps: App[] = [];
  let another: ((port: number) => Promise<App>) | undefined;
  const world = await hubWorld({
    ...options,
    phones: {
      signer: phones.uses.signer,
      admit: phones.uses.admit,
    },
    more: async (parts) => {
      const { infra } = parts;
      const scan = scanOf(parts, phones);
      another = (port) =>
        testApp(
          {
            ...infra,
            metrics: createMetrics(),
            outbox: createOutbox(infra.database),
            config: { ...infra.config, port },
          },
          [scanOf(parts, phones)],
        );
      const given = await options.more?.(parts);
      return { features: [scan, ...(given?.features ?? [])], kinds: given?.kinds ?? {} };
    },
  });
  return {
    ...world,
    phones,
    halves,
    phone: (userId = 'u1', deviceId = `${userId}-phone`) =>
      TestPhone.make(world.base, halves, { userId, deviceId }),
    certify: (phone, holder) => certify({ world, phones }, phone, holder),
    async another() {
      const port = await freePort();
      const app = await another!(port);
      apps.push(app);
      return `http://localhost:${port}`;
    },
    async close() {
      for (const app of apps) await app.close();
      await world.close();
      await vault.close();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

const scanOf = ({ infra, hub, entities, signing, judge }: WorldParts, phones: PhoneDesk): Feature =>
  createScan({
    ...infra,
    phones,
    judge,
    authorityName: async (id) => `${id}数字证书认证公司`,
    origin: infra.config.baseUrl,
    site: { name: '测试区CA互认系统', nameEn: 'Test hub' },
    pages: scanPages({
      database: infra.database,
      hub,
      holders: entities.signingHolders(hub.caller),
      members: entities.members,
      records: entities.signingRecords(hub.records),
      preparedDocuments: signing.preparedDocuments,
    }),
  });

async function certify(
  { world, phones }: { world: World; phones: PhoneDesk },
  phone: TestPhone,
  { entityId, personal = false, ...holder }: Certified = {},
): Promise<DeskCertificate> {
  const sign = await phone.key.enrol({ pin: PIN, usage: 'sign' });
  const decrypt = await phone.key.enrol({ pin: PIN, usage: 'decrypt' });
  const key = await world.home.issue({
    ...holder,
    ...(personal ? { kind: '个人', uscc: null } : {}),
    medium: '移动',
    publicKey: encodeSm2Spki(sign.publicKey),
  });
  const certificate: DeskCertificate = {
    id: `c${phones.kept.size}`,
    kind: personal ? 'PERSONAL' : 'ENTERPRISE',
    entityId: entityId ?? null,
    userId: phone.userId,
    deviceId: phone.deviceId,
    orderId: 'order',
    authorityId: 'nmca',
    subjectName: holder.unitName ?? '内蒙古测试建设有限公司',
    uscc: holder.uscc ?? FIELDS.uscc,
    serialNumber: key.serial,
    fingerprint: createHash('sha256').update(key.certificate).digest('hex'),
    validFrom: new Date(0),
    validTo: new Date(Date.now() + 86_400_000),
    state: 'EFFECTIVE',
    signingCertificate: key.certificate,
    encryptionCertificate: null,
    replacedBy: null,
    halves: { sign: sign.halfId, decrypt: decrypt.halfId },
    encryptionKey: decrypt.publicKey,
  };
  phones.kept.set(certificate.id, certificate);
  return certificate;
}

export const usedBy = ({ id, halves }: DeskCertificate) => ({ certificateId: id, halfId: halves.sign });

/** The page's side. */
export const openScan = (browser: Browser, order: ScanOrder, headers: Record<string, string> = {}) =>
  browser.call<OpenedScan>('/api/v1/scan/sessions', { body: order, headers });

export const find = (browser: Browser, id: string, query = ''): Promise<Answer<ScanSession>> =>
  browser.call<ScanSession>(`/api/v1/scan/sessions/${id}${query}`);

export const type = (browser: Browser, id: string, code: string) =>
  browser.call<ScanSession>(`/api/v1/scan/sessions/${id}/code`, { body: { code } });

export async function openAct(browser: Browser, act: ScanAct) {
  const challenge = await browser.call<{ challengeId: string }>('/api/v1/hub/challenges', { body: { act } });
  const opened = await openScan(browser, { purpose: act, challengeId: challenge.body.challengeId });
  if (opened.status !== 201) throw new Error(`no scan: ${JSON.stringify(opened.body)}`);
  return opened.body;
}

export type Ready = { readonly opened: OpenedScan; readonly seen: PhoneScan };

/** Scanned, and the code typed into the page: the phone may confirm. */
export async function ready(browser: Browser, phone: TestPhone, act: ScanAct = 'login'): Promise<Ready> {
  const opened = await openAct(browser, act);
  const { body: seen } = await phone.scan(opened.url);
  if (seen.code !== null) await type(browser, opened.id, seen.code);
  return { opened, seen };
}

/** From the QR code to the proof that a lock would have given. */
export async function scanned(
  browser: Browser,
  { phone, certificate, act }: { phone: TestPhone; certificate: DeskCertificate; act: ScanAct },
) {
  const { opened, seen } = await ready(browser, phone, act);
  await phone.give(seen, await phone.sign(seen, usedBy(certificate)));
  const { result } = (await find(browser, opened.id)).body;
  if (result === null || !('proof' in result)) throw new Error('no proof');
  return result.proof;
}

/** An enterprise that was bound with this phone's certificate, and the page that is logged in with it. */
export async function boundByPhone(world: ScanWorld, phone: TestPhone, holder: Certified = {}) {
  const certificate = await world.certify(phone, holder);
  const browser = world.browser();
  const proof = await scanned(browser, { phone, certificate, act: 'bind' });
  const bound = await browser.call('/api/v1/hub/bindings', {
    body: { proof, fields: { ...FIELDS, uscc: certificate.uscc } },
  });
  if (bound.status !== 201) throw new Error(`not bound: ${JSON.stringify(bound.body)}`);
  const login = await scanned(browser, { phone, certificate, act: 'login' });
  const entered = await browser.call<{ session: { entity: { id: string } } }>('/api/v1/hub/logins', {
    body: login,
  });
  const entityId = entered.body.session.entity.id;
  const known = { ...certificate, entityId };
  world.phones.kept.set(certificate.id, known);
  return { browser, certificate: known, entityId };
}
