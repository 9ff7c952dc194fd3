import type { Preparation } from '@hufu/contracts';
import { nodeCryptoEngine } from '@hufu/pki/node';
import { type Executor, withTransaction } from '../../infra/database/database.ts';
import type { Feature } from '../../infra/feature.ts';
import type { Infra } from '../../infra/infra.ts';
import { guardAccess, type Holder } from '../access/index.ts';
import type { SigningDeps, SigningPorts } from './deps.ts';
import { SIGNING_ERRORS, signingError } from './errors.ts';
import { createPageRenderer } from './preview/page-renderer.ts';
import { expirePreparations } from './sealing/expire-preparations.ts';
import { preparationById } from './sealing/preparation-store.ts';
import { prepareDocuments } from './sealing/prepare-documents.ts';
import { PREPARE_QUEUE } from './sealing/prepare-signing.ts';
import { sealingRoutes } from './sealing/routes.ts';
import { sealDocuments } from './sealing/seal-documents.ts';
import { ownPreparation, SEAL_QUEUE } from './sealing/submit-signatures.ts';
import { type StampService, timeStamper } from './sealing/time-stamp.ts';
import { preparationView } from './sealing/views.ts';
import { changeSeal } from './seals/change-seal.ts';
import { type SealDesk, sealDesk } from './seals/desk-face.ts';
import { sealProofRoutesOf } from './seals/proof-routes.ts';
import { sealHolderRoutes } from './seals/routes.ts';
import { createSealMaker } from './seals/seal-maker.ts';
import { endedSeals, picturesAmong } from './seals/seal-store.ts';
import { type Opening, openTask } from './tasks/open-task.ts';
import { taskRoutes } from './tasks/routes.ts';
import { documentsAmong, taskById } from './tasks/task-store.ts';
import { verificationRoutes } from './verification/routes.ts';

export type { CompletedDocument, SigningPorts } from './deps.ts';
export { createPageRenderer, type PageRenderer } from './preview/page-renderer.ts';
export type { SealDesk, SealSubject } from './seals/desk-face.ts';
export { requestMakerCertificate } from './seals/maker-key.ts';

export type Signing = {
  readonly feature: Feature;
  /** The desk's side of the register. */
  readonly seals: SealDesk;
  /** What a preparation asks the holder's key to sign; nothing unless it is ready. @throws SIGN_PREPARATION_UNKNOWN, SIGN_OTHER_KEY */
  preparedDocuments(asked: {
    readonly id: string;
    readonly holder: Holder;
  }): Promise<Preparation['documents']>;
  /** For features that make documents for an entity to seal. */
  readonly documents: SigningDocuments;
  /** The seal maker: read from the configuration, or made by a demo. Repeatable. */
  prepare(): Promise<void>;
};

export type SigningDocuments = {
  /** Opens a document to be sealed by the caller's entity. @throws what `openTask` refuses with @returns the task's id */
  open(opening: Opening): Promise<string>;
  isOpen(executor: Executor, taskId: string): Promise<boolean>;
  /** How far a document has come, and the SHA-256 under which it is kept as it stands. @throws SIGN_UNKNOWN */
  standing(executor: Executor, taskId: string): Promise<DocumentStanding>;
};

export type DocumentStanding = {
  readonly state: 'OPEN' | 'SEALED' | 'ENDED';
  readonly sha256: string;
};

export type SigningSettings = {
  /** Without it seals have level B-B. */
  readonly timeStamps?: StampService | undefined;
  /** The renderer's program, where it does not lie beside the server's bundle. */
  readonly renderProgram?: URL | undefined;
};

/** Drawing a seal, reading an upload and preparing cost processor time; a person needs few. */
const LIMITS = {
  'seal-proof': { requests: 30, seconds: 60, burst: 15 },
  'seal-draw': { requests: 30, seconds: 60, burst: 15 },
  'signing-upload': { requests: 60, seconds: 60, burst: 60 },
  'signing-prepare': { requests: 30, seconds: 60, burst: 15 },
  verify: { requests: 20, seconds: 60, burst: 10 },
} as const;

/** 签章: the register of seals, and documents from upload to 已签章. */
export function createSigning(infra: Infra, ports: SigningPorts, settings: SigningSettings = {}): Signing {
  const deps: SigningDeps = {
    ...infra,
    ...ports,
    engine: nodeCryptoEngine(),
    maker: createSealMaker(infra),
    renderer: createPageRenderer({ program: settings.renderProgram }),
    timeStamper: settings.timeStamps && timeStamper(settings.timeStamps, infra.log),
  };
  return {
    seals: sealDesk(deps),
    documents: {
      open: (opening) => openTask(deps, opening),
      isOpen: async (executor, taskId) => (await taskById(executor, taskId))?.state === 'OPEN',
      async standing(executor, taskId) {
        const task = await taskById(executor, taskId);
        if (task === undefined) throw signingError('SIGN_UNKNOWN');
        const ended = task.state === 'COMPLETED' ? 'SEALED' : 'ENDED';
        return { state: task.state === 'OPEN' ? 'OPEN' : ended, sha256: task.document_sha256 };
      },
    },
    async preparedDocuments({ id, holder }) {
      const row = ownPreparation(await preparationById(deps.database.db, id), { holder });
      return (await preparationView(deps, row, 'zh')).documents;
    },
    prepare: () => deps.maker.prepare(),
    feature: {
      name: 'signing',
      errors: SIGNING_ERRORS,
      limits: LIMITS,
      jobs: {
        [PREPARE_QUEUE]: (job) => prepareDocuments(deps, job),
        [SEAL_QUEUE]: (job) => sealDocuments(deps, job),
      },
      periodic: [
        { name: 'signing-expire-preparations', everySeconds: 60, run: () => expirePreparations(deps) },
        { name: 'signing-expire-seals', everySeconds: 600, run: () => expireSeals(deps) },
      ],
      async heldAttachments(sha256) {
        const { db } = deps.database;
        return [...(await documentsAmong(db, sha256)), ...(await picturesAmong(db, sha256))];
      },
      register(app) {
        guardAccess(app, { find: ports.holders, audit: deps.audit, sourceHash: deps.sourceHash });
        sealHolderRoutes(app, deps);
        sealProofRoutesOf(app, deps);
        taskRoutes(app, deps);
        sealingRoutes(app, deps);
        verificationRoutes(app, deps);
      },
    },
  };
}

async function expireSeals(deps: SigningDeps): Promise<void> {
  for (const { id } of await endedSeals(deps.database.db, new Date(deps.clock.now()))) {
    await withTransaction(deps.database, (tx) =>
      changeSeal(deps, tx, { id, event: 'expire', actor: { kind: 'system' } }),
    );
  }
}
