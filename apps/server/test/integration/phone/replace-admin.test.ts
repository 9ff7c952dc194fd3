import type { PhoneAdminReplacement, PhoneApprovals, PhoneEnterprise, PhonePeople } from '@hufu/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CODES, decide, type Operator, operators } from '../../support/hub/hub-world.ts';
import { ID_NUMBERS } from '../../support/library/entities.ts';
import { png } from '../../support/library/sample-files.ts';
import type { Handset } from '../../support/phone/handset.ts';
import { type Kept, type PhoneWorld, phoneWorld } from '../../support/phone/phone-world.ts';
import { refusalOf } from '../../support/phone/use-key.ts';

type Refused = { code?: string };
type Proposed = { replacement: PhoneAdminReplacement; approvalId: string } & Refused;
const UNIT = { unitName: '内蒙古大青山建设工程有限公司', uscc: CODES[0] };
const HEIR = '13900000072';

let world: PhoneWorld;
let gone: Handset;
let heir: Handset;
let clerk: Operator;
let reviewer: Operator;
let enterprise: PhoneEnterprise;
let kept: Kept;

const LIST = '/api/v1/desk/phone/replacements';
function letter(fields: Partial<Record<'uscc' | 'mobile' | 'reason', string>> = {}, file = true): FormData {
  const form = new FormData();
  const all = { uscc: UNIT.uscc, mobile: HEIR, reason: '原管理员已离职，无法联系', ...fields };
  for (const [name, value] of Object.entries(all)) form.append(name, value);
  if (file) form.append('letter', new Blob([new Uint8Array(png(3))]), '授权函.png');
  return form;
}
const propose = (operator: Operator, form = letter()) =>
  operator.browser.call<Proposed>(LIST, { body: form });
const listed = async () => (await clerk.browser.call<{ items: PhoneAdminReplacement[] }>(LIST)).body.items;
const waiting = async (handset: Handset) =>
  (await handset.browser.call<PhoneApprovals>('/api/v1/phone/approvals')).body.transfers;
const people = async (handset: Handset) =>
  (await handset.browser.call<PhonePeople & Refused>(`/api/v1/phone/enterprises/${enterprise.id}/people`))
    .body;

beforeAll(async () => {
  world = await phoneWorld();
  gone = await world.user('13900000071', { name: '王小明', idNo: ID_NUMBERS[0] });
  heir = await world.user(HEIR, { name: '李小红', idNo: ID_NUMBERS[1] });
  enterprise = await world.administered(gone, { name: UNIT.unitName, uscc: UNIT.uscc });
  kept = await world.certified(gone, { ...UNIT, entityId: enterprise.id });
  [clerk, reviewer] = await operators(world, [['clerk'], ['reviewer']]);
}, 120_000);
afterAll(() => world.close());

describe('SM-MOB-ADMIN an administrator who is gone', () => {
  test('SM-MOB-ADMIN the counter needs a letter, an administrator on record, and a proved real name', async () => {
    expect((await propose(clerk, letter({}, false))).body.code).toBe('PHONE_LETTER');
    expect((await propose(clerk, letter({ uscc: CODES[1] }))).body.code).toBe('PHONE_NO_ADMIN');
    expect((await propose(clerk, letter({ mobile: '13900000079' }))).body.code).toBe(
      'PHONE_PERSON_UNVERIFIED',
    );
    expect((await propose(clerk, letter({ mobile: '13900000071' }))).body.code).toBe('PHONE_PERSON_ALREADY');
    const outsider = await heir.browser.call<Refused>(LIST, { body: letter() });
    expect(outsider.body.code).toBe('DESK_SESSION_REQUIRED');
    expect(await listed()).toEqual([]);
  });

  test('SM-MOB-ADMIN a no of the second person changes nothing', async () => {
    const { approvalId } = (await propose(clerk)).body;
    expect((await propose(clerk)).body.code).toBe('PHONE_TRANSFER_OPEN');
    await decide(reviewer, { id: approvalId, decision: 'REJECT' });
    expect((await listed())[0]).toMatchObject({ state: 'ENDED' });
    expect(await waiting(heir)).toEqual([]);
  });

  test('SM-MOB-ADMIN one person proposes, another decides, and the new one accepts: never two, never none', async () => {
    const { replacement, approvalId } = (await propose(clerk)).body;
    expect(replacement).toMatchObject({ former: '王**', candidate: '李**', state: 'PROPOSED' });
    const shown = await reviewer.browser.call(`${LIST}/${replacement.id}/letter`);
    expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/png']);
    await expect(decide(clerk, { id: approvalId, decision: 'APPROVE' })).rejects.toThrow('DESK_FORBIDDEN');
    const approved = await decide(reviewer, { id: approvalId, decision: 'APPROVE' });
    expect(approved.status).toBe(200);

    const [offered] = await waiting(heir);
    expect((await people(gone)).people.find(({ self }) => self)?.role).toBe('ADMIN');
    const withdrawn = await gone.browser.call<Refused>(`/api/v1/phone/transfers/${offered!.id}`, {
      method: 'DELETE',
    });
    expect(withdrawn.body.code).toBe('PHONE_ANSWERED');
    const named = (await people(gone)).people.find(({ self }) => !self)!;
    const removed = await gone.browser.call<Refused>(
      `/api/v1/phone/enterprises/${enterprise.id}/people/${named.id}`,
      { method: 'DELETE' },
    );
    expect(removed.body.code).toBe('PHONE_TRANSFER_OPEN');

    await heir.browser.call(`/api/v1/phone/transfers/${offered!.id}/answer`, { body: { accept: true } });
    expect((await people(heir)).people).toMatchObject([{ role: 'ADMIN', self: true }]);
    expect((await people(gone)).code).toBe('PHONE_UNKNOWN');
    expect((await listed())[0]).toMatchObject({ id: replacement.id, state: 'ACCEPTED' });
  });

  test('SM-MOB-ADMIN who is gone uses the certificate no more; the last half is held, so that no file is lost', async () => {
    expect(await refusalOf(world, gone, { certificateId: kept.id })).toBe('PHONE_NOT_GRANTED');
    const { rows } = await world.infra.database.pool.query<{ state: string; holds: string[] }>(
      'select state, holds from phone_half where certificate_id = $1',
      [kept.id],
    );
    expect(rows).toEqual([
      { state: 'ACTIVE', holds: ['LEFT'] },
      { state: 'ACTIVE', holds: ['LEFT'] },
    ]);
  });
});
