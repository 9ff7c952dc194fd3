import { toBase64 } from '@hufu/kernel';
import { type NoteKey, parseCheckpoint, parseSignature, verifyCosignature } from '@hufu/ledger';
import { nodeLedgerCrypto } from '@hufu/ledger/node';

/** A witness as the configuration names it. */
export type Witness = {
  /** Without a slash at the end; `/add-checkpoint` is appended. */
  readonly url: string;
  readonly key: NoteKey;
};

/**
 * What a witness said to a checkpoint (c2sp.org/tlog-witness):
 * - `cosigned`: its line, verified, and its time in seconds
 * - `elsewhere`: it has seen that size; ask again from there, or fear a rollback
 * - `inconsistent`: it has seen another tree
 * - `silent`: no usable answer; the reason is for the log
 */
export type WitnessAnswer =
  | { readonly state: 'cosigned'; readonly line: string; readonly time: number }
  | { readonly state: 'elsewhere'; readonly size: number }
  | { readonly state: 'inconsistent' }
  | { readonly state: 'silent'; readonly reason: string };

export type Submission = {
  /** The size that the witness is believed to have seen last. */
  readonly old: number;
  readonly proof: readonly Uint8Array[];
  /** The signed checkpoint. */
  readonly note: string;
};

export type AskWitness = (witness: Witness, submission: Submission) => Promise<WitnessAnswer>;

const MAX_ANSWER = 4096;
const crypto = nodeLedgerCrypto();

/** @param timeoutMs how long a witness may take */
export function httpWitnesses(timeoutMs: number): AskWitness {
  return async (witness, submission) => {
    try {
      const answer = await fetch(`${witness.url}/add-checkpoint`, {
        method: 'POST',
        headers: { 'content-type': 'text/plain; charset=utf-8' },
        body: bodyOf(submission),
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      const text = await bounded(answer);
      return await read(witness.key, submission.note, { status: answer.status, text });
    } catch (error) {
      return { state: 'silent', reason: error instanceof Error ? error.name : 'unknown' };
    }
  };
}

function bodyOf({ old, proof, note }: Submission): string {
  const lines = proof.map((hash) => `${toBase64(hash)}\n`);
  return `old ${old}\n${lines.join('')}\n${note}`;
}

/** The witness is another organisation's: what it answers is read up to a bound. */
async function bounded(answer: Response): Promise<string> {
  if (Number(answer.headers.get('content-length') ?? 0) > MAX_ANSWER) throw new Error('too long');
  const text = await answer.text();
  if (text.length > MAX_ANSWER) throw new Error('too long');
  return text;
}

async function read(
  key: NoteKey,
  note: string,
  { status, text }: { readonly status: number; readonly text: string },
): Promise<WitnessAnswer> {
  if (status === 409) {
    const size = /^(0|[1-9]\d{0,15})\n?$/.test(text) ? Number(text) : Number.NaN;
    return Number.isSafeInteger(size) ? { state: 'elsewhere', size } : { state: 'silent', reason: 'bad 409' };
  }
  if (status === 422) return { state: 'inconsistent' };
  if (status !== 200) return { state: 'silent', reason: `status ${status}` };
  return (await cosignatureIn(text, key, note)) ?? { state: 'silent', reason: 'no valid cosignature' };
}

async function cosignatureIn(text: string, key: NoteKey, note: string): Promise<WitnessAnswer | undefined> {
  for (const line of text.split('\n').filter((one) => one !== '')) {
    const signature = parseSignature(line);
    const signed = { text: parseCheckpoint(note).note.text, signatures: [signature] };
    const verdict = await verifyCosignature(signed, key, crypto);
    if (verdict.state === 'valid')
      return { state: 'cosigned', line: `${line}\n`, time: verdict.cosignature.time };
  }
  return undefined;
}
