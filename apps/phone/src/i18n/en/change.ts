import type { Shape } from '../language.tsx';
import type { change as zh } from '../zh/change.ts';

export const change: Shape<typeof zh> = {
  of: {
    CHANGE: {
      title: 'Change the enterprise’s data',
      why: 'New keys and a new certificate will be made; the old certificate ends at once. What was encrypted to it can be opened with the old key alone.',
      goOn: 'Confirm the change',
      cancel: 'Do not change',
    },
    REISSUE: {
      title: 'Replacement after loss',
      why: 'For a lost phone, a locked PIN, or a key that the browser has cleared. Once it is submitted the old certificate is on hold; new keys and a new certificate will be made. What was encrypted to the old one opens only on a device that still holds its key.',
      goOn: 'Confirm the replacement',
      cancel: 'Not now',
    },
    REAPPLY: {
      title: 'Apply again',
      why: 'New keys and a new certificate will be made. What was encrypted to the old one can be opened with the old key alone.',
      goOn: 'Confirm and apply again',
      cancel: 'Not now',
    },
  },
  warning: 'A changed certificate cannot be restored and cannot decrypt earlier files!',
  which: 'Certificate to be changed',
  none: 'No file is still encrypted to this certificate.',
  some: (count: number) =>
    count === 1
      ? '1 file is still encrypted to this certificate'
      : `${count} files are still encrypted to this certificate`,
  waiting: 'waiting to be opened',
  rewrapOffer:
    'With the new certificate on the phone, the keys of these files can be encrypted to it instead. Keep the old certificate on this phone until then.',
  nameEach:
    'These files wait for their opening. Confirm each: without the new key they can no longer be decrypted.',
  acceptEnvelope: (title: string) => `I know that “${title}” may be lost`,
  accept: 'I understand: a changed certificate cannot be restored and cannot decrypt earlier files',
  acceptMissing: 'Please confirm that you understand the warning',
};
