import type { LinkProps } from '@tanstack/react-router';

type Address = NonNullable<LinkProps['to']>;

/** Where the records of a list have their pages. */
export type Place = {
  readonly list: Address;
  readonly add: Address;
  readonly row: (id: string) => Address;
  readonly form: (id: string, event: string) => Address;
};

/** The addresses are put together here, so the router cannot know them; its routes are of this shape. */
const address = (path: string): Address => path as Address;

const placeAt = (list: string): Place => ({
  list: address(list),
  add: address(`${list}/new`),
  row: (id) => address(`${list}/${id}`),
  form: (id, event) => address(`${list}/${id}/${event}`),
});

export const placeOfModule = (module: string, type: string): Place => placeAt(`/library/m/${module}/${type}`);

/** Sub-records of a person, on the person's page. */
export const placeOfPart = (person: string, part: string): Place =>
  placeAt(`/library/people/${person}/${part}`);
