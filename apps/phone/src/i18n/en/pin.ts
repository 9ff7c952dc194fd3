import type { Shape } from '../language.tsx';
import type { pin as zh } from '../zh/pin.ts';

export const pin: Shape<typeof zh> = {
  enter: 'Enter the PIN',
  set: 'Choose a PIN',
  again: 'Enter the PIN again',
  current: 'Enter your present PIN',
  hint: '6 to 16 digits. Nobody else knows it: if you forget it, the certificate has to be applied for again.',
  typed: (count) => `${count} digits entered`,
  clear: 'Clear',
  erase: 'Delete one digit',
  random: 'Shuffled keys',
  differ: 'The two PINs differ. Choose again.',
  weak: 'This PIN is too simple. Choose another.',
  wrong: (left) => `Wrong PIN. Tries left: ${left}`,
  locked: 'Too many wrong PINs: the certificate is locked on this phone',
  useBiometric: 'Use fingerprint or face',
  usePin: 'Use the PIN',
};
