/**
 * Logins by scan on the built programs and a PostgreSQL, for the bench `scan`: a phone reads the code, the page hears
 * of it by its event stream, and the session is there. Prints the times in ms as JSON on its last line. First
 * argument: the database's address.
 */
import { ScanSession, type SignedChallenge } from '@hufu/contracts';
import type { Browser } from '../browser.ts';
import { FIELDS } from '../holder.ts';
import { expectStatus } from '../installation.ts';
import { Phone } from '../phone.ts';
import { phoneHolder } from '../phone-order.ts';
import { openAct, proofByPhone } from '../phone-page.ts';
import { createPhoneWorld } from '../phone-world.ts';

const WARM_UP = 10;
const LOGINS = 100;
/** The load comes from one address; the limits are not what is measured. */
const NO_LIMITS = JSON.stringify(
  Object.fromEntries(
    [
      'request',
      'hub-challenge',
      'hub-proof',
      'scan-open',
      'scan-events',
      'scan-code',
      'scan-read',
      'scan-confirm',
      'phone-vault',
    ].map((name) => [name, { requests: 1_000_000, seconds: 1 }]),
  ),
);
const ENDED = new Set<ScanSession['state']>(['DONE', 'REFUSED', 'CANCELLED', 'EXPIRED', 'FAILED']);

/** Hears every step of a scan, as a page does. */
async function hear(page: Browser, id: string, onScan: (scan: ScanSession) => void): Promise<void> {
  const response = await fetch(new URL(`/api/v1/scan/sessions/${id}/events`, page.base), {
    headers: { cookie: `hufu-browser=${page.cookie('hufu-browser')}` },
  });
  if (!response.ok || response.body === null) throw new Error(`no events: ${response.status}`);
  let text = '';
  for await (const part of response.body.pipeThrough(new TextDecoderStream())) {
    text += part;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const data = /^data: (.*)$/m.exec(text.slice(0, end))?.[1];
      text = text.slice(end + 2);
      if (data !== undefined) onScan(ScanSession.parse(JSON.parse(data)));
    }
  }
}

/** From the moment at which the phone has read the code to the page that is logged in. @returns ms */
async function login(base: string, phone: Phone, page: Browser): Promise<number> {
  const opened = await openAct(page, 'login');
  let result: ScanSession['result'] = null;
  let mayType: (() => void) | undefined;
  const scanned = new Promise<void>((resolve) => {
    mayType = resolve;
  });
  const heard = hear(page, opened.id, (scan) => {
    if (scan.state === 'SCANNED') mayType?.();
    if (ENDED.has(scan.state)) result = scan.result;
  });
  const begun = performance.now();
  const { scan } = await phone.read(opened.url);
  await scanned;
  const code = { code: scan.code };
  expectStatus(await page.call(`/api/v1/scan/sessions/${opened.id}/code`, { body: code }), 200);
  expectStatus(await phone.confirm(scan), 200);
  await heard;
  const { proof } = result as unknown as { proof: SignedChallenge };
  expectStatus(await page.call('/api/v1/hub/logins', { body: proof }), 201);
  expectStatus(await page.call(`${base}/api/v1/hub/session`), 200);
  return performance.now() - begun;
}

const url = process.argv[2] ?? '';
const world = await createPhoneWorld({ DATABASE_URL: url, HUFU_RATE_LIMITS: NO_LIMITS });
try {
  const { base } = world.hub;
  const holder = await phoneHolder(world, new Phone(base));
  const first = world.hub.browser();
  const proof = await proofByPhone(first, holder.phone, 'bind');
  const fields = { ...FIELDS, uscc: holder.uscc };
  expectStatus(await first.call('/api/v1/hub/bindings', { body: { proof, fields } }), 201);
  const times: number[] = [];
  for (let at = 0; at < WARM_UP + LOGINS; at += 1) {
    const took = await login(base, holder.phone, world.hub.browser());
    if (at >= WARM_UP) times.push(took);
  }
  console.log(JSON.stringify(times));
} finally {
  await world.close();
}
