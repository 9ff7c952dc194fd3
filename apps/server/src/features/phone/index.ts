import { PHONE_ERRORS, REQUEST_ERRORS } from '@hufu/contracts';
import { GM_ERRORS } from '@hufu/gm';
import { uuidV7Source } from '@hufu/kernel';
import { PHONE_KEY_ERRORS } from '@hufu/phone-key';
import type { Feature } from '../../infra/feature.ts';
import type { HttpApp } from '../../infra/http/http-app.ts';
import type { Infra } from '../../infra/infra.ts';
import { createSms, SMS_QUEUE, smsHandler, smsWays } from '../../infra/sms/sms.ts';
import { guardAccess } from '../access/index.ts';
import { createCertificates } from './certificates/certificates-face.ts';
import { remindOfEnds } from './certificates/remind.ts';
import { certificateRoutes } from './certificates/routes.ts';
import type { PhoneContext } from './context.ts';
import type { PhoneDeps, PhonePorts } from './deps.ts';
import { hubPhoneRoutes, libraryPhoneRoutes } from './devices/enterprise-routes.ts';
import { deviceRoutes } from './devices/routes.ts';
import { envelopeRoutes } from './envelopes/routes.ts';
import type { Phone } from './face.ts';
import { grantRoutes } from './grants/routes.ts';
import { dropForgottenHalves } from './halves/call-vault.ts';
import { HALF_QUEUE } from './halves/half-store.ts';
import { expireOffers } from './halves/offer.ts';
import { halfRoutes } from './halves/routes.ts';
import { vaultTeller } from './halves/tell-vault.ts';
import { purgeLoginCodes } from './login/login-code.ts';
import { loginRoutes } from './login/routes.ts';
import { notify } from './messages/messages.ts';
import { messageRoutes } from './messages/routes.ts';
import { deskPeopleRoutes } from './people/desk-routes.ts';
import { createPeople } from './people/people-face.ts';
import { replacementKinds } from './people/replace-admin.ts';
import { lettersAmong } from './people/replacement-store.ts';
import { peopleRoutes } from './people/routes.ts';
import { realNameRoutes } from './real-name/routes.ts';
import { createPhoneSessions, purgeSessions } from './sessions/phone-sessions.ts';
import { createUsers } from './users.ts';
import { createUses, expireUses } from './uses/authorise.ts';

export type { Envelopes, PhonePorts } from './deps.ts';
export type {
  Authorised,
  Keeping,
  Phone,
  PhoneCertificateFacts,
  Usable,
  UseAsked,
} from './face.ts';
export { openRealNameProvider } from './real-name/real-name-provider.ts';

/** A code costs money; a login guesses at one; a claim asks whether an enterprise is known. */
const LIMITS = {
  'phone-code': { requests: 20, seconds: 3600, burst: 10 },
  'phone-login': { requests: 30, seconds: 300, burst: 15 },
  'phone-claim': { requests: 30, seconds: 3600, burst: 15 },
  'phone-letter': { requests: 20, seconds: 3600, burst: 10 },
  'phone-vault': { requests: 240, seconds: 60, burst: 80 },
} as const;

const DAY_MS = 86_400_000;

/** 标证通: certificates whose keys are half on a phone and half in the vault. */
export function createPhone(infra: Infra, ports: PhonePorts): Phone {
  const deps: PhoneDeps = {
    ...infra,
    ...ports,
    sms: createSms(infra.outbox, infra.cipher),
    smsWays: smsWays(infra.config),
    newId: uuidV7Source(infra.clock, infra.random),
  };
  const sessions = createPhoneSessions(deps);
  return {
    caller: sessions.caller,
    users: createUsers(deps.cipher),
    people: createPeople(deps),
    certificates: createCertificates(deps),
    uses: createUses(deps),
    notify: (tx, notification) => notify(deps, tx, notification),
    kinds: replacementKinds(deps),
    feature: phoneFeature({ deps, sessions }),
  };
}

function phoneFeature(context: PhoneContext): Feature {
  const { deps, sessions } = context;
  const { transport } = deps.smsWays;
  return {
    name: 'phone',
    // The vault's refusals reach the device as they are.
    errors: { ...PHONE_ERRORS, ...PHONE_KEY_ERRORS, ...GM_ERRORS, FILE_TYPE: REQUEST_ERRORS.FILE_TYPE },
    limits: LIMITS,
    jobs: {
      [HALF_QUEUE]: vaultTeller(deps),
      ...(transport === undefined ? {} : { [SMS_QUEUE]: smsHandler(transport, deps.cipher) }),
    },
    periodic: [
      { name: 'phone-remind', everySeconds: 3600, run: () => remindOfEnds(deps) },
      {
        name: 'phone-tidy',
        everySeconds: 300,
        run: async () => {
          await expireUses(deps);
          await expireOffers(deps);
          await dropForgottenHalves(deps);
          await purgeLoginCodes(deps);
          await purgeSessions(deps.database.db, new Date(deps.clock.now() - 30 * DAY_MS));
        },
      },
    ],
    heldAttachments: (sha256) => lettersAmong(deps.database.db, sha256),
    async register(app) {
      await app.register(async (own) => deskRoutes(own as unknown as HttpApp));
      await app.register(async (own) => hubPhoneRoutes(own as unknown as HttpApp, context));
      await app.register(async (own) => libraryPhoneRoutes(own as unknown as HttpApp, context));
      await app.register(async (own) => ownRoutes(own as unknown as HttpApp));
    },
  };

  function deskRoutes(app: HttpApp): void {
    guardAccess(app, { find: deps.operators, audit: deps.audit, sourceHash: deps.sourceHash });
    deskPeopleRoutes(app, context);
  }

  function ownRoutes(app: HttpApp): void {
    guardAccess(app, { find: sessions.caller, audit: deps.audit, sourceHash: deps.sourceHash });
    for (const routes of [
      loginRoutes,
      realNameRoutes,
      deviceRoutes,
      peopleRoutes,
      certificateRoutes,
      halfRoutes,
      envelopeRoutes,
      grantRoutes,
      messageRoutes,
    ]) {
      routes(app, context);
    }
  }
}
