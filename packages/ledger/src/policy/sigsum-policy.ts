import { concatBytes, toBase64, toHex, utf8 } from '@hufu/kernel';
import type { LogPolicy } from './model.ts';

/** The same trust as a policy file of the Sigsum tools: for `sigsum-verify --policy`. */
export function sigsumPolicy({ logs, witnesses, quorum }: LogPolicy): string {
  const names = witnesses.map((_, at) => `w${at + 1}`);
  return [
    ...logs.map(({ key }) => `log ${toHex(key.publicKey)}`),
    ...witnesses.map(({ key }, at) => `witness ${names[at]} ${toHex(key.publicKey)}`),
    ...(quorum === 0
      ? ['quorum none']
      : [`group confirmed ${quorum} ${names.join(' ')}`, 'quorum confirmed']),
    '',
  ].join('\n');
}

const field = (bytes: Uint8Array): Uint8Array => {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, bytes.length);
  return concatBytes(length, bytes);
};

/** The submitters' keys in OpenSSH's format (RFC 4253 §6.6, RFC 8709), one a line: for `sigsum-verify --key`. */
export const sshSubmitterKeys = ({ submitters }: LogPolicy): string =>
  submitters
    .map(
      ({ publicKey }) =>
        `ssh-ed25519 ${toBase64(concatBytes(field(utf8('ssh-ed25519')), field(publicKey)))}\n`,
    )
    .join('');
