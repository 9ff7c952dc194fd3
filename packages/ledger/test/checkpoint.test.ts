import { fromBase64, toBase64, toHex, utf8 } from '@hufu/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkpointText,
  cosign,
  formatNote,
  formatSignature,
  formatVkey,
  isKeyName,
  noteKey,
  parseCheckpoint,
  parseCheckpointText,
  parseCosignature,
  parseNote,
  parseSignature,
  parseVkey,
  portableEd25519Signer,
  portableLedgerCrypto,
  signaturesOf,
  signCheckpoint,
  sigsumOrigin,
  sm2NoteKey,
  verifyCosignature,
  verifyNote,
} from '../src/index.ts';
import { nodeEd25519Signer, nodeLedgerCrypto } from '../src/node/index.ts';
import { LOG, ORIGIN, SM2, WITNESSES } from './support/log.ts';
import { C2SP_COSIGNED, C2SP_NOTE, GO_NOTE } from './vectors/published.ts';

const crypto = nodeLedgerCrypto();
const ENGINES = [
  ['Node', crypto],
  ['WebCrypto', portableLedgerCrypto()],
  ['JavaScript', portableLedgerCrypto(undefined)],
] as const;

const HEAD = { size: 7, root: new Uint8Array(32).fill(5) };
const note = await signCheckpoint(HEAD, { log: LOG, sm2: SM2 });
const logKey = noteKey('ed25519', ORIGIN, LOG.publicKey);
const sm2Key = sm2NoteKey(ORIGIN, SM2.publicKey);

describe('c2sp.org/signed-note', () => {
  test.each(ENGINES)(
    'the published notes verify with %s, and not once a letter is changed',
    async (_, engine) => {
      for (const { vkey, note: published } of [
        C2SP_NOTE,
        { vkey: GO_NOTE.vkey, note: `${GO_NOTE.text}\n${GO_NOTE.signature}` },
      ]) {
        const key = parseVkey(vkey);
        expect(formatVkey(key)).toBe(vkey);
        expect(await verifyNote(parseNote(published), key, engine)).toEqual({ state: 'valid' });
        expect(await verifyNote(parseNote(`A ${published}`), key, engine)).toEqual({ state: 'wrong' });
      }
    },
  );

  test('the published private key makes the published signature', async () => {
    const seed = fromBase64(GO_NOTE.privateKey).slice(1);
    const { name, keyId } = parseVkey(GO_NOTE.vkey);
    for (const signer of [nodeEd25519Signer(seed), portableEd25519Signer(seed)]) {
      expect(toHex(noteKey('ed25519', name, signer.publicKey).keyId)).toBe(toHex(keyId));
      const signature = await signer.sign(utf8(GO_NOTE.text));
      expect(formatSignature({ name, keyId, signature })).toBe(GO_NOTE.signature);
    }
  });

  test('a note is read back as it was written', () => {
    expect(formatNote(parseNote(note))).toBe(note);
    expect(formatNote(parseNote(C2SP_COSIGNED))).toBe(C2SP_COSIGNED);
  });

  test('of several signatures under a key each must verify', async () => {
    const parsed = parseNote(note);
    const [own] = signaturesOf(parsed, logKey);
    const wrong = { ...own!, signature: new Uint8Array(64) };
    const twice = { ...parsed, signatures: [...parsed.signatures, wrong] };
    expect(await verifyNote(twice, logKey, crypto)).toEqual({ state: 'wrong' });
  });

  test('a stranger’s signature is nobody’s', async () => {
    const stranger = noteKey('ed25519', 'stranger.test', WITNESSES[0]!.signer.publicKey);
    expect(await verifyNote(parseNote(note), stranger, crypto)).toEqual({ state: 'absent' });
  });

  test.each([
    ['no blank line', 'text\n'],
    ['no signature', 'text\n\n'],
    ['no end of line', note.slice(0, -1)],
    ['a control character', note.replace('\n7\n', '\n7\r\n')],
    ['a hyphen for the dash', note.replaceAll('\u2014', '-')],
    ['two spaces', note.replace('\u2014 ', '\u2014  ')],
    ['broken base64', `text\n\n\u2014 name AAA\n`],
    ['superfluous bits in base64', `text\n\n\u2014 name AAAAAAB=\n`],
    ['a signature of nothing', `text\n\n\u2014 name ${toBase64(new Uint8Array(4))}\n`],
    ['a plus in the name', `text\n\n\u2014 na+me ${toBase64(new Uint8Array(8))}\n`],
    ['a line that is no signature', `${note}more\n`],
  ])('refuses %s', (_, text) => {
    expect(() => parseNote(text)).toThrow('LEDGER_NOTE');
  });

  test('refuses more than it reads', () => {
    expect(() => parseNote(`${'x'.repeat(70_000)}${note}`)).toThrow('LEDGER_NOTE_LIMIT');
    const line = formatSignature({ name: 'a', keyId: new Uint8Array(4), signature: new Uint8Array(4) });
    expect(() => parseNote(`text\n\n${line.repeat(65)}`)).toThrow('LEDGER_NOTE_LIMIT');
    expect(parseNote(`text\n\n${line.repeat(64)}`).signatures).toHaveLength(64);
  });

  test('a key name has no space, plus or control character', () => {
    for (const name of ['a', 'example.com/foo', '法院/见证']) expect(isKeyName(name)).toBe(true);
    for (const name of ['', 'a b', 'a+b', 'a\u3000b', 'a\u2028b', 'a\n', '\ud800', 'x'.repeat(256)])
      expect(isKeyName(name)).toBe(false);
  });
});

describe('verifier keys', () => {
  test.each([logKey, sm2Key, noteKey('cosignature', 'w.test', WITNESSES[0]!.signer.publicKey)])(
    'read back: $kind',
    (key) => {
      expect(parseVkey(formatVkey(key))).toEqual(key);
    },
  );

  test.each([
    ['another key ID', C2SP_NOTE.vkey.replace('530d903a', '530d903b')],
    ['another name', C2SP_NOTE.vkey.replace('foo', 'bar')],
    ['a type that is unknown', `a+00000000+${toBase64(Uint8Array.of(9, ...new Uint8Array(32)))}`],
    ['a key that is too short', `a+00000000+${toBase64(Uint8Array.of(1, ...new Uint8Array(31)))}`],
    ['no key', 'a+00000000+'],
    ['garbage', 'x'],
    ['more than it reads', `${C2SP_NOTE.vkey}${'A'.repeat(1024)}`],
  ])('are refused with %s', (_, text) => {
    expect(() => parseVkey(text)).toThrow('LEDGER_KEY');
  });

  test('are refused when they are of another algorithm', () => {
    expect(() => noteKey('sm2', 'a', new Uint8Array(65))).toThrow('LEDGER_KEY');
    expect(() => noteKey('ed25519', 'a b', new Uint8Array(32))).toThrow('LEDGER_KEY_NAME');
    expect(() => nodeEd25519Signer(new Uint8Array(31))).toThrow('LEDGER_KEY');
  });
});

describe('c2sp.org/tlog-checkpoint', () => {
  test('what a Sigsum log signs, with its SM2 line under a name of its own', async () => {
    const read = parseCheckpoint(note);
    expect(read).toMatchObject({ origin: sigsumOrigin(LOG.publicKey), ...HEAD });
    expect(read.note.signatures.map(({ name }) => name)).toEqual([ORIGIN, `${ORIGIN}/sm2`]);
    for (const [, engine] of ENGINES) {
      expect(await verifyNote(read.note, logKey, engine)).toEqual({ state: 'valid' });
      expect(await verifyNote(read.note, sm2Key, engine)).toEqual({ state: 'valid' });
      const other = { ...read.note, text: read.note.text.replace('\n7\n', '\n8\n') };
      expect(await verifyNote(other, sm2Key, engine)).toEqual({ state: 'wrong' });
    }
  });

  test('signing again makes the same Ed25519 line', async () => {
    const again = parseCheckpoint(await signCheckpoint(HEAD, { log: LOG }));
    expect(signaturesOf(again.note, logKey)).toEqual(signaturesOf(parseNote(note), logKey));
  });

  test('the published example reads', () => {
    const { origin, size, root } = parseCheckpoint(C2SP_COSIGNED);
    expect([origin, size, toBase64(root)]).toEqual([
      'example.com/behind-the-sofa',
      20_852_163,
      'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=',
    ]);
  });

  const text = checkpointText({ origin: 'log.test', ...HEAD });
  test.each([
    ['an extension line', `${text}extension\n`],
    ['a leading zero', text.replace('\n7\n', '\n07\n')],
    ['a sign', text.replace('\n7\n', '\n-7\n')],
    ['a size beyond what can be counted', text.replace('\n7\n', '\n9007199254740992\n')],
    ['an empty origin', text.replace('log.test', '')],
    ['a root that is too short', text.replace(toBase64(HEAD.root), toBase64(new Uint8Array(31)))],
    ['no end of line', text.slice(0, -1)],
    ['nothing', ''],
  ])('refuses %s', (_, changed) => {
    expect(() => parseCheckpointText(changed)).toThrow('LEDGER_CHECKPOINT');
  });

  test('is not written for what is no tree', () => {
    expect(() => checkpointText({ origin: 'a', size: 1.5, root: HEAD.root })).toThrow('LEDGER_SIZE');
    expect(() => checkpointText({ origin: 'a', size: 1, root: new Uint8Array(31) })).toThrow('LEDGER_HASH');
  });

  test('whatever is written reads back', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.uint8Array({ minLength: 32, maxLength: 32 }), (size, root) => {
        expect(parseCheckpointText(checkpointText({ origin: 'log.test', size, root }))).toEqual({
          origin: 'log.test',
          size,
          root,
        });
      }),
    );
  });
});

describe('c2sp.org/tlog-cosignature', () => {
  const [{ name, signer }] = WITNESSES as unknown as [(typeof WITNESSES)[number]];
  const key = noteKey('cosignature', name, signer.publicKey);
  const { text } = parseNote(note);
  const cosigned = async (...times: readonly number[]) => {
    const lines = await Promise.all(times.map((time) => cosign({ text, name, time }, signer)));
    return parseNote(note + lines.join(''));
  };

  test.each(ENGINES)('a witness signs the time with the checkpoint (%s)', async (_, engine) => {
    const verdict = await verifyCosignature(await cosigned(1_700_000_000), key, engine);
    expect(verdict).toMatchObject({ state: 'valid', cosignature: { time: 1_700_000_000 } });
  });

  test('the published example has its time where the format says', () => {
    const witness = parseNote(C2SP_COSIGNED).signatures[1]!;
    expect(parseCosignature(witness.signature).time).toBe(1_679_315_147);
  });

  test('of several the earliest counts, and all must verify', async () => {
    const verdict = await verifyCosignature(await cosigned(300, 100, 200), key, crypto);
    expect(verdict).toMatchObject({ cosignature: { time: 100 } });
    const good = await cosigned(100, 200);
    const bad = good.signatures.with(-1, { ...good.signatures.at(-1)!, signature: new Uint8Array(72) });
    expect(await verifyCosignature({ ...good, signatures: bad }, key, crypto)).toEqual({ state: 'wrong' });
  });

  test('another time, another text, another length is wrong', async () => {
    const good = await cosigned(100);
    const line = good.signatures.at(-1)!;
    const changed = (signature: Uint8Array) => ({ ...good, signatures: [{ ...line, signature }] });
    const later = line.signature.with(7, 101);
    expect(await verifyCosignature(changed(later), key, crypto)).toEqual({ state: 'wrong' });
    expect(await verifyCosignature(changed(line.signature.slice(1)), key, crypto)).toEqual({
      state: 'wrong',
    });
    const endless = line.signature.with(0, 0x7f);
    expect(await verifyCosignature(changed(endless), key, crypto)).toEqual({ state: 'wrong' });
    const elsewhere = { ...good, text: good.text.replace('\n7\n', '\n8\n') };
    expect(await verifyCosignature(elsewhere, key, crypto)).toEqual({ state: 'wrong' });
  });

  test('a plain signature of the witness is no cosignature', async () => {
    const plain = noteKey('ed25519', name, signer.publicKey);
    const signature = await signer.sign(utf8(text));
    const signed = { text, signatures: [{ name, keyId: plain.keyId, signature }] };
    expect(await verifyCosignature(signed, key, crypto)).toEqual({ state: 'absent' });
    expect(await verifyCosignature(signed, plain, crypto)).toEqual({ state: 'wrong' });
    expect(await verifyNote(await cosigned(100), key, crypto)).toEqual({ state: 'wrong' });
  });

  test('is refused for a time that is none, and read strictly', async () => {
    await expect(cosign({ text, name, time: -1 }, signer)).rejects.toThrow('LEDGER_TIME');
    await expect(cosign({ text, name, time: 1.5 }, signer)).rejects.toThrow('LEDGER_TIME');
    expect(() => parseCosignature(new Uint8Array(71))).toThrow('LEDGER_COSIGNATURE');
    expect(parseSignature(await cosign({ text, name, time: 1 }, signer)).name).toBe(name);
  });
});
