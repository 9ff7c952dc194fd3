import type { WarningKind } from '@hufu/contracts';
import type { Executor, Tx } from '../../infra/database/database.ts';
import type { Feature } from '../../infra/feature.ts';
import type { CallerFinder } from '../access/index.ts';

type FactsOf = {
  RECORD_EXPIRES: { readonly type: string; readonly id: string; readonly expiresOn: string };
  KEY_EXPIRES: { readonly keyId: string; readonly expiresOn: string };
  SYNC_FAILED: { readonly platform: string; readonly platformName: string };
  KEY_ACTIVATED: { readonly keyId: string };
  CHANGED_BY_OTHER_KEY: { readonly type: string; readonly id: string; readonly event: string };
  RECORD_USED: {
    readonly type: string;
    readonly id: string;
    readonly platform: string;
    readonly platformName: string;
    /** Of the tender, as the platform calls it. */
    readonly project?: string;
  };
  PROJECT_ARRIVED: {
    readonly type: string;
    readonly id: string;
    readonly platform: string;
    readonly platformName: string;
  };
  SIGNING_TURN: { readonly task: string; readonly sender: string };
};

/** What to tell, by its kind; facts without personal data. */
export type Told = {
  readonly [Kind in WarningKind]: { readonly kind: Kind; readonly facts: FactsOf[Kind] };
}[WarningKind];

export type Notice = Told & {
  readonly entityId: string;
  /** Told once only under this name, e.g. the id of a use; absent: every time. */
  readonly once?: string;
};

export type ExpiryAsked = {
  /** YYYY-MM-DD, both inclusive. */
  readonly from: string;
  readonly to: string;
  /** Where the last page ended; absent: from the beginning. */
  readonly after?: string | undefined;
  readonly limit: number;
};

export type Expiring = {
  readonly entityId: string;
  readonly id: string;
  /** YYYY-MM-DD. */
  readonly expiresOn: string;
};

/** Something whose papers end. What is voided, superseded or not yet submitted is left out by the source. */
export type ExpirySource = {
  page(
    executor: Executor,
    asked: ExpiryAsked,
  ): Promise<{ readonly items: readonly Expiring[]; readonly next?: string | undefined }>;
} & ({ readonly kind: 'RECORD_EXPIRES'; readonly type: string } | { readonly kind: 'KEY_EXPIRES' });

export type WarningsPorts = {
  readonly members: CallerFinder;
  readonly sources: readonly ExpirySource[];
};

/** 提醒: people are told in time, in the application and by mail. */
export type Warnings = {
  /** In the transaction of what happened. */
  notify(tx: Tx, notice: Notice): Promise<void>;
  feature(ports: WarningsPorts): Feature;
};
