import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { VerificationReport } from '@hufu/contracts';
import { toPem } from '@hufu/kernel';
import { openPdf } from '@hufu/seal';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTimeStampService } from '../../../src/features/evidence/index.ts';
import { withTransaction } from '../../../src/infra/database/database.ts';
import { systemRandom } from '../../../src/infra/random.ts';
import { startTestTsa, type TestTsa } from '../../support/evidence/tsa-server.ts';
import { CODES, hubWorld, operators, type World } from '../../support/hub/hub-world.ts';
import { plainPdf } from '../../support/signing/pdf.ts';
import {
  type Desk,
  download,
  form,
  openTask,
  place,
  prepare,
  type Sealer,
  sealAll,
  sealer,
  settled,
  signAll,
  submit,
  taskOf,
} from '../../support/signing/signing-world.ts';

let world: World;
let tsa: TestTsa;
let holder: Sealer;
let legacy: Sealer;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hufu-test-'));

beforeAll(async () => {
  tsa = await startTestTsa();
  const certificates = path.join(folder, 'tsa.pem');
  fs.writeFileSync(certificates, toPem('CERTIFICATE', tsa.root.der));
  const timeStamps = openTimeStampService({ url: tsa.url, certificates, policy: undefined }, systemRandom);
  world = await hubWorld({ timeStamps });
  const [clerk, reviewer] = await operators(world, [['clerk'], ['reviewer']] as const);
  const desk: Desk = { clerk, reviewer };
  holder = await sealer(world, desk);
  legacy = await sealer(world, desk, { uscc: CODES[0], unitName: '旧算法单位有限公司', key: 'p256' });
}, 120_000);
beforeEach(() => {
  tsa.fault = 'none';
});
afterAll(async () => {
  await world.close();
  await tsa.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

async function placed(who: Sealer): Promise<string> {
  const { body } = await openTask(who, await plainPdf());
  await place(who, body.id);
  return body.id;
}

async function verified(who: Sealer, id: string): Promise<VerificationReport> {
  const bytes = await download(who, id);
  const answer = await world.browser().call<VerificationReport>('/api/v1/verify?pictures=false', {
    body: form({ name: 'file', bytes }),
  });
  return answer.body;
}

describe('time stamps', () => {
  test('an ECDSA seal becomes B-LT: stamped, with the evidence of its certificate inside', async () => {
    const id = await placed(legacy);
    await sealAll(legacy, [id]);
    const { signatures, headline } = await verified(legacy, id);
    expect(headline.zh).toMatch(/^签名有效/);
    expect(signatures[0]).toMatchObject({ kind: 'signature', level: 'B-LT' });
    expect(signatures[0]!.provenAt).not.toBeNull();
  });

  test('an SM2 seal by GB/T 38540 carries its time stamp too', async () => {
    const id = await placed(holder);
    await sealAll(holder, [id]);
    const { signatures } = await verified(holder, id);
    expect(signatures[0]).toMatchObject({ kind: 'seal', status: 'valid' });
    expect(signatures[0]!.provenAt).not.toBeNull();
  });

  test('a service that refuses costs the stamp, not the seal', async () => {
    tsa.fault = 'refuses';
    const id = await placed(legacy);
    expect(await sealAll(legacy, [id])).toMatchObject({ state: 'DONE' });
    expect((await verified(legacy, id)).signatures[0]).toMatchObject({ level: 'B-B', provenAt: null });
  });
});

describe('a server that dies', () => {
  const again = (queue: string, id: string) =>
    withTransaction(world.infra.database, (tx) =>
      world.infra.outbox.enqueue(tx, { queue, payload: { id }, subject: id }),
    );

  test('between the phases: what was prepared is in the database, and the key’s answer still fits', async () => {
    const ids = [await placed(holder), await placed(holder)];
    const ready = await settled(holder, (await prepare(holder, ids)).body.id);
    await again('signing-prepare', ready.id);
    world.infra.outbox.poke();
    const answer = await signAll(holder, ready);
    expect((await submit(holder, ready.id, answer)).status).toBe(202);
    expect(await settled(holder, ready.id)).toMatchObject({ state: 'DONE', done: 2 });
  });

  test('while sealing, at every second document: nothing is lost and nothing sealed twice', async () => {
    const ids = [await placed(holder), await placed(holder), await placed(holder)];
    const ready = await settled(holder, (await prepare(holder, ids)).body.id);
    const { attachments } = world.infra;
    const store = attachments.store.bind(attachments);
    let turn = 0;
    attachments.store = async (content, largest) => {
      const stored = await store(content, largest);
      turn += 1;
      // The file is on disk and the transaction has not begun: the worst moment.
      if (turn % 2 === 1) throw new Error('power cut');
      return stored;
    };
    try {
      await submit(holder, ready.id, await signAll(holder, ready));
      for (let i = 0; i < 40 && (await settledNow(ready.id)) === 'SEALING'; i += 1) {
        // Nobody waits here for the next try of the one that failed.
        await world.infra.database.pool.query(`update job set run_at = now() where state = 'ready'`);
        await again('signing-seal', ready.id);
        world.infra.outbox.poke();
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    } finally {
      attachments.store = store;
    }
    expect(await settled(holder, ready.id)).toMatchObject({ state: 'DONE', done: 3 });
    for (const id of ids) {
      expect((await taskOf(holder, id)).mine).toMatchObject({ state: 'SEALED' });
      const { revisions } = openPdf(await download(holder, id));
      // The document, its seal, and the evidence for it.
      expect(revisions.length).toBe(3);
    }
  });

  async function settledNow(id: string): Promise<string> {
    const { body } = await holder.browser.call<{ state: string }>(
      `/api/v1/hub/signing/preparations/${id}?wait=0`,
    );
    return body.state;
  }

  test('after sealing: the same job once more changes nothing', async () => {
    const id = await placed(holder);
    const done = await sealAll(holder, [id]);
    const before = await taskOf(holder, id);
    await again('signing-seal', done.id);
    world.infra.outbox.poke();
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(await taskOf(holder, id)).toEqual(before);
  });
});
