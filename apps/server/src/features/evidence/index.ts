import path from 'node:path';
import type { EvidenceEntry } from '@hufu/contracts';
import { createProver, parseVkey } from '@hufu/ledger';
import { nodeTreeHasher } from '@hufu/ledger/node';
import type { Feature } from '../../infra/feature.ts';
import type { HttpApp } from '../../infra/http/http-app.ts';
import type { Infra } from '../../infra/infra.ts';
import type { CallerFinder } from '../access/index.ts';
import { createAnchoring } from './anchors/anchoring.ts';
import { ANCHOR_ERRORS } from './anchors/errors.ts';
import type { EvidenceDeps } from './deps.ts';
import { EVIDENCE_ERRORS } from './errors.ts';
import { openLogKeys } from './log-keys.ts';
import { logFiles } from './publish/publish-log.ts';
import { publishPolicy } from './publish/publish-policy.ts';
import { retiredLogs } from './rotation/retired-logs.ts';
import {
  deskEvidenceRoutes,
  holderEvidenceRoutes,
  memberEvidence,
  publicEvidenceRoutes,
} from './routes/evidence.ts';
import { mountLogFiles } from './routes/log-files.ts';
import { outsideHeads } from './sequencer/outside-heads.ts';
import { type RunningSequencer, runSequencer } from './sequencer/run-sequencer.ts';
import { createSequencer } from './sequencer/sequencer.ts';
import { newestConfirmedCheckpoint } from './store/checkpoints.ts';
import type { Page } from './store/statements.ts';
import { tileReader } from './store/tree.ts';
import { showHistory } from './usecases/show-history.ts';
import { httpWitnesses } from './witnesses/witness-client.ts';

export { openTimeStampService } from './anchors/time-stamp-service.ts';
export { type LogKeys, openLogKeys, openSubmitKey, prepareLogKeys, rotateSubmitKey } from './log-keys.ts';
export { createRecorder } from './recording/recorder.ts';
export { rotateLog } from './rotation/rotate-log.ts';
export { type ChangeLog, changeLog, type LoggedChange } from './store/changes.ts';

/** Who is calling, by the ways in. */
export type EvidencePorts = {
  readonly holders: CallerFinder;
  readonly operators: CallerFinder;
  readonly members: CallerFinder;
};

export type Evidence = {
  feature(ports: EvidencePorts): Feature;
  /** How far the evidence of a record's changes has come, the newest first. */
  ofRecord(recordId: string, page: Page): Promise<readonly Pick<EvidenceEntry, 'id' | 'seq' | 'state'>[]>;
};

const WITNESS_TIMEOUT_MS = 2_000;
const LEASE_SECONDS = 6;
const BATCH = 4_096;
const CACHED_TILES = 256;

/**
 * Evidence of every lasting change: histories, stamps and bundles for those who may read them, the log as files for
 * everybody, and the sequencer that makes what was recorded part of it.
 */
export async function createEvidence(infra: Infra): Promise<Evidence> {
  const { database, clock, config, log } = infra;
  const keys = await openLogKeys(infra.vault);
  const retired = await retiredLogs(database.db);
  const files = logFiles(path.join(config.dataDirectory, 'log'));
  const prover = createProver(tileReader(database.db), { hasher: nodeTreeHasher, cachedTiles: CACHED_TILES });
  const witnesses = config.witnesses.list.map(({ url, vkey }) => ({ url, key: parseVkey(vkey) }));
  const { quorum } = config.witnesses;
  const anchoring = await createAnchoring(infra, {
    origin: keys.origin,
    formerOrigins: retired.map(({ key }) => key.name),
    newestConfirmed: async () => {
      const newest = await newestConfirmedCheckpoint(database.db);
      return newest?.note.startsWith(`${keys.origin}\n`) ? newest : undefined;
    },
    consistencyProof: (from, to) => prover.consistency(from, to),
  });
  const deps: EvidenceDeps = { ...infra, keys, retired, files, prover, witnesses, quorum, anchoring };
  const outside = outsideHeads({
    chainHead: anchoring.chainHead,
    onUnseen(code, error) {
      infra.metrics.count('hufu_evidence_chain_unseen_total', { code });
      log.warn({ err: error }, 'evidence: the chain could not be asked before signing');
    },
  });
  infra.metrics.gauge('hufu_evidence_chain_blind', 'Signing began without the word of the chain', () =>
    outside.isBlind() ? 1 : 0,
  );
  const sequencer = createSequencer({
    database,
    clock,
    keys,
    files,
    ask: httpWitnesses(WITNESS_TIMEOUT_MS),
    settings: { witnesses, quorum, batch: BATCH, leaseSeconds: LEASE_SECONDS },
    seenElsewhere: outside.seen,
  });
  let running: RunningSequencer | undefined;

  const feature = (ports: EvidencePorts): Feature => ({
    name: 'evidence',
    errors: { ...EVIDENCE_ERRORS, ...ANCHOR_ERRORS },
    periodic: anchoring.periodic,
    checks: {
      evidence: async () => {
        const now = running?.state();
        if (now?.state === 'refused') throw now.error;
      },
    },
    async register(app) {
      publicEvidenceRoutes(app, deps);
      mountLogFiles(app, files.directory);
      await app.register(async (own) => holderEvidenceRoutes(own as unknown as HttpApp, deps, ports.holders));
      await app.register(async (own) => deskEvidenceRoutes(own as unknown as HttpApp, deps, ports.operators));
      await app.register(async (own) => memberEvidence(own as unknown as HttpApp, deps, ports.members));
    },
    async start() {
      await publishPolicy(deps, files.directory);
      running = runSequencer(sequencer, {
        keepMs: (LEASE_SECONDS * 1000) / 3,
        onFailure: (error) => log.error({ err: error }, 'evidence: sequencing failed'),
      });
    },
    async stop() {
      await running?.stop();
    },
  });
  return {
    feature,
    async ofRecord(recordId, page) {
      // Whose record it is was found out by whoever asks.
      const filter = { kind: 'record', record: recordId };
      return (await showHistory(deps, { reader: { kind: 'operator' }, filter, page })).items;
    },
  };
}
