import type { Shape } from '../language.tsx';
import type { entry as zh } from '../zh/entry.ts';

export const entry: Shape<typeof zh> = {
  title: 'Trading entities',
  lead: 'First time here: bind. Bound already: log in.',
  bind: 'Enterprise binding',
  bindText: 'First time: read the enterprise key, add your particulars; effective at once.',
  login: 'Enterprise login',
  loginText: 'For bound enterprises, with the primary or any secondary key.',
  phone: 'Phone login',
  phoneText: 'With a certificate on your phone: scan to log in. The first time, scan to bind under “Bind”.',
  driver: 'Driver download',
  driverText:
    'No certificate assistant on this computer yet? Install it first; it knows the keys of every authority.',
  unbind: 'Unbind a certificate',
  unbindText: 'The key is lost or will not log in, and no other key of the enterprise is bound.',
  already: 'You are logged in',
  goOn: 'Go on',
};
