import { fromUtf8, utf8 } from '@hufu/kernel';
import { pureCryptoEngine } from '@hufu/pki';
import { nodeCryptoEngine } from '@hufu/pki/node';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type BundleVerdict,
  EVIDENCE_REASONS,
  type EvidenceBundle,
  formatBundle,
  type LogPolicy,
  parseBundle,
  parseCheckpoint,
  portableLedgerCrypto,
  verifyBundle,
} from '../src/index.ts';
import { nodeLedgerCrypto } from '../src/node/index.ts';
import { NOON, newBundle, newEntry, newLog, POLICY, SPEC, WITNESSES } from './support/log.ts';

const tools = { crypto: nodeLedgerCrypto(), engine: nodeCryptoEngine() };
const { bundle, log, leaves, note } = await newBundle();

const verify = (change: Partial<EvidenceBundle> = {}, policy: Partial<LogPolicy> = {}) =>
  verifyBundle({ ...bundle, ...change }, { ...POLICY, ...policy }, tools);

const reasons = ({ steps }: BundleVerdict) => steps.flatMap(({ reason }) => reason ?? []);

const RESTING = ['TIME_STAMP_NONE', 'ANCHOR_NONE'];

describe('a bundle', () => {
  test('proves a statement offline', async () => {
    const verdict = await verify();
    expect(verdict.outcome).toBe('valid');
    expect(reasons(verdict)).toEqual(RESTING);
    expect(verdict).toMatchObject({ submitter: '测试中心', index: 123, statement: { type: SPEC.type } });
    expect(verdict.head?.size).toBe(300);
    expect(verdict.witnesses.map(({ operator, state, time }) => [operator, state, time])).toEqual([
      ['某法院', 'valid', NOON + 1000],
      ['某银行', 'valid', NOON + 1000],
    ]);
  });

  test('has the same verdict without Node: WebCrypto, and JavaScript alone', async () => {
    for (const subtle of [globalThis.crypto.subtle, undefined]) {
      const portable = { crypto: portableLedgerCrypto(subtle), engine: pureCryptoEngine(subtle) };
      expect((await verifyBundle(bundle, POLICY, portable)).outcome).toBe('valid');
      const forged = { ...bundle, leaf: bundle.leaf.with(40, bundle.leaf[40]! ^ 1) };
      expect((await verifyBundle(forged, POLICY, portable)).outcome).toBe('invalid');
    }
  });

  test('is one file, and the same after reading', async () => {
    const read = parseBundle(formatBundle(bundle));
    expect(read).toEqual(bundle);
    expect((await verifyBundle(read, POLICY, tools)).outcome).toBe('valid');
  });

  test('of a log with one leaf', async () => {
    const { bundle: alone } = await newBundle({ size: 1, index: 0 });
    expect((await verifyBundle(alone, POLICY, tools)).outcome).toBe('valid');
  });

  test('every reason has its words', () => {
    for (const { zh, en } of Object.values(EVIDENCE_REASONS))
      expect(zh.length * en.length).toBeGreaterThan(20);
  });
});

describe('PIPL erased fields', () => {
  const erased = bundle.disclosures.map(({ commitment }) => ({ commitment, disclosure: null }));

  test('leave the proof valid', async () => {
    const verdict = await verify({ disclosures: erased });
    expect(verdict.outcome).toBe('valid');
    expect(verdict.fields.map(({ state }) => state)).toEqual(['erased', 'erased']);
    const text = formatBundle({ ...bundle, disclosures: erased });
    for (const { disclosure } of bundle.disclosures) expect(text).not.toContain(disclosure);
  });

  test('that nobody mentions are withheld', async () => {
    const verdict = await verify({ disclosures: [] });
    expect([verdict.outcome, ...verdict.fields.map(({ state }) => state)]).toEqual([
      'valid',
      'withheld',
      'withheld',
    ]);
  });

  test('disclosed ones are read', async () => {
    const { fields } = await verify();
    const values = fields.flatMap((field) =>
      field.state === 'disclosed' ? [`${field.name}=${field.value}`] : [],
    );
    expect(values.sort()).toEqual(['holder=张三', 'phone=13800000000']);
  });
});

describe('tampering is found', () => {
  const proofWith = (from: string | RegExp, to: string) => ({ proof: bundle.proof.replace(from, to) });
  const edited = utf8(fromUtf8(bundle.statement).replace('"seq":1', '"seq":2'));
  const other = [
    { commitment: bundle.disclosures[0]!.commitment, disclosure: bundle.disclosures[1]!.disclosure },
  ];
  const foreign = [{ commitment: 'A'.repeat(43), disclosure: null }];
  const flip = (at: number) => bundle.leaf.with(at, bundle.leaf[at]! ^ 1);

  test.each<[string, Partial<EvidenceBundle>, string[]]>([
    ['an edited statement', { statement: edited }, ['STATEMENT_MALFORMED', 'LEAF_OTHER_STATEMENT']],
    ['a disclosure of another field', { disclosures: other }, ['DISCLOSURE_FOREIGN']],
    ['a disclosure that was not committed to', { disclosures: foreign }, ['DISCLOSURE_FOREIGN']],
    [
      'the same disclosure twice',
      { disclosures: [...bundle.disclosures, bundle.disclosures[0]!] },
      ['DISCLOSURE_FOREIGN'],
    ],
    ['a leaf of another statement', { leaf: flip(0) }, ['LEAF_OTHER_STATEMENT', 'INCLUSION']],
    ['a leaf with another signature', { leaf: flip(40) }, ['SUBMITTER_SIGNATURE', 'INCLUSION']],
    ['another index', proofWith('index 123', 'index 124'), ['INCLUSION', 'SIGSUM_DIFFERS']],
    ['a proof cut short', proofWith(/(index 123\n)[^\n]+\n/, '$1'), ['INCLUSION', 'SIGSUM_DIFFERS']],
    [
      'another tree size',
      proofWith('\n300\n', '\n301\n'),
      ['LOG_SIGNATURE', 'SM2_SIGNATURE', 'COSIGNATURE_WRONG'],
    ],
    ['text that is no proof', { proof: 'x' }, ['PROOF_MALFORMED']],
    [
      'a Sigsum proof of another leaf',
      { sigsumProof: bundle.sigsumProof.replace('leaf_index=123', 'leaf_index=7') },
      ['SIGSUM_DIFFERS'],
    ],
  ])('%s', async (_, change, expected) => {
    const verdict = await verify(change);
    expect(verdict.outcome).toBe('invalid');
    expect(reasons(verdict)).toEqual(expect.arrayContaining(expected));
  });

  test('a bundle with any byte of its proof changed never proves something else', async () => {
    const text = formatBundle(bundle);
    const honest = await verify();
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 1), fc.integer({ min: 32, max: 126 }), async (at, code) => {
        const changed = text.slice(0, at) + String.fromCharCode(code) + text.slice(at + 1);
        const read = (() => {
          try {
            return parseBundle(changed);
          } catch {
            return undefined;
          }
        })();
        if (read === undefined) return;
        const verdict = await verifyBundle(read, POLICY, tools);
        // White space between members, or a field turned into another that is withheld, changes nothing proved.
        if (verdict.outcome === 'valid') expect(verdict.digests).toEqual(honest.digests);
      }),
      { numRuns: 150 },
    );
  });
});

describe('the policy decides whom to believe', () => {
  test('an unknown submitter, log or too few witnesses: not proved, and nothing said of forgery', async () => {
    const strangers = await verify({}, { submitters: [] });
    expect([strangers.outcome, reasons(strangers)[0]]).toEqual(['indeterminate', 'SUBMITTER_UNKNOWN']);
    const elsewhere = await verify({}, { logs: [] });
    expect([elsewhere.outcome, ...reasons(elsewhere)]).toEqual(
      expect.arrayContaining(['indeterminate', 'LOG_UNKNOWN']),
    );
    const { bundle: lonely } = await newBundle({ count: 1 });
    const verdict = await verifyBundle(lonely, POLICY, tools);
    expect([verdict.outcome, reasons(verdict)[0]]).toEqual(['indeterminate', 'WITNESS_QUORUM']);
    expect((await verifyBundle(lonely, { ...POLICY, quorum: 1 }, tools)).outcome).toBe('valid');
  });

  test('a retired log proves what it held at its end, and nothing that its key signs afterwards', async () => {
    const [log] = POLICY.logs;
    const { size, root } = parseCheckpoint(note);
    const retired = (final: { size: number; root: Uint8Array }) => verify({}, { logs: [{ ...log!, final }] });
    expect((await retired({ size, root })).outcome).toBe('valid');
    expect((await retired({ size: size + 1, root })).outcome).toBe('valid');
    for (const final of [
      { size: size - 1, root },
      { size, root: root.with(0, root[0]! ^ 1) },
    ]) {
      const verdict = await retired(final);
      expect([verdict.outcome, reasons(verdict)[0]]).toEqual(['invalid', 'LOG_RETIRED']);
    }
  });

  test('a policy without witnesses confirms nothing', async () => {
    const verdict = await verify({}, { witnesses: [], quorum: 0 });
    expect([verdict.outcome, reasons(verdict)[0]]).toEqual(['indeterminate', 'WITNESS_NONE']);
  });

  test('a witness that signed another tree is no witness', async () => {
    const forged = await log.checkpoint(299);
    const line = forged.split('\n').find((one) => one.includes(WITNESSES[0]!.name))!;
    const proof = bundle.proof.replace(/\n— court[^\n]+/, () => `\n${line}`);
    const verdict = await verify({ proof });
    expect([verdict.outcome, reasons(verdict)[0]]).toEqual(['invalid', 'COSIGNATURE_WRONG']);
  });

  test('the SM2 signature may be missing, but not wrong', async () => {
    const plain = note.replace(/\n— [^\n]+\/sm2 [^\n]+/, '');
    const without = await verify({ proof: bundle.proof.replace(note, () => plain) });
    expect(without.steps.find(({ step }) => step === 'sm2')).toMatchObject({
      state: 'absent',
      reason: 'SM2_ABSENT',
    });
    expect(without.outcome).toBe('valid');
    const other = await log.checkpoint(299);
    const line = /\n— [^\n]+\/sm2 [^\n]+/.exec(other)![0];
    const verdict = await verify({ proof: bundle.proof.replace(/\n— [^\n]+\/sm2 [^\n]+/, () => line) });
    expect([verdict.outcome, reasons(verdict)[0]]).toEqual(['invalid', 'SM2_SIGNATURE']);
  });

  test('a statement dated after its witnesses is refused', async () => {
    const entry = await newEntry({ time: NOON + 3_600_000 });
    const { bundle: late } = await newBundle({ entry });
    const verdict = await verifyBundle(late, POLICY, tools);
    expect([verdict.outcome, reasons(verdict)[0]]).toEqual(['invalid', 'TIME_POSTDATED']);
    const { bundle: skewed } = await newBundle({ entry: await newEntry({ time: NOON + 60_000 }) });
    expect((await verifyBundle(skewed, POLICY, tools)).outcome).toBe('valid');
  });
});

const ANCHOR = {
  chainId: 31337,
  contract: POLICY.chains[0]!.contract,
  transaction: `0x${'11'.repeat(32)}`,
  blockNumber: 7,
  blockHash: `0x${'22'.repeat(32)}`,
  blockTime: NOON,
};

describe('anchors, offline', () => {
  const anchorOf = async (size: number) => ({
    ...ANCHOR,
    proof: await log.proof(123, await log.checkpoint(size)),
  });

  test('are facts to be asked of a node, and leave the verdict as it is', async () => {
    const verdict = await verify({ anchors: [await anchorOf(200)] });
    expect(verdict.outcome).toBe('valid');
    expect(verdict.anchors[0]).toMatchObject({
      state: 'indeterminate',
      reason: 'ANCHOR_OFFLINE',
      chain: '测试链',
    });
    expect(verdict.anchors[0]?.head?.size).toBe(200);
  });

  test('of a checkpoint without the leaf are refused', async () => {
    const anchor = await anchorOf(200);
    const wrong = { ...anchor, proof: anchor.proof.replace('index 123', 'index 12') };
    const verdict = await verify({ anchors: [wrong] });
    expect([verdict.outcome, verdict.anchors[0]?.reason]).toEqual(['invalid', 'INCLUSION']);
  });

  test('on a chain that the policy does not know say so', async () => {
    const verdict = await verify({ anchors: [{ ...(await anchorOf(200)), chainId: 1 }] });
    expect([verdict.outcome, verdict.anchors[0]?.reason]).toEqual(['valid', 'ANCHOR_UNKNOWN_CHAIN']);
  });
});

describe('a bundle’s form', () => {
  const text = formatBundle(bundle);

  test.each<[string, string]>([
    ['no JSON', 'x'],
    ['another version', text.replace('hufu-evidence/v1', 'hufu-evidence/v2')],
    ['a member too many', text.replace('"leaf":', '"more": 1, "leaf":')],
    ['a leaf that is too short', text.replace(/"leaf": "../, '"leaf": "')],
    ['a list', '[]'],
    ['more than is read', `${text}${' '.repeat(2 * 1024 * 1024)}`],
  ])('refuses %s', (_, changed) => {
    expect(() => parseBundle(changed)).toThrow('LEDGER_BUNDLE');
  });

  test('garbage is refused by its code', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (garbage) => {
        expect(() => parseBundle(garbage)).toThrow('LEDGER_BUNDLE');
      }),
    );
  });
});

describe('hostile texts', () => {
  const lines = fc.array(fc.oneof(fc.constantFrom(...bundle.proof.split('\n')), fc.string()), {
    maxLength: 30,
  });
  const hostile = fc.oneof(
    fc.string(),
    lines.map((some) => `c2sp.org/tlog-proof@v1\n${some.join('\n')}`),
  );

  test('never make it throw, and never prove anything', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, fc.uint8Array({ maxLength: 300 }), async (text, bytes) => {
        const { outcome } = await verify({
          statement: bytes,
          proof: text,
          sigsumProof: text,
          timeStamps: [{ proof: text, token: bytes }],
          anchors: [{ ...ANCHOR, proof: text }],
        });
        expect(outcome).toBe('invalid');
      }),
      { numRuns: 60 },
    );
  });

  test('a proof of more hashes than any tree has is not read', async () => {
    const hash = `${'A'.repeat(43)}=\n`;
    const endless = bundle.proof.replace('index 123\n', `index 123\n${hash.repeat(65)}`);
    expect(reasons(await verify({ proof: endless }))).toContain('PROOF_MALFORMED');
    const huge = bundle.proof.replace('index 123\n', `index 123\n${hash.repeat(4000)}`);
    expect(reasons(await verify({ proof: huge }))).toContain('PROOF_MALFORMED');
  });
});

test('the entry of another log’s leaf is not accepted', async () => {
  const elsewhere = newLog(leaves.slice(0, 200));
  const proof = await elsewhere.proof(7, await elsewhere.checkpoint(200));
  const verdict = await verify({ proof });
  expect(reasons(verdict)).toEqual(expect.arrayContaining(['INCLUSION', 'SIGSUM_DIFFERS']));
});
