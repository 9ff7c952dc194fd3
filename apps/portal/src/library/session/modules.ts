import { MODULES, type Module, RECORD_TYPES, type RecordType } from '@hufu/library';
import { type Member, useMember } from './library-session.ts';

/** The modules of the menu for this kind of entity: lists of records. Base information and people's parts have pages of their own. */
export function modulesFor({ session }: Member): readonly Module[] {
  const person = session.entity.kind === 'NATURAL_PERSON';
  const fits = ({ owner, single, parent }: RecordType) =>
    single !== true &&
    parent === undefined &&
    (owner === 'either' || owner === (person ? 'natural-person' : 'organisation'));
  return MODULES.map((module) => ({ ...module, types: module.types.filter(fits) }))
    .filter(({ types }) => types.length > 0)
    .toSorted((one, other) => one.order - other.order);
}

export const typeNamed = (name: string): RecordType | undefined =>
  RECORD_TYPES.find((type) => type.name === name);

/** The type that an address names, if it is one of this member's. */
export function useTypeOfRoute(params: {
  readonly module: string;
  readonly type: string;
}): RecordType | undefined {
  return modulesFor(useMember())
    .find(({ name }) => name === params.module)
    ?.types.find(({ name }) => name === params.type);
}
