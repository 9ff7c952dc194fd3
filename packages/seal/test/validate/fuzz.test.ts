import { CodedError } from '@hufu/kernel';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { BLOCK_TITLES, HEADLINES, VALIDATION_REASONS } from '../../src/index.ts';
import { BYTE_RANGE, CONTENTS, patch } from './attacks/attack.ts';
import {
  addEvidence,
  certified,
  formPdf,
  makeWorld,
  plainPdf,
  reasonsOf,
  sign,
  validate,
  type World,
} from './support/world.ts';

let world: World;
let files: readonly Uint8Array[];
beforeAll(async () => {
  world = await makeWorld();
  const table = await sign(world, await certified(world, 2), { who: world.partner, places: [] });
  files = [
    addEvidence(world, table),
    await sign(world, await sign(world, plainPdf('stream')), { places: [] }),
    await sign(world, plainPdf('hybrid')),
    await sign(world, formPdf('1')),
  ];
});

/** Whatever is given, the answer is a report in known words. */
async function judged(bytes: Uint8Array): Promise<string> {
  const report = await validate(world, bytes);
  expect(HEADLINES).toHaveProperty(report.headline);
  for (const reason of reasonsOf(report)) expect(VALIDATION_REASONS).toHaveProperty(reason);
  for (const { block } of report.signatures.flatMap(({ blocks }) => blocks))
    expect(BLOCK_TITLES).toHaveProperty(block);
  expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  return report.verdict.status;
}

const WORDS = [
  'obj',
  'endobj',
  'stream',
  'endstream',
  'xref',
  'trailer',
  'startxref',
  '%%EOF',
  '<<',
  '>>',
  '[',
  ']',
  ' 0 R',
  '/Kids',
  '/Prev 9',
  '/V',
  'null',
  '99999999',
  '-1',
  '(',
  ')',
  '<',
  '>',
];

type Edit = { readonly at: number; readonly drop: number; readonly put: string };

const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  drop: fc.oneof(fc.constant(0), fc.nat({ max: 12 }), fc.nat({ max: 2000 })),
  put: fc.oneof(fc.constantFrom('', ...WORDS), fc.string({ maxLength: 12 })),
});

/** Edits outside of the long value of /Contents, where most octets of the file are. */
function apply(file: Uint8Array, edits: readonly Edit[]): Uint8Array {
  let text = Buffer.from(file).toString('latin1');
  for (const { at, drop, put } of edits) {
    const where = Math.floor(at * text.length);
    text = text.slice(0, where) + put + text.slice(where + drop);
  }
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

describe('SIGN-006 garbage is told as garbage', () => {
  test('random bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        const framed = new Uint8Array(
          Buffer.concat([Buffer.from('%PDF-1.7\n'), bytes, Buffer.from('\nstartxref\n9\n%%EOF')]),
        );
        expect(await judged(bytes)).toBe('indeterminate');
        expect(await judged(framed)).toBe('indeterminate');
      }),
      { numRuns: 60 },
    );
  });

  test('mutations of the structure', async () => {
    const short = files.map((file) =>
      patch(file, new RegExp(CONTENTS, 'g'), (match) => `/Contents <${match.slice(11, 60)}>`),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: files.length - 1 }),
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        async (i, edits) => {
          await judged(apply(short[i]!, edits));
        },
      ),
      { numRuns: 150 },
    );
  });

  test('mutations of the signature value, with lengths left open', async () => {
    const value = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
      octets: fc.oneof(
        fc.constantFrom([0x24, 0x80], [0x30, 0x80], [0x80], [0, 0], [0xa0, 0x80], [0x04, 0x84, 0xff, 0xff]),
        fc.array(fc.nat({ max: 255 }), { minLength: 1, maxLength: 6 }),
      ),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: files.length - 1 }),
        fc.array(value, { minLength: 1, maxLength: 3 }),
        async (i, edits) => {
          const bytes = files[i]!.slice();
          const contents = new RegExp(CONTENTS).exec(Buffer.from(bytes).toString('latin1'))!;
          const from = contents.index + '/Contents <'.length;
          // Where the value is, and not its padding.
          const digits = contents[0].length - '/Contents <>'.length;
          const used = contents[0].slice('/Contents <'.length).replace(/0+>$/, '').length;
          for (const { at, octets } of edits) {
            const hex = Buffer.from(octets).toString('hex');
            const place = Math.min(2 * Math.floor((at * used) / 2), digits - hex.length);
            bytes.set(Buffer.from(hex, 'latin1'), from + place);
          }
          await judged(bytes);
        },
      ),
      { numRuns: 80 },
    );
  });

  test('one octet that is signed: never valid', async () => {
    const signed = files.slice(1).map((file) => {
      const ranges = Buffer.from(file).toString('latin1').match(new RegExp(BYTE_RANGE, 'g'))!;
      const [, gapStart, gapEnd] = ranges.at(-1)!.match(/\d+/g)!.map(Number) as [number, number, number];
      return { file, gapStart, gapEnd };
    });
    const cases = fc.tuple(fc.nat({ max: signed.length - 1 }), fc.nat(), fc.integer({ min: 1, max: 255 }));
    await fc.assert(
      fc.asyncProperty(cases, async ([i, place, by]) => {
        const { file, gapStart, gapEnd } = signed[i]!;
        const bytes = file.slice();
        const at = place % (gapStart + file.length - gapEnd);
        bytes[at < gapStart ? at : at + gapEnd - gapStart]! ^= by;
        expect(await judged(bytes)).not.toBe('valid');
      }),
      { numRuns: 100 },
    );
  });

  test('every truncation', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: files.length - 1 }), fc.nat(), async (i, length) => {
        await judged(files[i]!.subarray(0, length % files[i]!.length));
      }),
      { numRuns: 60 },
    );
  });
});

describe('bounds', () => {
  const inFile = (objects: string): Uint8Array => new Uint8Array(Buffer.from(objects, 'latin1'));

  test('more values than are parsed', async () => {
    const report = await validate(world, files[0]!, { limits: { values: 200 } });
    expect(reasonsOf(report)).toEqual(['DOCUMENT_TOO_COMPLEX']);
  });

  test('a file of brackets, of comments and of numbers', async () => {
    for (const filler of ['[', '<<', '(', '%', '1 ', '/A ', '<']) {
      const body = `%PDF-1.7\n1 0 obj\n${filler.repeat(300_000)}\nendobj\n`;
      const xref = `xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<</Root 1 0 R/Size 2>>\nstartxref\n${body.length}\n%%EOF`;
      expect(await judged(inFile(body + xref)), filler).toBe('indeterminate');
    }
  });

  test('an engine that fails is not the document’s fault', async () => {
    const broken = new Error('engine');
    const engine = {
      verify: () => Promise.reject(broken),
      digest: () => {
        throw broken;
      },
    };
    await expect(validate(world, files[0]!, { engine })).rejects.toBe(broken);
    expect(broken).not.toBeInstanceOf(CodedError);
  });
});
