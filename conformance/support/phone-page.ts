import type { OpenedScan, ScanOrder, ScanSession, SignedChallenge } from '@hufu/contracts';
import type { Answer, Browser, ChallengeBody } from './browser.ts';
import { expectStatus } from './installation.ts';
import type { Phone } from './phone.ts';

type Act = ChallengeBody['act'];

/** A page that shows a code. */
export async function openScan(page: Browser, order: ScanOrder): Promise<OpenedScan> {
  const answer = await page.call<OpenedScan>('/api/v1/scan/sessions', { body: order });
  expectStatus(answer as unknown as Answer, 201);
  return answer.body;
}

/** A code for one act that needs no certificate named beforehand. */
export async function openAct(page: Browser, act: 'login' | 'bind'): Promise<OpenedScan> {
  const challenge = await page.call<ChallengeBody>('/api/v1/hub/challenges', { body: { act: act as Act } });
  expectStatus(challenge as unknown as Answer, 201);
  return openScan(page, { purpose: act, challengeId: challenge.body.challengeId });
}

/** The phone scans; what it shows is typed into the page, where the page asks for it. */
export async function scanned(page: Browser, phone: Phone, opened: OpenedScan) {
  const read = await phone.read(opened.url);
  expectStatus(read as unknown as Answer, 200);
  const { code } = read.scan;
  if (code === null) return read.scan;
  const typed = await page.call(`/api/v1/scan/sessions/${opened.id}/code`, { body: { code } });
  expectStatus(typed, 200);
  return read.scan;
}

/** What the page learns without a click. */
export async function outcome(page: Browser, id: string): Promise<ScanSession> {
  for (;;) {
    const { body } = await page.call<ScanSession>(`/api/v1/scan/sessions/${id}?wait=0`);
    if (['DONE', 'REFUSED', 'CANCELLED', 'EXPIRED', 'FAILED'].includes(body.state)) return body;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export type ActProof = { readonly proof: SignedChallenge };

/** From code to result, as a page and a phone do it together. */
export async function proofByPhone(
  page: Browser,
  phone: Phone,
  act: 'login' | 'bind',
): Promise<SignedChallenge> {
  const opened = await openAct(page, act);
  const scan = await scanned(page, phone, opened);
  expectStatus(await phone.confirm(scan), 200);
  const { result } = await outcome(page, opened.id);
  return (result as ActProof).proof;
}
