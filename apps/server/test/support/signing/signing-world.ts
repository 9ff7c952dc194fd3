import type { Approval, DeskSeal, Preparation, SealView, SigningTask } from '@hufu/contracts';
import { fromBase64, toBase64 } from '@hufu/kernel';
import type { Answer } from '../hub/browser.ts';
import { type BoundHolder, boundHolder, decide, type Operator, type World } from '../hub/hub-world.ts';
import type { HolderSpec } from '../hub/test-authority.ts';

/** A form with one file and text fields. */
export function form(
  file: { name: string; bytes: Uint8Array; field?: string } | undefined,
  fields = {},
): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, String(value));
  if (file) data.set(file.field ?? 'file', new Blob([file.bytes.slice()]), file.name);
  return data;
}

export const applySeal = (holder: BoundHolder, fields: Record<string, string> = {}) =>
  holder.browser.call<SealView>('/api/v1/hub/seals', {
    body: form(undefined, { kind: 'ENTERPRISE', ...fields }),
  });

export type Desk = { readonly clerk: Operator; readonly reviewer: Operator };

/** Both persons say yes. */
export async function issueSeal(desk: Desk, sealId: string): Promise<void> {
  const checked = await desk.clerk.browser.call<Approval>(`/api/v1/desk/seals/${sealId}/check`, {
    body: { reason: '材料齐全' },
  });
  if (checked.status !== 202) throw new Error(`check: ${JSON.stringify(checked.body)}`);
  const decided = await decide(desk.reviewer, { id: checked.body.id, decision: 'APPROVE' });
  if (decided.status !== 200) throw new Error(`decision: ${JSON.stringify(decided.body)}`);
}

export const deskSeal = (who: Operator, id: string) => who.browser.call<DeskSeal>(`/api/v1/desk/seals/${id}`);

export type Sealer = BoundHolder & { readonly sealId: string };

/** An enterprise with a seal in force. */
export async function sealer(world: World, desk: Desk, holder: HolderSpec = {}): Promise<Sealer> {
  const bound = await boundHolder(world, { holder });
  const applied = await applySeal(bound);
  if (applied.status !== 201) throw new Error(`seal: ${JSON.stringify(applied.body)}`);
  await issueSeal(desk, applied.body.id);
  return { ...bound, sealId: applied.body.id };
}

const TASKS = '/api/v1/hub/signing/tasks';
const PREPARATIONS = '/api/v1/hub/signing/preparations';

export const openTask = (holder: BoundHolder, bytes: Uint8Array, fields = {}) =>
  holder.browser.call<SigningTask>(TASKS, { body: form({ name: '承诺书.pdf', bytes }, fields) });

export const taskOf = async (holder: BoundHolder, id: string): Promise<SigningTask> =>
  (await holder.browser.call<SigningTask>(`${TASKS}/${id}`)).body;

export const LOWER_RIGHT = [{ kind: 'pages', pages: [1], x: 140, y: 230 }];

export async function place(holder: Sealer, id: string, more: Record<string, unknown> = {}) {
  const { version } = await taskOf(holder, id);
  return holder.browser.call<SigningTask>(`${TASKS}/${id}/placements`, {
    method: 'PUT',
    body: { sealId: holder.sealId, placements: LOWER_RIGHT, version, ...more },
  });
}

export const prepare = (holder: BoundHolder, tasks: readonly string[]) =>
  holder.browser.call<Preparation>(PREPARATIONS, { body: { tasks } });

/** Polls until the work has come to an end, or waits for the key. */
export async function settled(holder: BoundHolder, id: string): Promise<Preparation> {
  for (let i = 0; i < 100; i += 1) {
    const { body } = await holder.browser.call<Preparation>(`${PREPARATIONS}/${id}?wait=5`);
    if (!['PREPARING', 'SEALING'].includes(body.state)) return body;
  }
  throw new Error('the work did not end');
}

/** What the assistant does after the PIN. */
export const signAll = (holder: BoundHolder, { documents }: Preparation): Promise<string[]> =>
  Promise.all(
    documents.map(async ({ message }) => toBase64(await holder.key.signer.sign(fromBase64(message)))),
  );

export const submit = (
  holder: BoundHolder,
  id: string,
  signatures: readonly string[],
): Promise<Answer<Preparation>> =>
  holder.browser.call<Preparation>(`${PREPARATIONS}/${id}/signatures`, { body: { signatures } });

/** From placed to sealed, for all at once. */
export async function sealAll(holder: Sealer, tasks: readonly string[]): Promise<Preparation> {
  const prepared = await prepare(holder, tasks);
  if (prepared.status !== 202) throw new Error(`prepare: ${JSON.stringify(prepared.body)}`);
  const ready = await settled(holder, prepared.body.id);
  const sent = await submit(holder, ready.id, await signAll(holder, ready));
  if (sent.status !== 202) throw new Error(`submit: ${JSON.stringify(sent.body)}`);
  return settled(holder, ready.id);
}

export const finish = (holder: BoundHolder, id: string) =>
  holder.browser.call<SigningTask>(`${TASKS}/${id}/completion`, { method: 'POST', body: {} });

export async function download(holder: BoundHolder, id: string): Promise<Uint8Array> {
  const { browser } = holder;
  const response = await fetch(new URL(`${TASKS}/${id}/document`, browser.base), {
    headers: { cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
  });
  return new Uint8Array(await response.arrayBuffer());
}

export const upload = (holder: BoundHolder, id: string, bytes: Uint8Array) =>
  holder.browser.call<SigningTask>(`${TASKS}/${id}/document`, {
    body: form({ name: 'signed.pdf', bytes }),
  });
