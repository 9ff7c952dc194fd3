import fs from 'node:fs';
import path from 'node:path';
import type { DemoMail } from '@hufu/contracts';
import type { z } from 'zod';

const MOST = 50;

type Mail = z.infer<typeof DemoMail>;

/** The mails that a demo would have sent: the files that the mailer without a mail server leaves, newest first. */
export async function readDemoMail(folder: string): Promise<Mail[]> {
  const names = await fs.promises.readdir(folder).catch(() => [] as string[]);
  const letters = names.filter((name) => name.endsWith('.eml') && !name.startsWith('.'));
  const mails = await Promise.all(
    letters.map(async (name) => {
      const file = path.join(folder, name);
      const [text, { mtimeMs }] = await Promise.all([
        fs.promises.readFile(file, 'utf8'),
        fs.promises.stat(file),
      ]);
      return parseMail(text, { id: name.replace(/\.eml$/, ''), at: new Date(mtimeMs).toISOString() });
    }),
  );
  return mails.sort((a, b) => b.at.localeCompare(a.at)).slice(0, MOST);
}

/** Reads what our own mailer wrote (RFC 5322, one text part, RFC 2047 words in the subject). */
export function parseMail(message: string, { id, at }: { id: string; at: string }): Mail {
  const [head = '', ...body] = message.replaceAll('\r\n', '\n').split('\n\n');
  const headers = new Map(
    head
      .replaceAll(/\n[ \t]+/g, ' ')
      .split('\n')
      .map((line) => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
      }),
  );
  return {
    id,
    to: headers.get('to') ?? '',
    subject: decodeWords(headers.get('subject') ?? ''),
    text: decodeBody(body.join('\n\n'), headers.get('content-transfer-encoding') ?? ''),
    at,
  };
}

function decodeWords(text: string): string {
  return text
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_word, kind: string, encoded: string) =>
      kind.toLowerCase() === 'b'
        ? Buffer.from(encoded, 'base64').toString('utf8')
        : quotedPrintable(encoded.replaceAll('_', ' ')),
    );
}

function decodeBody(body: string, encoding: string): string {
  if (/base64/i.test(encoding)) return Buffer.from(body, 'base64').toString('utf8').trim();
  if (/quoted-printable/i.test(encoding)) return quotedPrintable(body.replaceAll(/=\n/g, '')).trim();
  return body.trim();
}

function quotedPrintable(text: string): string {
  const bytes = text.replaceAll(/=([0-9A-Fa-f]{2})/g, (_match, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
