import { HUB_ERRORS } from '@hufu/contracts';
import { CHINA_CALENDAR_YEARS, workingCalendar } from '@hufu/kernel';
import type { Tx } from '../../infra/database/database.ts';
import type { Feature } from '../../infra/feature.ts';
import { type CallerFinder, guardAccess } from '../access/index.ts';
import type { EntityDirectory, InteractionPresenter, LoginListener } from '../identity-provider/index.ts';
import { type BrowserCookie, browserCookie } from './browser-cookie.ts';
import { type EnterpriseRecords, enterpriseRecords } from './enterprise-records.ts';
import { entityDirectory, loginListener, type TargetEntry, targetEntered } from './entity-directory.ts';
import { findHolder } from './find-holder.ts';
import { interactionPresenter } from './interaction-presenter.ts';
import { type ChallengeSubjects, challengeRoutes } from './routes/challenges.ts';
import { enterpriseRoutes } from './routes/enterprise.ts';
import { loginRoutes } from './routes/logins.ts';
import { sessionRoutes } from './routes/session.ts';
import { purgeAuthorisations } from './store/authorisations.ts';
import { purgeChallenges } from './store/challenges.ts';
import type { UnbindDeps } from './unbinding/deps.ts';
import { type UnbindingDesk, unbindingDesk } from './unbinding/face.ts';
import { unbindingRoutes } from './unbinding/routes.ts';
import { attachedAmong } from './unbinding/store.ts';
import { noticeSigningTurn, type SigningTurn } from './usecases/notice-signing-turn.ts';
import { type AskedChallenge, openChallenge, type ShownChallenge } from './usecases/open-challenge.ts';
import { createAttemptRunner } from './usecases/run-attempt.ts';

export { type Activations, activations } from './activations.ts';
export type { BrowserCookie } from './browser-cookie.ts';
export type { BoundKey, EnterpriseCard, EnterpriseRecords } from './enterprise-records.ts';
export type { CertificateJudge, LibraryDoor, ReadCertificate } from './ports.ts';
export type { ChallengeSubjects } from './routes/challenges.ts';
export { type ProofExpectation, verifyProof } from './usecases/verify-proof.ts';

/** What other features need to know of the enterprises. */
export type Hub = {
  readonly feature: Feature;
  readonly entities: EntityDirectory;
  readonly logins: LoginListener;
  readonly presenter: InteractionPresenter;
  readonly browser: BrowserCookie;
  /** For a phone, which answers in another place than the browser that asked. */
  openChallenge(asked: AskedChallenge): Promise<ShownChallenge | undefined>;
  readonly unbinding: UnbindingDesk;
  readonly records: EnterpriseRecords;
  /** Who is logged in to the hub. */
  readonly caller: CallerFinder;
  /** That it is an enterprise's turn to seal a document, if the hub knows it. */
  signingTurn(tx: Tx, turn: SigningTurn): Promise<void>;
  /** HUB-065: an authorised entry to a target of this installation. */
  targetEntered(tx: Tx, entry: TargetEntry): Promise<void>;
};

const DAY_MS = 86_400_000;

/** A proof costs a signature check and perhaps a question to an authority; a person needs few. */
const LIMITS = {
  'hub-challenge': { requests: 120, seconds: 60, burst: 60 },
  'hub-proof': { requests: 60, seconds: 60, burst: 30 },
  'hub-preview': { requests: 60, seconds: 60, burst: 30 },
  'unbind-submit': { requests: 20, seconds: 3600, burst: 10 },
  'unbind-status': { requests: 60, seconds: 60, burst: 30 },
} as const;

export function createHub(given: Omit<UnbindDeps, 'calendar'>, subjects: ChallengeSubjects): Hub {
  const deps: UnbindDeps = { ...given, calendar: workingCalendar(CHINA_CALENDAR_YEARS) };
  const runner = createAttemptRunner(deps);
  const browser = browserCookie(deps);
  const context = { deps, runner, browser };
  return {
    entities: entityDirectory,
    logins: loginListener(deps),
    presenter: interactionPresenter(deps),
    browser,
    openChallenge: (asked) => openChallenge(deps, asked),
    unbinding: unbindingDesk(deps),
    records: enterpriseRecords(deps),
    caller: (request) => findHolder(deps, request),
    signingTurn: noticeSigningTurn(deps),
    targetEntered: targetEntered(deps),
    feature: {
      name: 'hub',
      errors: HUB_ERRORS,
      limits: LIMITS,
      periodic: [
        {
          name: 'hub-forget-challenges',
          everySeconds: 3600,
          run: async () => {
            const before = new Date(deps.clock.now() - DAY_MS);
            await purgeChallenges(deps.database.db, before);
            await purgeAuthorisations(deps.database.db, before);
          },
        },
      ],
      heldAttachments: (sha256) => attachedAmong(deps.database.db, sha256),
      register(app) {
        guardAccess(app, {
          find: (request) => findHolder(deps, request),
          audit: deps.audit,
          sourceHash: deps.sourceHash,
        });
        challengeRoutes(app, context, subjects);
        loginRoutes(app, context);
        sessionRoutes(app, context);
        enterpriseRoutes(app, context);
        unbindingRoutes(app, deps);
      },
      stop: () => runner.idle(),
    },
  };
}
