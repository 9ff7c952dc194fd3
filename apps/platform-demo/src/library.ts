import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { ExchangeRecord } from '@hufu/contracts';
import { type ExchangeClient, readNotice, verifySealed } from '@hufu/sdk';
import type { PlatformConfig } from './config.ts';
import { areSealed, LETTERS, type LetterName } from './letters.ts';
import type { Use } from './mirror.ts';
import type { Member, Store } from './store.ts';

type Deps = {
  readonly config: PlatformConfig;
  readonly client: ExchangeClient;
  readonly store: Store;
  readonly publicDir: string;
};

export type Tender = { readonly tenderNo: string; readonly useStatus: string };

/** Everything that this platform does with the library of entities, on the SDK alone. */
export type Library = {
  /** Address of the hub's page on which the member seals a letter; the browser comes back to `/unit/sealed`. */
  orderSeal(member: Member, letter: LetterName): Promise<string>;
  /** After the return: only a document that verifies counts as 已签章. @returns whether it does */
  confirmSeal(member: Member, letter: LetterName): Promise<boolean>;
  /** 同步内蒙古主体库诚信信息. */
  sync(member: Member, entered: { readonly code: string; readonly user: string }): Promise<void>;
  /** Performances that may be offered for a tender. */
  performances(member: Member, tenderNo: string): Promise<readonly ExchangeRecord[]>;
  /** Returns to the library that a performance was used. */
  use(member: Member, performance: ExchangeRecord, tender: Tender): Promise<void>;
  /** Takes over another platform's approval of the same version. */
  recognise(member: Member, user: string): Promise<void>;
  /** Tells the library what was decided here, so that others may recognise it. */
  tellDecision(member: Member, decision: 'APPROVED' | 'REJECTED'): Promise<void>;
  /** A traded project goes into the member's list in the library. */
  reportProject(member: Member, project: ReportedProject): Promise<string>;
  /** What the hub posts. @returns the notice's number */
  takeNotice(body: string): Promise<number>;
};

export type ReportedProject = {
  readonly tradeNo: string;
  readonly section: string;
  readonly projectName: string;
  readonly owner: string;
};

export function createLibrary({ config, client, store, publicDir }: Deps): Library {
  const given = (letter: LetterName) =>
    new Uint8Array(fs.readFileSync(path.join(publicDir, 'letters', `${letter}.pdf`)));

  const tellDecision: Library['tellDecision'] = async (member, decision) => {
    const { record, version, sm3 } = await client.base(member.uscc);
    const decidedAt = new Date().toISOString();
    const filingId = randomUUID();
    await client.decideFiling({ filingId, uscc: member.uscc, decision, record, version, sm3, decidedAt });
  };

  return {
    async orderSeal(member, letter) {
      const order = await client.orderSealing({
        uscc: member.uscc,
        title: LETTERS[letter],
        returnUrl: `${config.baseUrl}/unit/sealed/${letter}`,
        pdf: given(letter),
        name: `${LETTERS[letter]}.pdf`,
      });
      const letters = { ...member.letters, [letter]: { order: order.id, sealedAt: undefined } };
      store.change(member.uscc, { letters });
      return order.sealUrl;
    },

    async confirmSeal(member, letter) {
      const { order } = member.letters[letter];
      if (order === undefined || (await client.sealing(order)).state !== 'SEALED') return false;
      const sealed = await client.sealedDocument(order);
      await verifySealed({ hubUrl: config.hubUrl, given: given(letter), sealed, unitName: member.name });
      const letters = { ...member.letters, [letter]: { order, sealedAt: new Date().toISOString() } };
      store.change(member.uscc, { letters });
      return true;
    },

    async sync(member, { code, user }) {
      if (!areSealed(member.letters)) throw new Error('both letters are sealed before this is offered');
      const received = await client.pull({ syncCode: code, user, uscc: member.uscc });
      for (const file of received.files) {
        const bytes = await client.pullFile(received.pull, file);
        store.keepFile(file.sha256, bytes);
      }
      store.change(member.uscc, { mirror: { package: received, operator: user } });
      // A mirrored entity needs no review here: what counts is the library's (SM-PLAT, MIRRORED).
      await tellDecision(member, 'APPROVED');
    },

    async performances(member, tenderNo) {
      const types = 'performance-general,performance-transport,performance-water';
      const { records } = await client.usable({ uscc: member.uscc, tender: tenderNo, types });
      const voided = store.voided();
      return records.filter(({ id }) => !voided.has(id));
    },

    async use(member, { id, title }, { tenderNo, useStatus }) {
      const callbackId = randomUUID();
      const usedAt = new Date().toISOString();
      const { useCount } = await client.reportUse({
        callbackId,
        uscc: member.uscc,
        performanceId: id,
        tenderNo,
        useStatus,
        usedAt,
      });
      const use: Use = { callbackId, performance: id, title, tenderNo, useStatus, usedAt, useCount };
      store.change(member.uscc, { uses: [use, ...member.uses] });
    },

    async recognise(member, user) {
      const recognition = await client.recognise({ uscc: member.uscc, user });
      store.change(member.uscc, { recognition });
    },

    tellDecision,

    async reportProject(member, { tradeNo, section, ...values }) {
      const { state } = await client.reportProject({
        tradeNo,
        section,
        board: 'general',
        uscc: member.uscc,
        values,
      });
      return state;
    },

    async takeNotice(body) {
      const notice = await readNotice(body, client.statements);
      if (notice.kind === 'performance.void') store.addVoided(notice.record);
      else {
        const { recognition } = notice.facts;
        for (const member of store.members()) {
          if (member.recognition?.id === recognition) store.change(member.uscc, { recognition: undefined });
        }
      }
      return notice.seq;
    },
  };
}
