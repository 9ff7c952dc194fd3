import type { Shape } from '../language.tsx';
import type { uses as zh } from '../zh/uses.ts';

export const uses: Shape<typeof zh> = {
  title: 'Recent use',
  empty: 'Not used yet',
  emptyText: 'Logins, seals and decryptions by scan are listed here.',
  purposes: {
    login: 'Login to the hub',
    bind: 'Certificate bound',
    activate: 'Secondary certificate activated',
    'desk-login': 'Login to the desk',
    'desk-approve': 'Approval at the desk',
    'library-register': 'Registration in the entity library',
    'library-login': 'Login to the entity library',
    'library-key': 'Certificates in the entity library',
    'platform-login': 'Login to a trading platform',
    'sign-documents': 'Sealing',
    decrypt: 'Decryption',
    'certificate-request': 'Certificate request',
  },
  outcomes: {
    OPEN: 'Not finished',
    DONE: 'Done',
    FAILED: 'Failed',
    REFUSED: 'Refused',
    EXPIRED: 'Expired',
  },
  countOf: (count: number) => (count === 1 ? '1 item' : `${count} items`),
  by: (person: string, device: string) => `${person} · ${device}`,
  notMine: 'Was this not you?',
  notMineText: 'Freeze the device at once and change the PIN.',
  toDevices: 'Devices',
  more: 'Earlier',
};
