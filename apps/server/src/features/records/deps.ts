import type { Infra } from '../../infra/infra.ts';
import type { Catalogue } from './catalogue.ts';
import type { RecordsPorts } from './face.ts';
import type { Sealing } from './storage/sealing.ts';

/** What the use cases of records stand on. */
export type RecordsDeps = Infra &
  Omit<RecordsPorts, 'modules'> & {
    readonly catalogue: Catalogue;
    readonly sealing: Sealing;
    readonly newId: () => string;
    /** Day in Shanghai, YYYY-MM-DD. */
    today(): string;
  };
