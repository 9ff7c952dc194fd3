import type { Shape } from '../language.tsx';
import type { login as zh } from '../zh/login.ts';

export const login: Shape<typeof zh> = {
  title: 'Log in',
  lead: 'One key in two halves: one on your phone, one in the vault.',
  mobile: 'Mobile number',
  mobileWrong: 'Enter a mobile number of 11 digits',
  send: 'Send a code',
  again: (seconds) => `Again in ${seconds} s`,
  code: 'Code',
  codeHint: (to) => `Sent to ${to}; valid for 5 minutes`,
  codeWrong: 'Enter the 6 digits of the code',
  submit: 'Log in',
  firstTime: 'The first login makes your account.',
};
