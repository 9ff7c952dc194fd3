import { beforeAll, describe, expect, test } from 'vitest';
import { appearanceAndFields } from './attacks/appearance-and-fields.ts';
import type { Attack, Originals } from './attacks/attack.ts';
import { cmsAndRanges } from './attacks/cms-and-ranges.ts';
import { documentChanges } from './attacks/document-changes.ts';
import { evilAnnotations } from './attacks/evil-annotations.ts';
import { hiddenValues } from './attacks/hidden-values.ts';
import { incrementalSaving } from './attacks/incremental-saving.ts';
import { shadow } from './attacks/shadow.ts';
import { signatureWrapping } from './attacks/signature-wrapping.ts';
import { sneakySignatures } from './attacks/sneaky-signatures.ts';
import { universalForgery } from './attacks/universal-forgery.ts';
import { certified, formPdf, makeWorld, plainPdf, reasonsOf, sign, validate } from './support/world.ts';

let originals: Originals;
beforeAll(async () => {
  const world = await makeWorld();
  const [one, two, three] = [await certified(world, 1), await certified(world, 2), await certified(world, 3)];
  originals = {
    world,
    signed: await sign(world, plainPdf()),
    streamed: await sign(world, plainPdf('stream')),
    certified: { 1: one, 2: two, 3: three },
    form: await sign(world, formPdf()),
    filled: await sign(world, formPdf('100')),
  };
});

test('SIGN-006 what the attacks start from is valid', async () => {
  const { world, signed, streamed, certified: levels, form, filled } = originals;
  for (const pdf of [signed, streamed, levels[1], levels[2], levels[3], form, filled]) {
    expect((await validate(world, pdf)).verdict).toEqual({ status: 'valid' });
  }
});

const CLASSES: readonly (readonly [string, readonly Attack[]])[] = [
  ['universal signature forgery', universalForgery],
  ['incremental saving', incrementalSaving],
  ['signature wrapping', signatureWrapping],
  ['shadow', shadow],
  ['evil annotations and certification bypass', evilAnnotations],
  ['sneaky signatures', sneakySignatures],
  ['appearances, fields and objects in two roles', appearanceAndFields],
  ['pages, fonts, actions and locks', documentChanges],
  ['values that are not shown when they are signed', hiddenValues],
  ['values and ranges', cmsAndRanges],
];

describe.each(CLASSES)('SIGN-006 attack class: %s', (_, attacks) => {
  test.each(attacks.map((attack) => [attack.name, attack] as const))('%s', async (_name, attack) => {
    const report = await validate(originals.world, await attack.make(originals));
    const given = reasonsOf(report);
    expect(
      given.filter((reason) => (attack.reasons as readonly string[]).includes(reason)),
      given.join(),
    ).not.toEqual([]);
    if (attack.verdict === 'refused') expect(report.verdict.status, given.join()).toBe('invalid');
    else expect(report.verdict.status).not.toBe('valid');
  });
});
