import { randomInt } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Approval, EvidenceLog, Preparation, SealView, SigningTask } from '@hufu/contracts';
import { fromBase64, toBase64 } from '@hufu/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answer, Call } from './support/browser.ts';
import { type Chain, startChain } from './support/chain.ts';
import { type Bound, boundAndLoggedIn } from './support/holder.ts';
import { createInstallation, expectStatus, type Installation, WIDE_LIMITS } from './support/installation.ts';
import { START_WITHIN_MS } from './support/programs.ts';
import { anchoredHead } from './support/published-log.ts';
import { textPdf } from './support/text-pdf.ts';

/** More of them on request: each takes a start of the server. */
const KILLS = Number(process.env['HUFU_KILLS'] ?? 2);
/** Between two kills, in ms: long enough to come to each step. */
const LONGEST_LIFE = 1500;

let chain: Chain;
let hub: Installation;
let holder: Bound;
let sealId: string;

beforeAll(async () => {
  chain = await startChain();
  hub = await createInstallation({
    authorities: [{ id: 'hetao', algorithm: 'sm2', vendor: 'a' }],
    operators: [['clerk'], ['reviewer']],
    env: { ...WIDE_LIMITS, ...chain.settings },
  });
  await chain.admit((await hub.command('anchor-contract', 'address')).trim());
  holder = await boundAndLoggedIn(hub);
  const applied = await ask<SealView>('/api/v1/hub/seals', multipart({ kind: 'ENTERPRISE' }));
  sealId = applied.body.id;
  const [clerk, reviewer] = [await hub.operator(0), await hub.operator(1)];
  const checked = await clerk.browser.call<Approval>(`/api/v1/desk/seals/${sealId}/check`, {
    body: { reason: '材料齐全' },
  });
  expectStatus(checked as Answer, 202);
  const proof = await reviewer.browser.proof('desk-approve', reviewer.key, {
    subject: `APPROVE:${checked.body.id}`,
  });
  const decision = { decision: 'APPROVE', note: '', proof };
  const decided = await reviewer.browser.call(`/api/v1/desk/approvals/${checked.body.id}/decision`, {
    body: decision,
  });
  expectStatus(decided, 200);
}, START_WITHIN_MS);
afterAll(async () => {
  await hub?.close();
  await chain?.close();
});

const BOUNDARY = 'hufu-conformance';

function multipart(fields: Readonly<Record<string, string>>, file?: string): Call {
  const part = (head: string, content: string) =>
    `--${BOUNDARY}\r\ncontent-disposition: form-data; ${head}\r\n\r\n${content}\r\n`;
  const parts = Object.entries(fields).map(([name, value]) => part(`name="${name}"`, value));
  if (file !== undefined) parts.push(part('name="file"; filename="letter.pdf"', file));
  return {
    method: 'POST',
    raw: `${parts.join('')}--${BOUNDARY}--\r\n`,
    headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
  };
}

const CUT = /ECONNRESET|ECONNREFUSED|EPIPE|socket hang up/;

/** Asks as a page does that has lost its connection: again, until there is an answer. */
async function ask<T>(address: string, call?: Call): Promise<Answer<T>> {
  for (;;) {
    try {
      const answer = await holder.browser.call<T>(address, call);
      if (answer.status < 500) return answer;
    } catch (error) {
      if (!CUT.test(String(error) + String((error as { code?: string }).code))) throw error;
    }
    await wait(50);
  }
}

const TASKS = '/api/v1/hub/signing/tasks';
const PREPARATIONS = '/api/v1/hub/signing/preparations';
const taskOf = async (id: string) => (await ask<SigningTask>(`${TASKS}/${id}`)).body;

async function placed(number: number): Promise<string> {
  const { body } = await ask<SigningTask>(TASKS, multipart({}, textPdf(`Commitment letter ${number}`)));
  const places = [{ kind: 'pages', pages: [1], x: 140, y: 230 }];
  const { version } = await taskOf(body.id);
  await ask(`${TASKS}/${body.id}/placements`, {
    method: 'PUT',
    body: { sealId, placements: places, version },
  });
  return body.id;
}

async function settled(id: string): Promise<Preparation> {
  for (;;) {
    const { body } = await ask<Preparation>(`${PREPARATIONS}/${id}?wait=2`);
    if (body.state !== 'PREPARING' && body.state !== 'SEALING') return body;
  }
}

/** As the pages do it: what a cut-off request did is read from the task, and only what is missing is done again. */
async function seal(id: string): Promise<void> {
  while ((await taskOf(id)).mine?.status === 'UNSIGNED') {
    const begun = await ask<Preparation>(PREPARATIONS, { body: { tasks: [id] } });
    if (begun.status !== 202) continue;
    const ready = await settled(begun.body.id);
    if (ready.state !== 'READY') continue;
    const signatures = await Promise.all(
      ready.documents.map(async ({ message }) => toBase64(await holder.key.signer.sign(fromBase64(message)))),
    );
    await ask(`${PREPARATIONS}/${ready.id}/signatures`, { body: { signatures } });
    await settled(ready.id);
  }
  await ask(`${TASKS}/${id}/completion`, { method: 'POST', body: {} });
}

test(
  'SIGN-005 SIGN-007 OD-19 kill -9 while documents are sealed, the log is sequenced and anchored: each is sealed once, nothing acknowledged is lost, no hand is needed',
  async () => {
    const sealed: string[] = [];
    let going = true;
    const work = (async () => {
      for (let number = 1; going; number++) {
        const id = await placed(number);
        await seal(id);
        sealed.push(id);
      }
    })();
    for (let kill = 0; kill < KILLS; kill++) {
      await wait(randomInt(LONGEST_LIFE));
      await hub.server().kill();
      await hub.start();
    }
    const before = sealed.length;
    while (sealed.length <= before) await wait(50);
    going = false;
    await work;
    for (const id of sealed) {
      const task = await taskOf(id);
      expect(task).toMatchObject({
        state: 'COMPLETED',
        mine: { status: 'SIGNED' },
        verdict: { valid: true },
      });
      const { text } = await ask(`${TASKS}/${id}/document`);
      expect(text.match(/\/ByteRange/g), 'signatures in the file').toHaveLength(1);
    }
    const { body: log } = await ask<EvidenceLog>('/api/v1/evidence/log');
    expect(log.checkpoint?.size).toBeGreaterThan(sealed.length * 3);
    const finished = await ask<{ total: number }>('/api/v1/hub/evidence?kind=document&pageSize=20');
    expect(finished.body.total, 'statements of the documents').toBeGreaterThanOrEqual(sealed.length * 4);
    const [theirs, ours] = await anchoredHead({ chain, base: hub.base }, sealed.length * 3);
    expect(theirs, 'what the chain holds').toEqual(ours);
    console.info(`${KILLS} kills, ${sealed.length} documents, each sealed once`);
  },
  600_000 + KILLS * 15_000,
);
