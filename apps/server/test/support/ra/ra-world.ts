import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { DeskRaOrder, DeskRole, RaEnvelope, RaOrder } from '@hufu/contracts';
import { encodeSm2Pkcs8, generateSm2KeyPair } from '@hufu/gm';
import { CodedError, toBase64 } from '@hufu/kernel';
import { buildCertificationRequest, buildName } from '@hufu/pki';
import { nodeSigner } from '@hufu/pki/node';
import type { FastifyRequest } from 'fastify';
import type { App } from '../../../src/app.ts';
import type { Caller } from '../../../src/features/access/index.ts';
import { createFiles } from '../../../src/features/files/index.ts';
import type { Keeping } from '../../../src/features/phone/index.ts';
import {
  createRa,
  httpProvider,
  type Ra,
  type RaPorts,
  readCounterRules,
} from '../../../src/features/ra/index.ts';
import type { PaymentProvider } from '../../../src/features/ra/payments/provider.ts';
import { raTables } from '../../../src/features/ra/tables.ts';
import { GENERAL_LIMIT } from '../../../src/infra/http/create-http.ts';
import { type AuthorityProcess, startAuthorityProcess } from '../evidence/authority-process.ts';
import { type TestInfra, testApp, testInfra } from '../infra.ts';
import { png } from '../library/sample-files.ts';
import { type PaymentProcess, startPaymentProcess } from './payment-process.ts';

const DATA = path.join(import.meta.dirname, '../../../data');
export const UNIT = { name: '内蒙古青山建设工程有限公司', uscc: '91150102MA0N7A2144' };
export const AUTHORITY = 'nmca';
const ID_NUMBER = '150203198506123024';

/** What the phone's side was told, in place of it. */
export type PhoneSide = {
  readonly kept: Keeping[];
  readonly states: { id: string; state: string; keepDecryption?: boolean }[];
  readonly told: Record<string, unknown>[];
  /** By user: what they are at the one enterprise of these tests. */
  readonly roles: Map<string, 'CLAIMED' | 'ADMIN' | 'OPERATOR'>;
  /** Thrown once by the next `keep`. */
  keepFails: boolean;
  envelopes: RaEnvelope[];
  /** Name on file in the library. */
  filedName: string | undefined;
};

export type RaWorld = {
  readonly infra: TestInfra;
  readonly app: App;
  readonly ra: Ra;
  readonly base: string;
  readonly authority: AuthorityProcess;
  readonly payment: PaymentProcess;
  readonly provider: PaymentProvider;
  readonly phone: PhoneSide;
  readonly refreshed: string[];
  as(who: string): Client;
  close(): Promise<void>;
};

export type Answer<T = Record<string, unknown>> = {
  readonly status: number;
  readonly body: T & { code?: string };
};
export type Client = {
  get<T>(url: string): Promise<Answer<T>>;
  send<T>(method: 'POST' | 'PUT' | 'DELETE', url: string, body?: unknown): Promise<Answer<T>>;
  upload<T>(url: string, file: Uint8Array, name?: string): Promise<Answer<T>>;
};

const OPERATORS: Readonly<Record<string, readonly DeskRole[]>> = {
  clerk: ['clerk'],
  clerk2: ['clerk'],
  reviewer: ['reviewer'],
  both: ['clerk', 'reviewer'],
  auditor: ['auditor'],
};

/** `user:<id>` is a verified user of 标证通, `guest:<id>` one without a real name, everything else an operator. */
function callerOf(request: FastifyRequest, kind: 'phone' | 'desk'): Caller {
  const who = String(request.headers['x-test-caller'] ?? '');
  const [area, id = ''] = who.split(':');
  if (kind === 'phone' && (area === 'user' || area === 'guest')) {
    return { kind: 'phone', sessionId: 's', userId: id, deviceId: `device-${id}`, verified: area === 'user' };
  }
  const roles = OPERATORS[who];
  if (kind === 'desk' && roles !== undefined) {
    return { kind: 'operator', sessionId: 's', operatorId: who, fingerprint: 'ab'.repeat(32), roles };
  }
  return { kind: 'anonymous' };
}

async function addOperators(infra: TestInfra): Promise<void> {
  for (const [id, roles] of Object.entries(OPERATORS)) {
    await infra.database.pool.query(
      `insert into operator (id, name_sealed, roles, state, issuer_sha256, serial_number, spki_sha256, fingerprint,
         certificate, issuer_name, created_at)
       values ($1, 'x', $2, 'ACTIVE', $3, '01', $3, $3, '\\x00', 'CA', now())`,
      [id, JSON.stringify(roles), id],
    );
  }
}

function stubPhone(side: PhoneSide): RaPorts['phone'] {
  const organisation = async (): Promise<string> => 'entity-1';
  const adminOf = () => [...side.roles].find(([, role]) => role === 'ADMIN')?.[0];
  const unused = (): never => {
    throw new Error('not part of these tests');
  };
  const certificates = {
    async keep(_tx: unknown, keeping: Keeping): Promise<string> {
      if (side.keepFails) {
        side.keepFails = false;
        throw new CodedError('PHONE_HALF_FOREIGN');
      }
      side.kept.push(keeping);
      return `phone-${side.kept.length}`;
    },
    async stateChanged(_tx: unknown, change: PhoneSide['states'][number]): Promise<void> {
      side.states.push(change);
    },
    async administers(tx: Parameters<RaPorts['organisation']>[0], who: { id: string; userId: string }) {
      const row = await raTables(tx)
        .selectFrom('ra_certificate')
        .select(['user_id', 'applicant'])
        .where('id', '=', who.id)
        .executeTakeFirst();
      return row?.applicant === 'ENTERPRISE' ? adminOf() === who.userId : row?.user_id === who.userId;
    },
    byId: unused,
    byFingerprint: unused,
    ofOrder: unused,
    usableBy: unused,
  };
  return {
    caller: async (request) => callerOf(request, 'phone'),
    users: {
      facts: async (_executor, id) => ({ id, mobile: '13900000001', name: '萨仁', idNumber: ID_NUMBER }),
    },
    people: {
      async claim(_executor, { userId, entityId }) {
        if (side.roles.get(userId) !== 'CLAIMED') return undefined;
        return { id: 'c', userId, entityId, uscc: UNIT.uscc, name: UNIT.name };
      },
      enterprise: async () => ({ id: await organisation(), ...UNIT }),
      async approveClaim(_tx, { userId }) {
        const admin = adminOf();
        if (admin !== undefined && admin !== userId) throw new CodedError('PHONE_ENTERPRISE_TAKEN');
        side.roles.set(userId, 'ADMIN');
      },
      rename: async () => undefined,
      adminOf: async () => adminOf(),
      async roleOf(_executor, { userId }) {
        const role = side.roles.get(userId);
        return role === 'CLAIMED' ? undefined : role;
      },
    },
    certificates: certificates as RaPorts['phone']['certificates'],
    async notify(_tx, { facts }) {
      side.told.push(facts);
    },
  };
}

/** Orders and the counter over a real authority and a real payment sandbox, each in its own process. */
export async function raWorld(): Promise<RaWorld> {
  const infra = await testInfra();
  await addOperators(infra);
  await infra.database.pool.query(
    `insert into entity (id, kind, uscc, created_at) values ('entity-1', 'ORGANISATION', $1, now())`,
    [UNIT.uscc],
  );
  const authority = await startAuthorityProcess(infra.directory, 'sm2');
  const base = infra.config.baseUrl.replace('localhost', '127.0.0.1');
  const payment = await startPaymentProcess(infra.directory, infra.config.baseUrl);
  const notifyUrl = `${infra.config.baseUrl}/api/v1/payments/callback`;
  const provider = httpProvider(payment, { clock: { now: () => Date.now() }, notifyUrl });
  const phone: PhoneSide = {
    kept: [],
    states: [],
    told: [],
    roles: new Map([['boss', 'CLAIMED']]),
    keepFails: false,
    envelopes: [],
    filedName: undefined,
  };
  const refreshed: string[] = [];
  const files = createFiles(infra);
  const ra = createRa(
    infra,
    {
      phone: stubPhone(phone),
      operators: async (request) => callerOf(request, 'desk'),
      operatorNames: async () => new Map(Object.keys(OPERATORS).map((id) => [id, `${id}先生`])),
      organisation: async () => 'entity-1',
      filedName: async () => phone.filedName,
      platforms: async () => [{ code: 'gongyi', name: '巩义市公共资源交易中心' }],
      authority: async (id) => ({ id, name: '测试CA', phone: '400-1' }),
      async refreshAuthority(id) {
        refreshed.push(id);
      },
      takeFile: files.judge,
      openEnvelopes: async () => phone.envelopes,
      payments: provider,
    },
    {
      rules: readCounterRules(path.join(DATA, 'ra', 'counter.json')),
      authorities: [{ id: AUTHORITY, url: authority.baseUrl, token: 'a-token-for-tests-only' }],
    },
  );
  const errors = { PHONE_HALF_FOREIGN: PROBLEM, PHONE_ENTERPRISE_TAKEN: PROBLEM };
  const app = await testApp(infra, [
    { ...ra.feature, errors: { ...ra.feature.errors, ...errors } },
    {
      name: 'files-errors',
      errors: files.feature({ members: async () => ({ kind: 'anonymous' }) }).errors!,
      register() {},
    },
  ]);
  for (const name of [GENERAL_LIMIT, ...Object.keys(ra.feature.limits ?? {})]) {
    infra.limiter.define({ [name]: { requests: 100_000, seconds: 1 } });
  }
  return {
    infra,
    app,
    ra,
    base,
    authority,
    payment,
    provider,
    phone,
    refreshed,
    as: (who) => clientOf(base, who),
    async close() {
      await app.close();
      await authority.stop();
      await payment.stop();
      await infra.dispose();
    },
  };
}

const PROBLEM = { status: 409, zh: '拒绝', en: 'Refused', retry: 'never' } as const;

function clientOf(base: string, who: string): Client {
  const headers = { 'x-test-caller': who, connection: 'close' };
  const read = async <T>(answer: Response): Promise<Answer<T>> => {
    const text = await answer.text();
    return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as Answer<T>['body'] };
  };
  return {
    get: async (url) => read(await fetch(base + url, { headers })),
    send: async (method, url, body) =>
      read(
        await fetch(base + url, {
          method,
          headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      ),
    async upload(url, file, name = 'licence.png') {
      const form = new FormData();
      form.set('file', new Blob([Buffer.from(file)]), name);
      return read(await fetch(base + url, { method: 'POST', headers, body: form }));
    },
  };
}

export const FORM = {
  platform: 'gongyi',
  enterpriseName: UNIT.name,
  uscc: UNIT.uscc,
  legalRepName: '乌兰',
  legalRepIdNo: ID_NUMBER,
  authority: AUTHORITY,
  sealOrg: 'hufu',
  years: 1,
} as const;

export const SLOTS = ['LICENCE', 'LEGAL_REP_ID', 'SEAL_IMAGE', 'APPLICATION_FORM'] as const;
let seed = 1;
export const picture = (): Uint8Array => png(++seed, 16);

export const ORDERS = '/api/v1/phone/orders';
export const COUNTER = '/api/v1/desk/ra/orders';

type Filling = { readonly form?: object; readonly slots?: readonly string[]; readonly order?: object };

/** A filled draft with all its files. */
export async function filledOrder(client: Client, filling: Filling = {}): Promise<RaOrder> {
  const begun = await client.send<RaOrder>('POST', ORDERS, filling.order ?? { kind: 'NEW' });
  if (begun.status !== 201) throw new Error(JSON.stringify(begun.body));
  let order = begun.body as RaOrder;
  for (const slot of filling.slots ?? SLOTS) {
    if (order.files.some((file) => file.slot === slot)) continue;
    const answer = await client.upload<RaOrder>(`${ORDERS}/${order.id}/slots/${slot}`, picture());
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
    order = answer.body;
  }
  const saved = await client.send<RaOrder>('PUT', `${ORDERS}/${order.id}`, {
    version: order.version,
    form: { ...FORM, ...filling.form },
  });
  return saved.body;
}

export const submission = ({ version }: { version: number }, rest: object = {}) => ({
  version,
  declared: true,
  ...rest,
});

export async function submitted(client: Client, filling: Filling = {}, rest: object = {}): Promise<RaOrder> {
  const order = await filledOrder(client, filling);
  const answer = await client.send<RaOrder>(
    'POST',
    `${ORDERS}/${order.id}/submission`,
    submission(order, rest),
  );
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  return answer.body;
}

export const allPassed = ({ checkItems }: DeskRaOrder) => checkItems.map((item) => ({ item, passed: true }));

/** The two persons at the counter say yes. */
export async function approved(world: RaWorld, id: string): Promise<DeskRaOrder> {
  const seen = (await world.as('clerk').get<DeskRaOrder>(`${COUNTER}/${id}`)).body;
  const checked = await world
    .as('clerk')
    .send<DeskRaOrder>('POST', `${COUNTER}/${id}/check`, { version: seen.version, checks: allPassed(seen) });
  const done = await world
    .as('reviewer')
    .send<DeskRaOrder>('POST', `${COUNTER}/${id}/approval`, { version: checked.body.version });
  if (done.status !== 200) throw new Error(JSON.stringify(done.body));
  return done.body;
}

/** Two fresh keys with their requests, as a phone sends them. */
export async function newRequests() {
  const request = async () => {
    const signer = nodeSigner(encodeSm2Pkcs8(generateSm2KeyPair(randomBytes).privateKey));
    const subject = buildName([{ oid: '2.5.4.3', text: '标证通' }]);
    return {
      csr: toBase64(await buildCertificationRequest({ subject }, signer)),
      publicKey: signer.publicKey,
    };
  };
  const [sign, encrypt] = await Promise.all([request(), request()]);
  return {
    keys: { sign: sign.publicKey, encrypt: encrypt.publicKey },
    body: {
      signCsr: sign.csr,
      encryptCsr: encrypt.csr,
      halves: { sign: 'half-sign-0000000001', encrypt: 'half-encrypt-00000001' },
    },
  };
}

/** Pays on the provider's page and waits for its notice. */
export async function paid(world: RaWorld, client: Client, id: string): Promise<RaOrder> {
  const opened = await client.send<{ payUrl: string }>('POST', `${ORDERS}/${id}/payment`);
  await world.payment.pay(opened.body.payUrl);
  for (;;) {
    const { body } = await client.get<RaOrder>(`${ORDERS}/${id}`);
    if (body.state === 'TO_DOWNLOAD') return body;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
