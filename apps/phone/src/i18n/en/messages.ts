import type { Shape } from '../language.tsx';
import type { messages as zh } from '../zh/messages.ts';

type Fact = (name: string) => string;

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
    ADMIN_REPLACED: 'Administrator replaced',
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
    ORDER: (f: Fact) => `Application ${f('reference')}: ${f('state')}`,
    CERTIFICATE_KEPT: (f: Fact) => `Certificate …${f('serial')} is stored, valid until ${f('validTo')}.`,
    CERTIFICATE_EXPIRES: (f: Fact) =>
      `Certificate …${f('serial')} expires in ${f('days')} days. Renew it in time.`,
    CERTIFICATE_STATE: (f: Fact) => `Certificate …${f('serial')}: ${f('state')}`,
    INVITED: (f: Fact) => `${f('enterprise')} invites you. Answer under “Waiting for me”.`,
    JOINED: (f: Fact) =>
      f('person') === ''
        ? `You are now the administrator of ${f('enterprise')}.`
        : `${f('person')} accepted the invitation and joined ${f('enterprise')}.`,
    LEFT: (f: Fact) => `${f('person')} has left ${f('enterprise')}; the authorisations have ended.`,
    TRANSFER_OFFERED: (f: Fact) =>
      `You are asked to become administrator of ${f('enterprise')}. Answer under “Waiting for me”.`,
    TRANSFER_ANSWERED: (f: Fact) =>
      f('accepted') === 'true'
        ? `${f('person')} accepted and administers ${f('enterprise')}; you are an operator now.`
        : `${f('person')} declined; ${f('enterprise')} stays with you.`,
    ADMIN_REPLACED: (f: Fact) =>
      `By a letter of ${f('enterprise')} the counter names another administrator; you cease to be it when they accept. If you object, call the counter at once.`,
    GRANTED: (f: Fact) => `You may use the enterprise’s certificate at “${f('scopes')}”.`,
    GRANT_REVOKED: (f: Fact) => `You may no longer use the enterprise’s certificate at “${f('scopes')}”.`,
    OFFERED_HALF: (f: Fact) =>
      `Certificate …${f('serial')} is shared to your device. Answer under “Waiting for me”.`,
    DEVICE_ADDED: (f: Fact) => `Your account logged in on “${f('device')}”. Not you? Freeze it at once.`,
    DEVICE_FROZEN: (f: Fact) => `“${f('device')}” is frozen: the certificates on it cannot be used.`,
    DEVICE_THAWED: (f: Fact) => `“${f('device')}” is released: the certificates on it work again.`,
    DEVICE_CLONED: (f: Fact) =>
      `Keys on “${f('device')}” were used strangely and are frozen. Look at that device soon.`,
    PIN_LOCKED: (f: Fact) => `Too many wrong PINs on “${f('device')}”: its certificate is locked.`,
  },
};
