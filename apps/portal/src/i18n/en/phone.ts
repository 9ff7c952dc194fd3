import type { Shape } from '../language.tsx';
import type { phone as zh } from '../zh/phone.ts';

export const phone: Shape<typeof zh> = {
  means: 'Certificate on',
  byKey: 'USB key',
  byPhone: 'Scan with 标证通',
  seal: 'Seal by phone',
  loginLead: 'Plug in the key and enter its password, or scan with 标证通.',
  bindLead:
    'Plug in the enterprise key or scan, read the certificate, add your particulars; effective at once.',
  noteBind: 'Bind with an enterprise certificate, not with a personal one.',
  kind: 'Enterprise certificate on a phone',
  title: 'Scan with 标证通',
  progress: 'Progress of the scan',
  waiting: 'Waiting for the scan',
  scanned: 'Scanned',
  confirmed: 'Confirmed',
  qr: 'QR code, to be scanned with 标证通',
  how: 'Open 标证通 on your phone, choose “Scan” and point it at the code. The code serves this page, once.',
  sameDevice: 'Open 标证通 on this device',
  left: (seconds: number) => `Valid for ${seconds} s`,
  renew: 'New QR code',
  states: {
    WAITING: 'Scan the code with 标证通',
    SCANNED: 'Scanned. Type the code that the phone shows into this page',
    READY: 'Scanned. Check what the phone shows and enter your PIN there',
    CONFIRMED: 'Confirmed. The signature is being finished',
    DONE: 'Done',
    REFUSED: 'Refused on the phone',
    CANCELLED: 'Cancelled',
    EXPIRED: 'The code has expired',
    FAILED: 'This scan is closed',
  },
  code: 'Confirmation code',
  codeHint: 'The 4 digits on the phone. Type them here only, and tell nobody',
  codeSubmit: 'OK',
  codeWrong: (left: number) => `That is not the code. ${left} ${left === 1 ? 'try' : 'tries'} left`,
  read: 'Read by scan',
  readText:
    'Scan with 标证通 and enter your PIN: this page then reads the enterprise certificate on your phone.',
  scanAgain: 'Scan once more to confirm',
  otherCertificate: 'The two scans used different certificates. Read the certificate again',
};
