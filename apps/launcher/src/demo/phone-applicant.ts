import fs from 'node:fs';
import type { RaOptions, RaOrder, RaSlot } from '@hufu/contracts';
import { paperPicture, sealPicture } from './papers.ts';
import { createVisitor, type Visitor } from './visitor.ts';

/** 娜仁 and her enterprise; the identity provider knows her by the same number. */
const APPLICANT = { mobile: '13900000006', password: 'gongmin-6' };
const ENTERPRISE = { name: '乌海市黄河湿地生态有限公司', uscc: '91150302MA0U2K579C' };
const LEGAL_REPRESENTATIVE = { legalRepName: '额尔德尼', legalRepIdNo: '15010419700215101X' };
const AUTHORITY = 'caoyuan-ca';
const PLATFORM = 'hohhot';

const SEALS: readonly RaSlot[] = ['SEAL_IMAGE', 'LEGAL_SEAL_IMAGE', 'SIGN_IMAGE'];

/**
 * Applies for an enterprise certificate as a phone's user would, through the same doors, so that the counter of a fresh
 * demo has an application to decide on. Once for each data directory.
 * @param marker file that says that it is done
 */
export async function applyByPhone(base: string, marker: string): Promise<void> {
  if (fs.existsSync(marker)) return;
  const visitor = createVisitor(base);
  await logIn(visitor);
  await proveName(visitor);
  await visitor.call('/api/v1/phone/claims', { body: ENTERPRISE });
  const order = await submitOrder(visitor);
  fs.writeFileSync(marker, JSON.stringify({ order: order.id, reference: order.reference }), { mode: 0o600 });
}

async function logIn(visitor: Visitor): Promise<void> {
  const { mobile } = APPLICANT;
  await visitor.call('/api/v1/phone/login-codes', { body: { mobile } });
  const code = await codeSentTo(visitor, mobile);
  await visitor.call('/api/v1/phone/logins', { body: { mobile, code } });
}

/** Messages are sent by a worker: it may take a moment. */
async function codeSentTo(visitor: Visitor, mobile: string): Promise<string> {
  for (;;) {
    const inbox = await visitor.call<{ to: string; text: string }[]>('/api/v1/demo/sms');
    const code = /\d{6}/.exec(inbox.find(({ to }) => to === mobile)?.text ?? '')?.[0];
    if (code !== undefined) return code;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function proveName(visitor: Visitor): Promise<void> {
  const { redirectTo } = await visitor.call<{ redirectTo: string }>('/api/v1/phone/real-names', {
    method: 'POST',
  });
  const login = await visitor.open(redirectTo);
  const form = new URLSearchParams({ account: APPLICANT.mobile, password: APPLICANT.password });
  await visitor.open(login.url, { body: form });
}

async function submitOrder(visitor: Visitor): Promise<RaOrder> {
  const { sealOrgs } = await visitor.call<RaOptions>('/api/v1/ra/options');
  const begun = await visitor.call<RaOrder>('/api/v1/phone/orders', {
    body: { kind: 'NEW', applicant: 'ENTERPRISE' },
  });
  const path = `/api/v1/phone/orders/${begun.id}`;
  let order = await visitor.call<RaOrder>(path, {
    method: 'PUT',
    body: {
      version: begun.version,
      form: {
        ...begun.form,
        platform: PLATFORM,
        enterpriseName: ENTERPRISE.name,
        uscc: ENTERPRISE.uscc,
        ...LEGAL_REPRESENTATIVE,
        authority: AUTHORITY,
        sealOrg: sealOrgs[0]?.id ?? '',
        years: 1,
        contactPhone: APPLICANT.mobile,
      },
    },
  });
  for (const { slot, label, required } of order.slots) {
    if (!required) continue;
    const [name, paper] = await paperFor(visitor, { slot, label, path });
    const form = new FormData();
    form.set('file', paper, name);
    order = await visitor.call<RaOrder>(`${path}/slots/${slot}`, { body: form });
  }
  return visitor.call<RaOrder>(`${path}/submission`, { body: { version: order.version, declared: true } });
}

/** The application form is the one that the site offers, filled in. */
async function paperFor(
  visitor: Visitor,
  { slot, label, path }: { readonly slot: RaSlot; readonly label: string; readonly path: string },
): Promise<readonly [name: string, file: Blob]> {
  if (slot === 'APPLICATION_FORM') {
    return [`${label}.pdf`, await visitor.download(`${path}/application-form`)];
  }
  return [`${label}.png`, SEALS.includes(slot) ? sealPicture() : paperPicture()];
}
