import { type PhoneCertificateDetail, phoneScanRoutes, scanRoutes, withPageKeyMark } from '@hufu/contracts';
import { nobleSm2 } from '@hufu/gm';
import { equalBytes, fromBase64, toBase64 } from '@hufu/kernel';
import { createPageKey, type PinEntry, pageKeyMark, phoneKeyError } from '@hufu/phone-key';
import { parseCertificate } from '@hufu/pki';
import { call } from '../api/client.ts';
import { carryOut } from '../scan/confirm/carry-out.ts';
import { readScanned } from '../scan/scanned.ts';

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));

type Checking = {
  readonly certificate: PhoneCertificateDetail;
  readonly pin: PinEntry;
  /** What the record of use calls it. */
  readonly title: string;
};

/**
 * The whole way of a tender file's content key (MOB-061), with a key drawn for this: encrypted to the certificate,
 * opened by both halves, sealed for the page, compared. This browser is the page and the phone.
 *
 * @throws PHONE_CIPHERTEXT when what comes back is not what was encrypted; what a scan may throw
 */
export async function checkDecryption({ certificate, pin, title }: Checking): Promise<void> {
  const { publicKey } = parseCertificate(fromBase64(certificate.encryptionCertificate ?? '')).spki;
  const [content, page] = [random(16), await createPageKey()];
  const ciphertext = toBase64(nobleSm2(random).encrypt(publicKey, content));
  const { id, url } = await call(scanRoutes.open, {
    body: { purpose: 'decrypt', ciphertexts: [{ title, ciphertext }], pageKey: toBase64(page.publicKey) },
  });
  try {
    const scanned = readScanned(withPageKeyMark(url, await pageKeyMark(page.publicKey)));
    const scan = await call(phoneScanRoutes.read, { body: { token: scanned.token } });
    await carryOut({ scan, scanned, certificateId: certificate.id, pin });
    const { result } = await call(scanRoutes.find, { params: { id } });
    const sealed = result !== null && 'opened' in result ? result.opened : [];
    const [opened] = await page.open(
      sealed.map((one) => ({
        senderKey: fromBase64(one.senderKey),
        iv: fromBase64(one.iv),
        sealed: fromBase64(one.sealed),
      })),
      id,
    );
    if (opened === undefined || !equalBytes(opened, content)) throw phoneKeyError('PHONE_CIPHERTEXT');
  } catch (error) {
    await call(scanRoutes.cancel, { params: { id } }).catch(() => undefined);
    throw error;
  }
}
