import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freePort } from '../free-port.ts';
import { listening } from './clamd-server.ts';

export type ReceivedMail = {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly messageId: string;
};

export type SmtpServer = {
  readonly url: string;
  /** What has arrived so far, the oldest first. */
  mails(): Promise<ReceivedMail[]>;
  stop(): Promise<void>;
};

/** Debian's aiosmtpd, which keeps what it is sent in a maildir; read by Python's own parser of mails. */
export async function startSmtpServer(): Promise<SmtpServer> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'hufu-smtp-'));
  const maildir = path.join(directory, 'mail');
  const port = await freePort();
  const handler = ['-c', 'aiosmtpd.handlers.Mailbox', maildir];
  const server = spawn(PYTHON, ['-m', 'aiosmtpd', '-n', '-l', `127.0.0.1:${port}`, ...handler], {
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  await listening(port);
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails: () => readMails(maildir),
    async stop() {
      server.kill('SIGKILL');
      await ended;
      fs.rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** The system's, whose packages Debian installs. */
const PYTHON = '/usr/bin/python3';

const READER = `
import email, email.policy, json, mailbox, re, sys
found = []
box = mailbox.Maildir(sys.argv[1], create=False)
arrived = lambda key: [int(part) for part in re.match(r'(\\d+)\\.M(\\d+)', key).groups()]
for key in sorted(box.keys(), key=arrived):
    mail = email.message_from_bytes(box.get_bytes(key), policy=email.policy.default)
    found.append({'from': mail['from'], 'to': mail['to'], 'subject': mail['subject'],
                  'text': mail.get_content(), 'messageId': mail['message-id']})
print(json.dumps(found))
`;

async function readMails(maildir: string): Promise<ReceivedMail[]> {
  if (!fs.existsSync(path.join(maildir, 'new'))) return [];
  const reader = spawn(PYTHON, ['-c', READER, maildir], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  for await (const chunk of reader.stdout) said += String(chunk);
  return JSON.parse(said) as ReceivedMail[];
}
