import {
  type PhoneCertificate,
  type RaDownload,
  type RaIssued,
  type RaOrder,
  raRoutes,
} from '@hufu/contracts';
import { toBase64 } from '@hufu/kernel';
import type { PinEntry, PinSetting } from '@hufu/phone-key';
import { call } from '../api/client.ts';
import { certificateRequest } from '../keys/certificate-request.ts';
import { keepStorage } from '../keys/key-database.ts';
import { openPhoneKey } from '../keys/phone-key.ts';
import { halfOf } from './certificate-queries.ts';
import { pendingDownload } from './pending-download.ts';

/** 签名密钥, 加密密钥, requests, issuance, storage: what the page shows while it works. */
export const DOWNLOAD_STEPS = ['sign', 'encrypt', 'request', 'issue', 'store'] as const;
export type DownloadStep = (typeof DOWNLOAD_STEPS)[number];

type Downloading = {
  readonly order: RaOrder;
  readonly pin: string;
  /** The certificate that is renewed: its encryption key stays, with its PIN (OD-31). */
  readonly former: PhoneCertificate | undefined;
  readonly onStep: (step: DownloadStep) => void;
};

/** The half of the former encryption key, where this device holds it. */
export const keptHalf = (order: RaOrder, former: PhoneCertificate | undefined): string | undefined =>
  order.keepsEncryptionKey && former !== undefined ? halfOf(former, 'decrypt') : undefined;

/**
 * 下载证书 (MOB-016, MOB-017): both keys are made in two halves at this moment, each signs its own request, and the
 * authority certifies them. Nothing but public data and the names of halves leaves this function.
 */
export async function prepareDownload({ order, pin, former, onStep }: Downloading): Promise<RaDownload> {
  const engine = await openPhoneKey();
  void keepStorage();
  onStep('sign');
  const kept = keptHalf(order, former);
  const setting: PinSetting = kept === undefined ? engine.newSetting() : await engine.settingOf(kept);
  const entry: PinEntry = await engine.stretchPin(pin, setting);
  // New halves of the kept key prove the PIN, before another key is put under it.
  if (kept !== undefined) await engine.refresh({ halfId: kept, pin: entry });
  const signing = await engine.enrol({ pin: entry, usage: 'sign', setting });
  onStep('encrypt');
  const encrypting = order.keepsEncryptionKey
    ? undefined
    : await engine.enrol({ pin: entry, usage: 'decrypt', setting });
  onStep('request');
  const request = async (half: { readonly halfId: string; readonly publicKey: Uint8Array }) =>
    toBase64(
      await certificateRequest({ ...half, pin: entry, orderId: order.id, commonName: order.reference }),
    );
  const download: RaDownload = {
    signCsr: await request(signing),
    ...(encrypting && { encryptCsr: await request(encrypting) }),
    halves: { sign: signing.halfId, ...(encrypting && { encrypt: encrypting.halfId }) },
  };
  pendingDownload.keep(order.id, download);
  return download;
}

/** May be repeated with the same requests: an answer that was lost on the way costs no key. */
export async function fetchCertificate(orderId: string, download: RaDownload): Promise<RaIssued> {
  const issued = await call(raRoutes.download, { params: { id: orderId }, body: download });
  pendingDownload.drop(orderId);
  return issued;
}

/** The authority will never certify these keys: both sides forget them. */
export async function abandonDownload(orderId: string, { halves }: RaDownload): Promise<void> {
  pendingDownload.drop(orderId);
  const engine = await openPhoneKey();
  for (const halfId of [halves.sign, halves.encrypt]) {
    if (halfId !== undefined) await engine.forget(halfId);
  }
}
