import type { Shape } from '../language.tsx';
import type { devices as zh } from '../zh/devices.ts';

export const devices: Shape<typeof zh> = {
  title: 'Devices',
  none: 'No device yet',
  current: 'this one',
  states: { ACTIVE: 'In use', FROZEN: 'Frozen', REMOVED: 'Removed' },
  certificatesOf: (count: number) =>
    count === 0 ? 'No certificate' : count === 1 ? '1 certificate' : `${count} certificates`,
  lastSeen: (time: string) => `Last seen ${time}`,
  registered: (day: string) => `Registered ${day}`,
  frozenAt: (time: string) => `Frozen ${time}`,
  safetyCode: 'Safety code',
  safetyCodeText:
    'When a certificate is shared to this phone, compare this code with the one on the other phone.',
  name: 'Name of the device',
  save: 'Save',
  saved: 'Saved',
  freeze: 'Freeze',
  freezeTitle: (name: string) => `Freeze “${name}”?`,
  freezeText: 'The certificates on it stop working at once. When it is found you can release it.',
  freezeReason: 'Reason',
  reasons: { lost: 'Lost', stolen: 'Stolen', suspicious: 'Used strangely', other: 'Other' },
  frozen: 'Frozen: the certificates on it can no longer be used',
  thaw: 'Release',
  thawTitle: (name: string) => `Release “${name}”?`,
  thawText: 'Make sure that the phone was found and is in your own hands.',
  thawed: 'Released',
  remove: 'Remove the device',
  removeTitle: (name: string) => `Remove “${name}”?`,
  removeText:
    'The halves of all keys on it are destroyed for ever. The same certificates on other devices are not touched.',
  removeConfirm: 'I know that this cannot be undone',
  removed: 'Removed',
  cancel: 'Not now',
  lostGuide: 'What if a phone is lost?',
  lostSteps: [
    'Freeze it at once: log in on another phone, open “Devices”, tap “Freeze”.',
    'No other phone: log in to the hub or the entity library with a USB key and freeze it under “Phones”.',
    'Neither: report the certificate lost to the certification authority. Every platform then refuses it.',
    'If it is found, release it. If not, remove it, and apply or share the certificate to another phone.',
  ],
  lostNote:
    'A phone holds half a key. Without the PIN and the other half in the vault, whoever finds it can do nothing.',
};
