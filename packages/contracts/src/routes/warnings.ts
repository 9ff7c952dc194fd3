import { type Actor, defineRoute, MEMBERS } from '../route.ts';
import { pageOf } from '../schemas/common.ts';
import {
  AddressCode,
  LibraryWarning,
  UnreadWarnings,
  WarningPreferences,
  WarningPreferencesForm,
  WarningQuery,
  WarningsRead,
} from '../schemas/warnings.ts';

/** Who answers for the entity itself; a delegate only for modules. */
const OWNERS: readonly Actor[] = ['library.primary', 'library.natural'];

/** Warnings to people of the entity library. */
export const warningRoutes = {
  list: defineRoute({
    id: 'libraryWarnings',
    method: 'GET',
    path: '/api/v1/library/warnings',
    summary: 'Warnings, the newest first',
    actors: MEMBERS,
    query: WarningQuery,
    responses: { 200: pageOf(LibraryWarning) },
  }),
  unread: defineRoute({
    id: 'libraryUnreadWarnings',
    method: 'GET',
    path: '/api/v1/library/warnings/unread',
    summary: 'How many warnings this person has not read',
    actors: MEMBERS,
    responses: { 200: UnreadWarnings },
  }),
  read: defineRoute({
    id: 'libraryReadWarnings',
    method: 'POST',
    path: '/api/v1/library/warnings/read',
    summary: 'Mark warnings as read by this person',
    actors: MEMBERS,
    whileFrozen: true,
    body: WarningsRead,
    responses: { 200: UnreadWarnings },
  }),
  preferences: defineRoute({
    id: 'libraryWarningPreferences',
    method: 'GET',
    path: '/api/v1/library/warnings/preferences',
    summary: 'What is mailed, and where to',
    actors: MEMBERS,
    responses: { 200: WarningPreferences },
  }),
  prefer: defineRoute({
    id: 'libraryPreferWarnings',
    method: 'PUT',
    path: '/api/v1/library/warnings/preferences',
    summary: 'Choose what is mailed, and where to; a new address is sent a code',
    actors: OWNERS,
    body: WarningPreferencesForm,
    responses: { 200: WarningPreferences },
  }),
  confirm: defineRoute({
    id: 'libraryConfirmWarningAddress',
    method: 'POST',
    path: '/api/v1/library/warnings/preferences/confirmation',
    summary: 'Prove the address by the code that was mailed to it',
    actors: OWNERS,
    body: AddressCode,
    responses: { 200: WarningPreferences },
  }),
} as const;
