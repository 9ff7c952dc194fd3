import { phoneCertificatesRoutes } from './phone-certificates.ts';
import { phoneDevicesRoutes } from './phone-devices.ts';
import { phoneEnvelopesRoutes } from './phone-envelopes.ts';
import { phoneGrantsRoutes } from './phone-grants.ts';
import { phoneHalvesRoutes } from './phone-halves.ts';
import { phoneLoginRoutes } from './phone-login.ts';
import { phoneMessagesRoutes } from './phone-messages.ts';
import { phonePeopleRoutes } from './phone-people.ts';

/** 标证通: login, real name, devices, enterprises and people, certificates and their halves, grants, messages. */
export const phoneRoutes = {
  ...phoneLoginRoutes,
  ...phoneDevicesRoutes,
  ...phonePeopleRoutes,
  ...phoneCertificatesRoutes,
  ...phoneHalvesRoutes,
  ...phoneEnvelopesRoutes,
  ...phoneGrantsRoutes,
  ...phoneMessagesRoutes,
};
