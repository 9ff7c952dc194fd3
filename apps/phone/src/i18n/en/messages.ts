import type { Shape } from '../language.tsx';
import type { messages as zh } from '../zh/messages.ts';

type Fact = (name: string) => string;

const about = (fact: string, otherwise: string): string => (fact === '' ? otherwise : fact);

export const messages: Shape<typeof zh> = {
  title: 'Messages',
  empty: 'No messages',
  emptyText: 'Results of reviews, authorisations and reminders arrive here.',
  unread: 'unread',
  readAll: 'Mark all as read',
  more: 'Earlier messages',
  kinds: {
    ORDER: 'Application',
    CERTIFICATE_KEPT: 'Certificate downloaded',
    CERTIFICATE_EXPIRES: 'Certificate expires soon',
    CERTIFICATE_STATE: 'State of a certificate',
    INVITED: 'Invitation',
    JOINED: 'A person has joined',
    LEFT: 'A person has left',
    TRANSFER_OFFERED: 'Administration',
    TRANSFER_ANSWERED: 'Administration',
    GRANTED: 'Authorised',
    GRANT_REVOKED: 'Authorisation ended',
    OFFERED_HALF: 'Certificate shared',
    DEVICE_ADDED: 'New device',
    DEVICE_FROZEN: 'Device frozen',
    DEVICE_THAWED: 'Device released',
    DEVICE_CLONED: 'Copied device found',
    PIN_LOCKED: 'PIN locked',
  },
  texts: {
    ORDER: (f: Fact) => `There is news of application ${f('reference')}.`,
    CERTIFICATE_KEPT: (f: Fact) =>
      `The certificate of ${about(f('enterprise'), 'yours')} is now on “${about(f('device'), 'the phone')}”.`,
    CERTIFICATE_EXPIRES: (f: Fact) =>
      `The certificate of ${about(f('enterprise'), 'yours')} expires in ${f('days')} days. Renew it in time.`,
    CERTIFICATE_STATE: (f: Fact) =>
      `The state of the certificate of ${about(f('enterprise'), 'yours')} has changed.`,
    INVITED: (f: Fact) => `${f('enterprise')} invites you. Answer under “Waiting for me”.`,
    JOINED: (f: Fact) => `Somebody accepted the invitation and joined ${f('enterprise')}.`,
    LEFT: (f: Fact) => `Somebody has left ${f('enterprise')}; the authorisations have ended.`,
    TRANSFER_OFFERED: (f: Fact) =>
      `You are asked to become administrator of ${f('enterprise')}. Answer under “Waiting for me”.`,
    TRANSFER_ANSWERED: (f: Fact) =>
      f('accepted') === 'true'
        ? `Administration of ${f('enterprise')} has been handed over; you are an operator now.`
        : `Administration of ${f('enterprise')} was declined; it stays with you.`,
    GRANTED: (f: Fact) => `You may use the certificate of ${f('enterprise')} at “${f('scope')}”.`,
    GRANT_REVOKED: (f: Fact) =>
      `You may no longer use the certificate of ${f('enterprise')} at “${f('scope')}”.`,
    OFFERED_HALF: (f: Fact) =>
      `A certificate is shared to your device “${f('device')}”. Answer under “Waiting for me”.`,
    DEVICE_ADDED: (f: Fact) => `Your account logged in on “${f('device')}”. Not you? Freeze it at once.`,
    DEVICE_FROZEN: (f: Fact) => `“${f('device')}” is frozen: the certificates on it cannot be used.`,
    DEVICE_THAWED: (f: Fact) => `“${f('device')}” is released: the certificates on it work again.`,
    DEVICE_CLONED: (f: Fact) =>
      `A copy of “${f('device')}” was used elsewhere. It is frozen. Look at it soon and remove it.`,
    PIN_LOCKED: (f: Fact) => `Too many wrong PINs on “${f('device')}”: its certificate is locked.`,
  },
};
