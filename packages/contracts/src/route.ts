import type { z } from 'zod';

/** Who may call: the actor kinds of the permission matrix (requirements §0.4). */
export type Actor =
  | 'anonymous'
  | 'secondary'
  | 'primary'
  | 'library.primary'
  | 'library.secondary'
  | 'library.delegate'
  | 'library.natural'
  | 'phone.user'
  | 'phone.verified'
  | 'platform'
  | 'desk.clerk'
  | 'desk.reviewer'
  | 'desk.admin'
  | 'desk.auditor';

export const EVERYONE: readonly Actor[] = [
  'anonymous',
  'secondary',
  'primary',
  'library.primary',
  'library.secondary',
  'library.delegate',
  'library.natural',
  'phone.user',
  'phone.verified',
  'platform',
  'desk.clerk',
  'desk.reviewer',
  'desk.admin',
  'desk.auditor',
];
export const HOLDERS: readonly Actor[] = ['secondary', 'primary'];
export const PRIMARY: readonly Actor[] = ['primary'];
/** Everybody who is logged in to the library. */
export const MEMBERS: readonly Actor[] = [
  'library.primary',
  'library.secondary',
  'library.delegate',
  'library.natural',
];
/** Those who may maintain records (KEY-016); a delegate only in the modules of the delegation. */
export const MAINTAINERS: readonly Actor[] = ['library.primary', 'library.delegate', 'library.natural'];
export const LIBRARY_PRIMARY: readonly Actor[] = ['library.primary'];
/** Logged in to 标证通 by a code, real-named or not. */
export const PHONE: readonly Actor[] = ['phone.user', 'phone.verified'];
/** Real-named besides (MOB-003). */
export const PHONE_VERIFIED: readonly Actor[] = ['phone.verified'];
export const PLATFORM: readonly Actor[] = ['platform'];
export const DESK: readonly Actor[] = ['desk.clerk', 'desk.reviewer', 'desk.admin', 'desk.auditor'];

/**
 * One operation of the API. Server, web app and tests read the same declaration: the server mounts it, the web app
 * calls it, the authorisation matrix is generated from `actors`.
 */
export type Route = {
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Fastify form, e.g. /api/v1/platforms/:code */
  readonly path: string;
  readonly summary: string;
  readonly actors: readonly Actor[];
  /** Stays open to a frozen entity, which otherwise may only look: what concerns the session alone. */
  readonly whileFrozen?: true;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** Fields beside the files of a multipart request. */
  readonly form?: z.ZodType;
  /** Status code → schema. A null schema is an empty answer. */
  readonly responses: Readonly<Record<number, z.ZodType | null>>;
};

export const defineRoute = <const R extends Route>(route: R): R => route;

type Input<T> = T extends z.ZodType ? z.input<T> : undefined;
type Output<T> = T extends z.ZodType ? z.output<T> : undefined;

export type RouteRequest<R extends Route> = {
  params: Input<R['params']>;
  query: Input<R['query']>;
  body: Input<R['body']>;
};

/** Union of the successful answers. */
export type RouteAnswer<R extends Route> = {
  [S in keyof R['responses'] & number]: Output<R['responses'][S]>;
}[keyof R['responses'] & number];
