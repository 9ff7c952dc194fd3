import type { Approval, DeskSeal, SealView } from '@hufu/contracts';
import { writePng } from '@hufu/seal';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type BoundHolder,
  boundHolder,
  CODES,
  decide,
  hubWorld,
  operators,
  type World,
} from '../../support/hub/hub-world.ts';
import { applySeal, type Desk, deskSeal, form, issueSeal } from '../../support/signing/signing-world.ts';

let world: World;
let desk: Desk;
let holder: BoundHolder;

beforeAll(async () => {
  world = await hubWorld();
  const [clerk, reviewer] = await operators(world, [['clerk', 'reviewer'], ['reviewer']] as const);
  desk = { clerk, reviewer };
  holder = await boundHolder(world);
}, 60_000);
afterAll(() => world.close());

const propose = (id: string, path: string, method = 'POST') =>
  desk.clerk.browser.call<Approval>(`/api/v1/desk/seals/${id}/${path}`, { method, body: { reason: '核实' } });
const asReviewer = (id: string, path: string, method = 'POST') =>
  desk.reviewer.browser.call<Approval>(`/api/v1/desk/seals/${id}/${path}`, {
    method,
    body: { reason: '核实' },
  });
const sealOf = async (id: string) => (await holder.browser.call<SealView>(`/api/v1/hub/seals/${id}`)).body;

test('SIGN-012 a seal is applied for, checked by one person and issued by another', async () => {
  const applied = await applySeal(holder, { code: '1501020000001' });
  expect(applied).toMatchObject({
    status: 201,
    body: { state: 'APPLIED', source: 'DRAWN', sample: true, width: 40, usable: false, validFrom: null },
  });
  const { id } = applied.body;
  expect((await applySeal(holder)).body).toMatchObject({ code: 'SEAL_APPLIED_ALREADY' });
  const checked = await propose(id, 'check');
  expect(checked).toMatchObject({ status: 202, body: { kind: 'SEAL_ISSUE', subject: id } });
  const own = await decide(desk.clerk, { id: checked.body.id, decision: 'APPROVE' });
  expect(own).toMatchObject({ status: 403, body: { code: 'DESK_SELF_APPROVAL' } });
  expect((await sealOf(id)).state).toBe('APPLIED');
  expect((await decide(desk.reviewer, { id: checked.body.id, decision: 'APPROVE' })).status).toBe(200);
  const issued = await sealOf(id);
  expect(issued).toMatchObject({ state: 'ACTIVE', usable: true });
  expect(Date.parse(issued.validTo!)).toBeGreaterThan(Date.now());
  const { body } = await deskSeal(desk.reviewer, id);
  expect(body.history.map(({ event }) => event)).toEqual(['apply', 'check', 'issue']);
});

test('SIGN-012 the picture is drawn from the record, and marked as a sample in a demonstration', async () => {
  const preview = await fetch(new URL('/api/v1/hub/seal-previews', world.base), {
    method: 'POST',
    headers: {
      origin: holder.browser.origin,
      'content-type': 'application/json',
      cookie: [...holder.browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    },
    body: JSON.stringify({ kind: 'LEGAL_REPRESENTATIVE' }),
  });
  expect(preview.headers.get('content-type')).toBe('image/png');
  const bytes = new Uint8Array(await preview.arrayBuffer());
  expect([...bytes.subarray(1, 4)]).toEqual([0x50, 0x4e, 0x47]);
  const misplaced = await holder.browser.call('/api/v1/hub/seal-previews', {
    body: { kind: 'LEGAL_REPRESENTATIVE', word: '合同专用章' },
  });
  expect(misplaced.body).toMatchObject({ code: 'SEAL_WORD_MISPLACED' });
});

/** A ring of this colour on white paper, 40 mm at 406 dpi. */
function ring(colour: readonly [number, number, number]): Uint8Array {
  const side = 640;
  const rgba = new Uint8Array(4 * side * side).fill(255);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const radius = Math.hypot(x - side / 2, y - side / 2);
      if (radius < 318 && radius > 290) rgba.set(colour, 4 * (y * side + x));
    }
  }
  return writePng({ width: side, height: side, rgba });
}

test('SIGN-012 an uploaded picture is accepted when it is clear, and refused with its reasons when not', async () => {
  const uploaded = (bytes: Uint8Array, word: string) =>
    holder.browser.call<SealView>('/api/v1/hub/seals', {
      body: form({ name: 'seal.png', bytes, field: 'picture' }, { kind: 'ENTERPRISE', word }),
    });
  const pale = await uploaded(ring([250, 225, 225]), '投标专用章');
  expect(pale).toMatchObject({ status: 422, body: { code: 'SEAL_PICTURE_UNCLEAR' } });
  const black = await uploaded(ring([10, 10, 10]), '投标专用章');
  expect(black.body).toMatchObject({ fields: { reasons: ['PICTURE_COLOUR'] } });
  const clear = await uploaded(ring([200, 20, 20]), '投标专用章');
  expect(clear).toMatchObject({ status: 201, body: { source: 'UPLOADED', state: 'APPLIED' } });
});

describe('the life of a seal', () => {
  let id: string;
  beforeAll(async () => {
    const applied = await applySeal(holder, { word: '合同专用章' });
    id = applied.body.id;
    await issueSeal(desk, id);
  });

  test('freezing is one switch, thawing takes two persons', async () => {
    expect((await asReviewer(id, 'freeze')).body).toMatchObject({ state: 'FROZEN' });
    expect((await asReviewer(id, 'freeze')).body).toMatchObject({ code: 'SEAL_STATE' });
    const replaced = await applySeal(holder, { word: '合同专用章' });
    expect(replaced.body).toMatchObject({ code: 'SEAL_FROZEN' });
    const thaw = await asReviewer(id, 'freeze', 'DELETE');
    expect(thaw).toMatchObject({ status: 202, body: { kind: 'SEAL_THAW' } });
    expect((await sealOf(id)).state).toBe('FROZEN');
    const [other] = await operators(world, [['reviewer']] as const);
    expect((await decide(other, { id: thaw.body.id, decision: 'APPROVE' })).status).toBe(200);
    expect((await sealOf(id)).state).toBe('ACTIVE');
  });

  test('a new seal of the same kind replaces it; what was approved of another version is stale', async () => {
    const applied = await applySeal(holder, { word: '合同专用章' });
    expect(applied.body).toMatchObject({ replaces: id });
    const [other] = await operators(world, [['reviewer']] as const);
    const early = await asReviewer(id, 'revocation');
    await issueSeal(desk, applied.body.id);
    expect((await sealOf(id)).state).toBe('REPLACED');
    expect((await decide(other, { id: early.body.id, decision: 'APPROVE' })).body).toMatchObject({
      code: 'DESK_STALE_PROPOSAL',
    });
    const revoked = await asReviewer(applied.body.id, 'revocation');
    expect((await decide(other, { id: revoked.body.id, decision: 'APPROVE' })).status).toBe(200);
    expect(await sealOf(applied.body.id)).toMatchObject({ state: 'REVOKED', usable: false });
    expect((await asReviewer(applied.body.id, 'revocation')).body).toMatchObject({ code: 'SEAL_STATE' });
  });

  test('an application is rejected; a waiting approval goes with it', async () => {
    const applied = await applySeal(holder, { word: '财务专用章' });
    const checked = await propose(applied.body.id, 'check');
    expect((await propose(applied.body.id, 'rejection')).body).toMatchObject({ state: 'REJECTED' });
    const late = decide(desk.reviewer, { id: checked.body.id, decision: 'APPROVE' });
    await expect(late).rejects.toThrow('DESK_APPROVAL_CLOSED');
  });
});

test('a seal belongs to its enterprise alone', async () => {
  const stranger = await boundHolder(world, { holder: { uscc: CODES[0], unitName: '无关单位有限公司' } });
  const [seal] = (await holder.browser.call<SealView[]>('/api/v1/hub/seals')).body;
  const seen = await stranger.browser.call(`/api/v1/hub/seals/${seal!.id}`);
  expect(seen).toMatchObject({ status: 404, body: { code: 'SEAL_UNKNOWN' } });
  const theirs = await applySeal(stranger, { certificates: seal!.fingerprints[0]! });
  expect(theirs.body).toMatchObject({ code: 'SEAL_CERTIFICATE' });
});

test('印章登记 is searched by number, by code and by a part of the name, narrowed by state and paged', async () => {
  const other = await boundHolder(world, { holder: { uscc: CODES[2], unitName: '赤峰检索建材有限公司' } });
  const first = (await applySeal(other, { code: '1504020000001' })).body.id;
  const found = async (query: string) => {
    const { status, body } = await desk.clerk.browser.call<{ items: DeskSeal[]; total: number }>(
      `/api/v1/desk/seals?${query}`,
    );
    expect(status, query).toBe(200);
    return body;
  };
  const { number } = (await deskSeal(desk.clerk, first)).body;
  for (const text of [number, number.toLowerCase(), CODES[2], '检索建材'])
    expect(
      (await found(`q=${encodeURIComponent(text)}`)).items.map(({ id }) => id),
      text,
    ).toEqual([first]);
  expect(await found(`q=${encodeURIComponent('没有这家单位')}`)).toMatchObject({ items: [], total: 0 });
  // A wild card of the database is a letter like others.
  expect((await found(`q=${encodeURIComponent('%')}`)).total).toBe(0);
  expect((await found(`q=${number}&state=REVOKED`)).total).toBe(0);
  const all = await found('');
  expect(all.total).toBeGreaterThan(1);
  expect(await found('page=2&pageSize=20')).toMatchObject({
    items: all.total > 20 ? expect.anything() : [],
    total: all.total,
  });
});
