import { createHmac, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Config } from '../config/config.ts';
import type { Tx } from '../database/database.ts';
import type { JobHandler } from '../outbox/job.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { FieldCipher } from '../privacy/field-cipher.ts';

/** `template` and `facts` for providers that let no free text pass; `text` for all others. */
const Message = z.object({
  /** Eleven digits. */
  to: z.string(),
  template: z.string(),
  facts: z.record(z.string(), z.string()),
  text: z.string(),
});
type SmsMessage = z.infer<typeof Message>;

/** Carries one message away. Throws when it could not. */
export type SmsTransport = {
  send(message: SmsMessage & { readonly id: string; readonly at: Date }): Promise<void>;
};

export type Sms = {
  /** Hands the message over in the same transaction as the change that it tells of. */
  send(tx: Tx, message: SmsMessage): Promise<void>;
};

export const SMS_QUEUE = 'sms';
/** A code that arrives later than its life is of no use to anybody. */
const ATTEMPTS = 4;
const Waiting = z.object({ id: z.string(), sealed: z.string() });

/** Messages wait in the outbox sealed, because they hold numbers and codes. */
export const createSms = (outbox: Outbox, cipher: FieldCipher): Sms => ({
  async send(tx, message) {
    const id = randomUUID();
    const sealed = cipher.seal(JSON.stringify(message), `job.sms:${id}`);
    await outbox.enqueue(tx, { queue: SMS_QUEUE, payload: { id, sealed }, dedup: id, maxAttempts: ATTEMPTS });
  },
});

export const smsHandler =
  (transport: SmsTransport, cipher: FieldCipher): JobHandler =>
  async (job) => {
    const { id, sealed } = Waiting.parse(job.payload);
    const message = Message.parse(JSON.parse(cipher.open(sealed, `job.sms:${id}`)));
    await transport.send({ ...message, id, at: new Date() });
  };

const ANSWER_MS = 10_000;

/**
 * To the operator's gateway, which knows its provider's own interface: one signed POST per message. `X-Hufu-Signature`
 * is the hexadecimal HMAC-SHA-256 of `timestamp.body`; the id is the same when a lost answer has it sent again.
 */
const gatewayTransport = (url: string, secret: string): SmsTransport => ({
  async send({ at: _at, ...message }) {
    const body = JSON.stringify(message);
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
    const answer = await fetch(url, {
      method: 'POST',
      redirect: 'error',
      headers: {
        'content-type': 'application/json',
        'x-hufu-timestamp': timestamp,
        'x-hufu-signature': signature,
      },
      body,
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    await answer.body?.cancel();
    if (!answer.ok) throw new Error(`the SMS gateway answered ${answer.status}`);
  },
});

const Kept = z.object({ id: z.string(), to: z.string(), text: z.string(), at: z.string() });
type KeptSms = z.infer<typeof Kept>;
const MOST_SHOWN = 50;

/** Into a folder: what a demo shows instead of sending. */
const inboxTransport = (directory: string): SmsTransport => ({
  async send({ id, to, text, at }) {
    await fs.promises.mkdir(directory, { recursive: true, mode: 0o700 });
    const aside = path.join(directory, `.${id}.new`);
    const kept: KeptSms = { id, to, text, at: at.toISOString() };
    await fs.promises.writeFile(aside, JSON.stringify(kept), { mode: 0o600 });
    await fs.promises.rename(aside, path.join(directory, `${id}.json`));
  },
});

/** Newest first. */
export async function readInbox(directory: string): Promise<KeptSms[]> {
  const names = await fs.promises.readdir(directory).catch(() => [] as string[]);
  const messages = await Promise.all(
    names
      .filter((name) => name.endsWith('.json'))
      .map(async (name) =>
        Kept.parse(JSON.parse(await fs.promises.readFile(path.join(directory, name), 'utf8'))),
      ),
  );
  return messages.sort((a, b) => b.at.localeCompare(a.at)).slice(0, MOST_SHOWN);
}

export type SmsWays = {
  /** Undefined: none can be sent. */
  readonly transport: SmsTransport | undefined;
  /** Where messages are kept to be shown; undefined where they are sent. */
  readonly inbox: string | undefined;
};

/** By the operator's gateway; a demo without one keeps them. */
export function smsWays({
  sms,
  mode,
  dataDirectory,
}: Pick<Config, 'sms' | 'mode' | 'dataDirectory'>): SmsWays {
  if (sms !== undefined) return { transport: gatewayTransport(sms.url, sms.secret), inbox: undefined };
  if (mode !== 'demo') return { transport: undefined, inbox: undefined };
  const inbox = path.join(dataDirectory, 'sms');
  return { transport: inboxTransport(inbox), inbox };
}
