import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { createTransport } from 'nodemailer';
import { z } from 'zod';
import type { Tx } from '../database/database.ts';
import type { JobHandler } from '../outbox/job.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { FieldCipher } from '../privacy/field-cipher.ts';

export type Mail = { readonly to: string; readonly subject: string; readonly text: string };

/** Carries one finished mail away. Throws when it could not. */
export type MailTransport = { send(mail: Mail & { readonly id: string }): Promise<void> };

export type Mailer = {
  /** Hands the mail over in the same transaction as the change that it tells of. */
  send(tx: Tx, mail: Mail): Promise<void>;
};

export const MAIL_QUEUE = 'mail';
const Letter = z.object({ id: z.string(), sealed: z.string() });
const Content = z.object({ to: z.string(), subject: z.string(), text: z.string() });

/** Mails wait in the outbox sealed, because they hold names and addresses. */
export function createMailer(outbox: Outbox, cipher: FieldCipher): Mailer {
  return {
    async send(tx, mail) {
      const id = randomUUID();
      const sealed = cipher.seal(JSON.stringify(mail), `job.mail:${id}`);
      await outbox.enqueue(tx, { queue: MAIL_QUEUE, payload: { id, sealed }, dedup: id });
    },
  };
}

export function mailHandler(transport: MailTransport, cipher: FieldCipher): JobHandler {
  return async (job) => {
    const { id, sealed } = Letter.parse(job.payload);
    const mail = Content.parse(JSON.parse(cipher.open(sealed, `job.mail:${id}`)));
    await transport.send({ ...mail, id });
  };
}

/** By SMTP. The message id is the job's, so that a second try after a lost answer can be recognised. */
export function smtpTransport(url: string, from: string): MailTransport {
  const transport = createTransport(url, { from });
  const domain = from.replace(/^.*@/, '').replace(/>$/, '');
  return {
    async send({ id, ...mail }) {
      await transport.sendMail({ ...mail, messageId: `<${id}@${domain}>` });
    },
  };
}

/** Into a folder of .eml files: what a demo, and an installation without a mail server, has. */
export function directoryTransport(directory: string, from: string): MailTransport {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' }, { from });
  return {
    async send({ id, ...mail }) {
      const { message } = await transport.sendMail({ ...mail, messageId: `<${id}@localhost>` });
      await fs.promises.mkdir(directory, { recursive: true, mode: 0o700 });
      const aside = path.join(directory, `.${id}.new`);
      await fs.promises.writeFile(aside, message as Buffer, { mode: 0o600, flush: true } as { mode: number });
      await fs.promises.rename(aside, path.join(directory, `${id}.eml`));
    },
  };
}
