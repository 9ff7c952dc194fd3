import type { DeskRaOrder, PhoneEnterprise, RaIssued, RaOptions, RaOrder, RaSlot } from '@hufu/contracts';
import { fromBase64, toBase64 } from '@hufu/kernel';
import { buildCertificationRequest, buildName, type Signer } from '@hufu/pki';
import { quartersPng } from '../seal-sign/support/picture.ts';
import type { Answer, Call } from './browser.ts';
import { expectStatus, usccNumber } from './installation.ts';
import { type Phone, PIN } from './phone.ts';
import { AUTHORITY, CITIZENS, type Citizen, type PhoneWorld } from './phone-world.ts';

export type PhoneEnterpriseFacts = {
  readonly name: string;
  readonly uscc: string;
  /** Whose phone it is. */
  readonly citizen?: Citizen;
};

export type PhoneHolder = PhoneEnterpriseFacts & {
  readonly phone: Phone;
  readonly order: RaOrder;
  readonly certificateId: string;
  /** DER. */
  readonly certificate: Uint8Array;
  readonly encryptionCertificate: Uint8Array;
  readonly chain: readonly Uint8Array[];
};

const LEGAL_REPRESENTATIVE = { legalRepName: '额尔德尼', legalRepIdNo: '15010419700215101X' };

async function ask<T>(phone: Phone, path: string, call: Call = {}): Promise<T> {
  const answer = await phone.browser.call<T>(path, call);
  if (answer.status > 299) throw new Error(`${path} answered ${answer.status}: ${answer.text}`);
  return answer.body;
}

/** A file as the part `file` of a form. */
export function filePart(name: string, type: string, bytes: Uint8Array): Call {
  const boundary = 'hufu-conformance';
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: ${type}\r\n\r\n`;
  const raw = Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  return { method: 'POST', raw, headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } };
}

/** Login, real name, 认领企业, and an order that waits for the counter. */
export async function apply(phone: Phone, enterprise: PhoneEnterpriseFacts): Promise<RaOrder> {
  const { name, uscc, citizen = 'siqin' } = enterprise;
  const { mobile, password } = CITIZENS[citizen];
  await phone.logIn(mobile);
  await phone.proveName(mobile, password);
  await ask<PhoneEnterprise>(phone, '/api/v1/phone/claims', { body: { name, uscc } });
  const options = await ask<RaOptions>(phone, '/api/v1/ra/options');
  const begun = await ask<RaOrder>(phone, '/api/v1/phone/orders', { body: { kind: 'NEW' } });
  const path = `/api/v1/phone/orders/${begun.id}`;
  const form = {
    ...begun.form,
    platform: options.platforms[0]?.code ?? '',
    enterpriseName: name,
    uscc,
    ...LEGAL_REPRESENTATIVE,
    authority: AUTHORITY,
    sealOrg: options.sealOrgs[0]?.id ?? '',
    years: 1,
    contactPhone: mobile,
  };
  let order = await ask<RaOrder>(phone, path, { method: 'PUT', body: { version: begun.version, form } });
  for (const [at, { slot, required }] of order.slots.entries()) {
    if (required) order = await attach(phone, path, { slot, at });
  }
  return ask(phone, `${path}/submission`, { body: { version: order.version, declared: true } });
}

const attach = (phone: Phone, path: string, { slot, at }: { slot: RaSlot; at: number }) =>
  ask<RaOrder>(phone, `${path}/slots/${slot}`, filePart(`${slot}.png`, 'image/png', quartersPng(700 + at)));

/** The counter decides as two people. */
export async function approve({ hub }: PhoneWorld, orderId: string): Promise<void> {
  const [clerk, reviewer] = [await hub.operator(0), await hub.operator(1)];
  const path = `/api/v1/desk/ra/orders/${orderId}`;
  const order = await clerk.browser.call<DeskRaOrder>(path);
  expectStatus(order as unknown as Answer, 200);
  const checks = order.body.checkItems.map((item) => ({ item, passed: true }));
  const checked = await clerk.browser.call<DeskRaOrder>(`${path}/check`, {
    body: { version: order.body.version, checks },
  });
  expectStatus(checked as unknown as Answer, 200);
  const approved = await reviewer.browser.call(`${path}/approval`, {
    body: { version: checked.body.version },
  });
  expectStatus(approved, 200);
}

/** At the provider's own page. */
export async function pay({ payment }: PhoneWorld, phone: Phone, orderId: string): Promise<void> {
  const path = `/api/v1/phone/orders/${orderId}`;
  const { payUrl } = await ask<{ payUrl: string }>(phone, `${path}/payment`, { method: 'POST' });
  const paid = await phone.browser.call(payUrl, {
    body: new URLSearchParams({ act: 'pay' }),
    headers: { origin: new URL(payment).origin },
  });
  if (paid.status > 399) throw new Error(`not paid: ${paid.text}`);
  let state = '';
  while (state !== 'TO_DOWNLOAD') ({ state } = await ask<RaOrder>(phone, path));
}

/** Both keys in halves, both requests, the certificates. */
export async function download(phone: Phone, orderId: string): Promise<RaIssued> {
  const setting = phone.key.newSetting();
  const sign = await phone.key.enrol({ pin: PIN, usage: 'sign', setting });
  const encrypt = await phone.key.enrol({ pin: PIN, usage: 'decrypt', setting });
  const order = `order:${orderId}`;
  const request = async (signer: Signer) =>
    toBase64(
      await buildCertificationRequest({ subject: buildName([{ oid: '2.5.4.3', text: '标证通' }]) }, signer),
    );
  return ask<RaIssued>(phone, `/api/v1/phone/orders/${orderId}/certificate`, {
    body: {
      signCsr: await request(phone.requestSigner(sign, order)),
      encryptCsr: await request(phone.requestSigner(encrypt, order)),
      halves: { sign: sign.halfId, encrypt: encrypt.halfId },
    },
  });
}

let enterprises = 500;

/** An enterprise whose certificate is on this phone. */
export async function phoneHolder(
  world: PhoneWorld,
  phone: Phone,
  citizen: Citizen = 'siqin',
): Promise<PhoneHolder> {
  const name = `内蒙古第${++enterprises}信息技术有限公司`;
  const enterprise = { name, uscc: usccNumber(enterprises), citizen };
  const submitted = await apply(phone, enterprise);
  await approve(world, submitted.id);
  await pay(world, phone, submitted.id);
  const issued = await download(phone, submitted.id);
  return {
    ...enterprise,
    phone,
    order: issued.order,
    certificateId: issued.certificateId,
    certificate: fromBase64(issued.certificate),
    encryptionCertificate: fromBase64(issued.encryptionCertificate),
    chain: issued.chain.map(fromBase64),
  };
}
