import type { PhonePurpose, PhoneScope } from '@hufu/contracts';
import { utf8 } from '@hufu/kernel';
import type { HalfOp, SignedRequest } from '@hufu/phone-key';
import { withTransaction } from '../../../src/infra/database/database.ts';
import { type Handset, PIN } from './handset.ts';
import type { PhoneWorld } from './phone-world.ts';

let scans = 0;

export type Wish = {
  readonly certificateId: string;
  readonly purpose?: PhonePurpose;
  readonly scope?: PhoneScope;
  readonly entityId?: string;
  readonly count?: number;
};

/** Asks as a scan does: for the code of the refusal, or the use. */
export async function authorise(world: PhoneWorld, handset: Handset, wish: Wish) {
  scans += 1;
  const order = `scan:s${scans}`;
  const purpose = wish.purpose ?? 'login';
  const verdict = await withTransaction(world.infra.database, (tx) =>
    world.phone.uses.authorise(tx, {
      user: world.callerOf(handset),
      certificateId: wish.certificateId,
      purpose,
      usage: purpose === 'decrypt' ? 'decrypt' : 'sign',
      scope: wish.scope ?? 'HUB',
      ...(wish.entityId === undefined ? {} : { entityId: wish.entityId }),
      order,
      origin: world.base,
      count: wish.count ?? 1,
      from: {},
    }),
  );
  return { order, verdict };
}

export async function refusalOf(world: PhoneWorld, handset: Handset, wish: Wish): Promise<string | null> {
  const { verdict } = await authorise(world, handset, wish);
  if (verdict.allowed) {
    await close(world, verdict.useId);
    return null;
  }
  return verdict.code;
}

const close = (world: PhoneWorld, useId: string) =>
  withTransaction(world.infra.database, (tx) => world.phone.uses.close(tx, { useId, outcome: 'DONE' }));

/** While it runs, what the device says to the vault goes by this use. */
export async function through<T>(
  world: PhoneWorld,
  { handset, useId }: { readonly handset: Handset; readonly useId: string },
  work: () => Promise<T>,
): Promise<T> {
  handset.via = (op: HalfOp, request: SignedRequest) =>
    world.phone.uses.relay(useId, op as 'sign' | 'decrypt', request);
  try {
    return await work();
  } finally {
    handset.via = undefined;
  }
}

/** One signature over a text, from the decision to the device's own check. */
export async function signText(
  world: PhoneWorld,
  handset: Handset,
  { text, pin = PIN, ...wish }: Wish & { readonly text: string; readonly pin?: string },
): Promise<Uint8Array> {
  const { order, verdict } = await authorise(world, handset, wish);
  if (!verdict.allowed) throw new Error(verdict.code);
  const { useId, halfId } = verdict;
  const [signature] = await through(world, { handset, useId }, () =>
    handset.key.signAll({ halfId, pin, order, messages: [utf8(text)] }),
  );
  await close(world, useId);
  return signature!;
}
