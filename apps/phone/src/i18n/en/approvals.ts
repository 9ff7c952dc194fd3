import type { Shape } from '../language.tsx';
import type { approvals as zh } from '../zh/approvals.ts';

export const approvals: Shape<typeof zh> = {
  title: 'Waiting for me',
  empty: 'Nothing waits for you',
  emptyText: 'Invitations, hand-overs of administration and shared certificates appear here.',
  offers: 'Shared certificates',
  invitation: (who: string, enterprise: string) => `${who} invites you to join ${enterprise}`,
  invitationText: 'As a member you can be authorised to use the enterprise’s certificate.',
  transfer: (who: string, enterprise: string) => `${who} asks you to become administrator of ${enterprise}`,
  transferText:
    'If you accept, you apply for certificates, invite and authorise; the present administrator becomes an operator.',
  offer: (who: string) => `${who} shares a certificate with you`,
  offerText: 'If you accept, a half of the key is kept on this phone, with a PIN of this phone.',
  offerFrom: (device: string) => `From the device “${device}”`,
  offerOther: 'Accept it on the device that it was sent to.',
  until: (time: string) => `Valid until ${time}`,
  accept: 'Accept',
  join: 'Join',
  decline: 'Decline',
  declineTitle: 'Decline this?',
  declineText: 'The other person is told, and may ask again.',
  accepted: 'Accepted',
  declined: 'Declined',
  finish: 'Finish',
  storing: 'Storing it on this phone…',
  stored: 'The certificate is on this phone',
  storedText: 'You can use it from this phone by scanning.',
  toCertificate: 'To the certificate',
  needVerified: 'Prove your real name before you accept.',
};
