import { type PhoneScan, phoneRoutes, phoneScanRoutes } from '@hufu/contracts';
import { fromBase64, toBase64 } from '@hufu/kernel';
import { type PinEntry, pageKeyMark, phoneKeyError, sealForPage } from '@hufu/phone-key';
import { call } from '../../api/client.ts';
import { toProblem } from '../../api/problem.ts';
import { appError } from '../../errors.ts';
import { openPhoneKey, relayExcept } from '../../keys/phone-key.ts';
import type { Scanned } from '../scanned.ts';
import { scanMessages } from './scan-messages.ts';

/** The half of a certificate on this device that serves a scan. @throws PHONE_KEY_ABSENT */
export async function findHalf(certificateId: string, scan: PhoneScan) {
  const certificate = await call(phoneRoutes.certificate, { params: { id: certificateId } });
  const usage = scan.purpose === 'decrypt' ? 'decrypt' : 'sign';
  const half = certificate.halves.find((one) => one.usage === usage && one.state !== 'DESTROYED');
  if (half === undefined) throw phoneKeyError('PHONE_KEY_ABSENT');
  return { certificate, halfId: half.id };
}

export type ScanUse = {
  readonly scan: PhoneScan;
  readonly scanned: Scanned;
  readonly certificateId: string;
  readonly pin: PinEntry;
};

/** One PIN, one answer of the vault, and the result to the page. @returns the scan when it is done */
export async function carryOut(use: ScanUse): Promise<PhoneScan> {
  const { scan, certificateId } = use;
  const { id } = scan;
  const { certificate, halfId } = await findHalf(certificateId, scan);
  const vault = relayExcept(['sign', 'decrypt'], (request) =>
    call(phoneScanRoutes.confirm, { params: { id }, body: { certificateId, use: request } }),
  );
  const engine = await openPhoneKey(vault);
  const opening = { halfId, pin: use.pin, order: `scan:${id}` };
  if (scan.purpose === 'decrypt') {
    const page = { key: await pageKeyOf(use), scanId: id };
    const ciphertexts = scan.ciphertexts.map(({ ciphertext }) => fromBase64(ciphertext));
    const sealed = await sealForPage(await engine.decryptAll({ ...opening, ciphertexts }), page);
    const opened = sealed.map(({ senderKey, iv, sealed: text }) => ({
      senderKey: toBase64(senderKey),
      iv: toBase64(iv),
      sealed: toBase64(text),
    }));
    return finish(id, { opened });
  }
  const signer = {
    fingerprint: certificate.fingerprint,
    certificate: fromBase64(certificate.signingCertificate),
  };
  const messages = scanMessages(scan, signer);
  const signatures = await engine.signAll({ ...opening, messages });
  return finish(id, { signatures: signatures.map(toBase64) });
}

/** The page's key, once it is the one whose mark stood in the QR code. @throws APP_PAGE_KEY */
async function pageKeyOf({ scan, scanned }: ScanUse): Promise<Uint8Array> {
  const key = fromBase64(scan.pageKey ?? '');
  if (scanned.pageKeySha256 === undefined || (await pageKeyMark(key)) !== scanned.pageKeySha256) {
    throw appError('APP_PAGE_KEY');
  }
  return key;
}

const TRIES = 4;
const PAUSE_MS = 800;

type Outcome = Parameters<typeof call<typeof phoneScanRoutes.finish>>[1]['body'];

/** The vault has answered and the use is spent: what was made is handed in as long as that may help. */
async function finish(id: string, body: Outcome): Promise<PhoneScan> {
  for (let tried = 1; ; tried++) {
    try {
      return await call(phoneScanRoutes.finish, { params: { id }, body });
    } catch (error) {
      const { problem } = toProblem(error);
      if (tried === TRIES || problem.retry !== 'later') throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * tried));
    }
  }
}
