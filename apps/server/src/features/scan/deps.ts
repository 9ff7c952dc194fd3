import type { Challenge, Preparation } from '@hufu/contracts';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Infra } from '../../infra/infra.ts';
import type { BrowserCookie, CertificateJudge } from '../hub/index.ts';
import type { Phone } from '../phone/index.ts';
import type { ScanScope } from './tables.ts';

/** Who is logged in on the page, in the realm that it speaks for. */
export type PageHolder = {
  readonly scope: ScanScope;
  readonly entityId: string;
  /** Of the certificate that logged in. */
  readonly fingerprint: string;
};

/** What scanning needs of the features that own the pages. */
export type ScanPages = {
  readonly browser: BrowserCookie;
  /** An unspent challenge of this browser. */
  challenge(find: {
    readonly id: string;
    readonly browserSha256: string;
  }): Promise<z.input<typeof Challenge> | undefined>;
  /** Of the hub's page, or of a page of the library that says so. */
  holder(request: FastifyRequest): Promise<PageHolder | undefined>;
  /** The entity that is logged in to the library. */
  member(request: FastifyRequest): Promise<string | undefined>;
  /** Documents that wait for the page's key. @throws what the sealing says */
  documents(request: FastifyRequest, preparationId: string): Promise<Preparation['documents']>;
  entityName(entityId: string): Promise<string | undefined>;
};

export type ScanDeps = Infra & {
  readonly phones: Pick<Phone, 'caller' | 'certificates' | 'uses'>;
  readonly pages: ScanPages;
  readonly judge: CertificateJudge;
  readonly authorityName: (id: string) => Promise<string | undefined>;
  /** Own origin, e.g. https://hub.example.cn. */
  readonly origin: string;
  readonly site: { readonly name: string; readonly nameEn: string };
};
