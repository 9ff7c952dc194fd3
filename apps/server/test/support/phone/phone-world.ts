import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { PhoneClaimForm, PhoneEnterprise, PhoneSession } from '@hufu/contracts';
import { encodeSm2Spki } from '@hufu/gm';
import type { z } from 'zod';
import { passphraseWrap, startVault, VAULT_DEFAULTS } from '../../../../signer/src/index.ts';
import type { PhoneUser } from '../../../src/features/access/index.ts';
import {
  createPhone,
  type Envelopes,
  openRealNameProvider,
  type Phone,
} from '../../../src/features/phone/index.ts';
import { withTransaction } from '../../../src/infra/database/database.ts';
import type { PeopleProvider } from '../../../src/infra/people/people-provider.ts';
import { type Halves, remoteHalves } from '../../../src/infra/vault/halves.ts';
import { signerClient } from '../../../src/infra/vault/signer-client.ts';
import { hubWorld, type World, type WorldOptions, type WorldParts } from '../hub/hub-world.ts';
import type { HolderSpec } from '../hub/test-authority.ts';
import { testCitizenProvider } from '../library/citizen-provider.ts';
import { Handset, PIN } from './handset.ts';
import { codeFor, logInByCode, userOfSession } from './log-in.ts';

const random = (length: number) => new Uint8Array(randomBytes(length));
const FROM = {};
/** The order that waits for its download, in place of those of the counter. */
export const DOWNLOADING = 'order-to-download';

/** The phone's feature as the composition gives it what it needs. */
export const phoneOf = (
  { infra, hub, entities, platforms, desk, files }: WorldParts,
  given: {
    readonly halves: Halves | undefined;
    readonly realNames: PeopleProvider | undefined;
    readonly envelopes?: Envelopes;
  },
): Phone =>
  createPhone(
    { ...infra, halves: given.halves },
    {
      realNames: given.realNames,
      origin: infra.config.baseUrl,
      identities: entities.identities,
      entity: async (executor, id) => {
        const known = await entities.directory.byId(executor, id);
        if (known !== undefined) return { name: known.name, frozen: known.state === 'FROZEN' };
        const bound = await hub.records.byId(executor, id);
        return bound && { name: bound.unitName, frozen: false };
      },
      platforms: async () =>
        (await platforms.all()).map(({ code, name, nameEn }) => ({ code, name, nameEn })),
      authority: async (id) => ({ name: `${id}数字证书认证公司`, phone: '0471-1234567' }),
      isDownloading: async (_executor, { orderId }) => orderId === DOWNLOADING,
      envelopes: given.envelopes ?? { of: async () => [], addRecipient: async () => {} },
      operators: desk.caller,
      propose: desk.propose,
      takeFile: files.judge,
      holders: hub.caller,
      members: entities.members,
    },
  );

export type Person = { readonly name: string; readonly idNo: string };

export type PhoneWorld = World & {
  readonly phone: Phone;
  readonly halves: Halves;
  /** In place of the scans: by which user's phone the next challenges are answered. */
  signer: string | undefined;
  handset(): Promise<Handset>;
  /** Logs in by the code of the inbox. */
  logIn(handset: Handset, mobile: string): Promise<PhoneSession>;
  /** Real name by the identity provider. */
  verify(handset: Handset, person: Person): Promise<string>;
  /** Logged in, verified, and on a known device. */
  user(mobile: string, person: Person): Promise<Handset>;
  /** An enterprise claimed by this user whose order was approved. */
  administered(handset: Handset, form: z.input<typeof PhoneClaimForm>): Promise<PhoneEnterprise>;
  /** Both keys made in halves, certified, kept. */
  certified(handset: Handset, holder: Holder): Promise<Kept>;
  /** The handset's user, as the features see them. */
  callerOf(handset: Handset): PhoneUser;
  codeFor(mobile: string): Promise<string>;
};

export type Holder = HolderSpec & {
  readonly entityId: string | null;
  readonly replaces?: string;
  readonly keepsDecryption?: { readonly certificate: Uint8Array };
};
export type Kept = {
  readonly id: string;
  readonly signing: Uint8Array;
  readonly encryption: Uint8Array;
  readonly sign: string;
  readonly decrypt: string;
};

let orders = 0;
function nextOrder(): string {
  orders += 1;
  return `order-${orders}`;
}

/** The hub, the library, the phone's feature, and the vault's own code behind a socket. */
export async function phoneWorld(
  options: WorldOptions & { readonly envelopes?: Envelopes } = {},
): Promise<PhoneWorld> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hufu-phone-'));
  const vault = await startVault({
    ...VAULT_DEFAULTS,
    masterWrap: passphraseWrap({ passphrase: 'of the tests', scryptN: 1_024, random }),
    socket: path.join(folder, 's.sock'),
    folder,
  });
  const halves = remoteHalves(signerClient({ socket: vault.socket, tokenFile: vault.tokenFile }));
  const citizens = await testCitizenProvider();
  let phone: Phone | undefined;
  const scans: { signer: string | undefined } = { signer: undefined };
  const world = await hubWorld({
    ...options,
    phones: { signer: async () => scans.signer, admit: (entry) => phone!.uses.admit(entry) },
    more: async (parts) => {
      const realNames = openRealNameProvider(citizens.config, parts.infra.config.baseUrl);
      const { envelopes } = options;
      phone = phoneOf(parts, { halves, realNames, ...(envelopes === undefined ? {} : { envelopes }) });
      const given = await options.more?.(parts);
      return {
        features: [phone.feature, ...(given?.features ?? [])],
        kinds: { ...phone.kinds, ...given?.kinds },
      };
    },
  });
  const made = phone!;
  const callerOf = (handset: Handset): PhoneUser => ({
    kind: 'phone',
    sessionId: handset.session!.id,
    userId: userIds.get(handset.session!.id)!,
    deviceId: handset.session!.device?.id ?? null,
    verified: handset.session!.verified,
  });
  const userIds = new Map<string, string>();

  const logIn = async (handset: Handset, mobile: string): Promise<PhoneSession> => {
    handset.session = await logInByCode(handset.browser, mobile);
    userIds.set(handset.session.id, await userOfSession(world, handset.session.id));
    return handset.session;
  };

  const verify = async (handset: Handset, { name, idNo }: Person): Promise<string> => {
    const { browser } = handset;
    const left = await browser.call<{ redirectTo: string }>('/api/v1/phone/real-names', { body: {} });
    const asked = new URL(left.body.redirectTo).searchParams;
    const code = citizens.grant({
      claims: { name, id_number: idNo, identity_verified: true, subject_kind: 'person' },
      nonce: asked.get('nonce'),
    });
    const back = new URL(asked.get('redirect_uri')!);
    back.search = String(new URLSearchParams({ code, state: asked.get('state')! }));
    const answer = await browser.call(back.pathname + back.search);
    const session = await browser.call<PhoneSession>('/api/v1/phone/session');
    handset.session = session.body;
    return answer.headers.get('location') ?? String(answer.status);
  };

  return {
    ...world,
    phone: made,
    halves,
    get signer() {
      return scans.signer;
    },
    set signer(userId) {
      scans.signer = userId;
    },
    codeFor: (mobile) => codeFor(world.browser(), mobile),
    callerOf,
    handset: () => Handset.make(world.base),
    logIn,
    verify,
    async user(mobile, person) {
      const handset = await Handset.make(world.base);
      await logIn(handset, mobile);
      await verify(handset, person);
      const presented = await handset.present();
      if (presented.status !== 200) throw new Error(JSON.stringify(presented));
      return handset;
    },
    async administered(handset, form) {
      const { status, body } = await handset.browser.call<PhoneEnterprise>('/api/v1/phone/claims', {
        body: form,
      });
      if (status !== 201) throw new Error(JSON.stringify(body));
      const { userId } = callerOf(handset);
      await withTransaction(world.infra.database, (tx) =>
        made.people.approveClaim(tx, { entityId: body.id, userId, orderId: nextOrder() }),
      );
      return body;
    },
    async certified(handset, holder) {
      const { entityId, replaces, keepsDecryption, ...spec } = holder;
      // One PIN entry for both keys, as at a download.
      const setting = handset.key.newSetting();
      const sign = await handset.key.enrol({ pin: PIN, usage: 'sign', setting });
      const decrypt =
        keepsDecryption === undefined
          ? await handset.key.enrol({ pin: PIN, usage: 'decrypt', setting })
          : { halfId: '', publicKey: new Uint8Array() };
      const issue = (publicKey: Uint8Array, usage: 'sign' | 'encrypt') =>
        world.home.issue({ ...spec, medium: '移动', usage, publicKey: encodeSm2Spki(publicKey) });
      const signing = (await issue(sign.publicKey, 'sign')).certificate;
      const encryption =
        keepsDecryption?.certificate ?? (await issue(decrypt.publicKey, 'encrypt')).certificate;
      const id = await withTransaction(world.infra.database, (tx) =>
        made.certificates.keep(tx, {
          orderId: nextOrder(),
          user: callerOf(handset),
          entityId,
          kind: entityId === null ? 'PERSONAL' : 'ENTERPRISE',
          authorityId: 'nmca',
          subjectName: spec.unitName ?? '内蒙古测试建设有限公司',
          uscc: spec.uscc ?? null,
          signingCertificate: signing,
          encryptionCertificate: encryption,
          halves: {
            sign: sign.halfId,
            ...(keepsDecryption === undefined ? { decrypt: decrypt.halfId } : {}),
          },
          ...(replaces === undefined ? {} : { replaces }),
          from: FROM,
        }),
      );
      return { id, signing, encryption, sign: sign.halfId, decrypt: decrypt.halfId };
    },
    async close() {
      await world.close();
      await citizens.close();
      await vault.close();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}
