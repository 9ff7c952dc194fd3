import { type RandomBytes, toBase64Url } from '@hufu/kernel';
import type { Tx } from '../../infra/database/database.ts';
import { entityTables } from './tables.ts';

/**
 * One id for one entity, whichever door it comes through first (GEN-001): the hub's binding, the library's
 * registration, a citizen's login. Made where there is none; two at once get the same.
 */
export type Identities = {
  /** @returns the id of the organisation with this unified social credit code */
  organisation(tx: Tx, who: { readonly uscc: string; readonly at: Date }): Promise<string>;
  /** @param who `idNoHash`: the keyed hash of the ID number @returns the person's id */
  person(tx: Tx, who: { readonly idNoHash: string; readonly at: Date }): Promise<string>;
};

export function createIdentities({ random }: { readonly random: RandomBytes }): Identities {
  const made = async (
    tx: Tx,
    at: Date,
    key: { column: 'uscc' | 'id_no_hash'; value: string },
  ): Promise<string> => {
    const { column, value } = key;
    await entityTables(tx)
      .insertInto('entity')
      .values({
        id: toBase64Url(random(16)),
        kind: column === 'uscc' ? 'ORGANISATION' : 'NATURAL_PERSON',
        uscc: column === 'uscc' ? value : null,
        id_no_hash: column === 'id_no_hash' ? value : null,
        created_at: at,
      })
      .onConflict((conflict) => conflict.column(column).doNothing())
      .execute();
    const { id } = await entityTables(tx)
      .selectFrom('entity')
      .select('id')
      .where(column, '=', value)
      .executeTakeFirstOrThrow();
    return id;
  };
  return {
    organisation: (tx, { uscc, at }) => made(tx, at, { column: 'uscc', value: uscc }),
    person: (tx, { idNoHash, at }) => made(tx, at, { column: 'id_no_hash', value: idNoHash }),
  };
}
