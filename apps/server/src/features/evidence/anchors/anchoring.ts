import type { Infra } from '../../../infra/infra.ts';
import type { PeriodicTask } from '../../../infra/schedule/schedule.ts';
import {
  type Anchor,
  type AnchorPlace,
  anchorOnItsWay,
  finalAnchorCovering,
  waitingAnchor,
} from './anchor-store.ts';
import { type AnchorNotice, createChainAnchoring } from './chain-anchoring.ts';
import { openChainSigner } from './chain-signer.ts';
import type { CheckpointSource } from './checkpoint-source.ts';
import type { ChainHead, ChainIdentity } from './driver.ts';
import { createEvmDriver } from './evm-driver.ts';
import { openTimeStampService } from './time-stamp-service.ts';
import { type StampedCheckpoint, timeStampCovering } from './time-stamp-store.ts';
import { stampDaily } from './time-stamping.ts';

/** What the stamp page says of a leaf that no final anchor covers yet. */
export type OpenAnchor = Pick<Anchor, 'state' | 'problem' | 'changedAt'> & { readonly size: number };

export type Anchoring = {
  /** Undefined when no chain is configured: pages say 未配置. */
  readonly chain: ChainIdentity | undefined;
  /** Whether a time-stamp service is configured. */
  readonly stampsTime: boolean;
  readonly periodic: readonly PeriodicTask[];
  /** The first final anchor of a checkpoint that covers the leaf (0-based). */
  anchorCovering(index: number): Promise<Anchor | undefined>;
  /** The one that is on its way or waits, with what hinders it. */
  openAnchor(): Promise<OpenAnchor | undefined>;
  /** The first time-stamp on a checkpoint that covers the leaf (0-based). */
  timeStampCovering(index: number): Promise<StampedCheckpoint | undefined>;
  /**
   * The newest tree head on the chain, for the guard at start: our ledger must contain it. Undefined when no chain is
   * configured or it holds none. @throws ANCHOR_NODE_UNREACHABLE, ANCHOR_WRONG_CHAIN, ANCHOR_WRONG_CONTRACT
   */
  chainHead(): Promise<ChainHead | undefined>;
};

/** How often an anchor on its way is looked after. New ones are begun as seldom as configured. */
const FOLLOW_SECONDS = 3;
const TIME_STAMP_SECONDS = 600;
/** Heals by itself, but somebody may want to know. */
const LOUD: ReadonlySet<AnchorNotice['what']> = new Set(['displaced', 'reverted', 'vanished']);

/** Anchors what a quorum of witnesses has cosigned: on the configured chain, and with the configured service. */
export async function createAnchoring(infra: Infra, source: CheckpointSource): Promise<Anchoring> {
  const { database, config } = infra;
  const { origin, formerOrigins = [] } = source;
  const origins = [...formerOrigins, origin];
  const chain = await chainAnchoring(infra, source);
  const stamping = timeStamping(infra, source);
  const identity = chain?.identity;
  const place: AnchorPlace | undefined = identity && { chain: identity, origin };
  return {
    chain: identity,
    stampsTime: config.timeStamps !== undefined,
    periodic: [...(chain ? [chain.task] : []), ...(stamping ? [stamping] : [])],
    anchorCovering: (index) =>
      firstOf(origins, (one) => finalAnchorCovering(database.db, one, { index, chain: identity })),
    async openAnchor() {
      if (!place) return undefined;
      const open = (await anchorOnItsWay(database.db, place)) ?? (await waitingAnchor(database.db, place));
      if (!open) return undefined;
      const { state, problem, changedAt, checkpoint } = open;
      return { state, problem, changedAt, size: checkpoint.size };
    },
    timeStampCovering: (index) => firstOf(origins, (one) => timeStampCovering(database.db, one, index)),
    chainHead: async () => chain?.head(),
  };
}

async function firstOf<T>(
  origins: readonly string[],
  find: (origin: string) => Promise<T | undefined>,
): Promise<T | undefined> {
  for (const origin of origins) {
    const found = await find(origin);
    if (found !== undefined) return found;
  }
  return undefined;
}

async function chainAnchoring(infra: Infra, source: CheckpointSource) {
  const { database, clock, config, log, vault } = infra;
  if (!config.chain) return undefined;
  const { rpcUrl, everySeconds, ...identity } = config.chain;
  const driver = createEvmDriver({ rpcUrl, chain: identity, signer: await openChainSigner(vault) });
  const { run, head } = createChainAnchoring({
    database,
    clock,
    driver,
    source,
    everySeconds,
    onEvent: (event) => log[LOUD.has(event.what) ? 'warn' : 'info'](event, 'ledger anchor'),
  });
  const task: PeriodicTask = { name: 'evidence-anchor-chain', everySeconds: FOLLOW_SECONDS, run };
  return { identity, task, head };
}

function timeStamping(infra: Infra, source: CheckpointSource): PeriodicTask | undefined {
  const { database, clock, config, random } = infra;
  if (!config.timeStamps) return undefined;
  const { driver } = openTimeStampService(config.timeStamps, random);
  return {
    name: 'evidence-anchor-time',
    everySeconds: TIME_STAMP_SECONDS,
    async run() {
      await stampDaily({ database, clock, driver, source });
    },
  };
}
