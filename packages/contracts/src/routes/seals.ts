import { z } from 'zod';
import { DESK, defineRoute, HOLDERS, PRIMARY } from '../route.ts';
import { Id, pageOf } from '../schemas/common.ts';
import { Approval, Reason } from '../schemas/desk.ts';
import { DeskSeal, DeskSealQuery, SealDesign, SealForm, SealView } from '../schemas/seals.ts';

const byId = z.object({ id: Id });
const CHECKERS = ['desk.clerk', 'desk.reviewer'] as const;
const REVIEWERS = ['desk.reviewer', 'desk.admin'] as const;

/** 我的印章. */
export const sealRoutes = {
  list: defineRoute({
    id: 'listSeals',
    method: 'GET',
    path: '/api/v1/hub/seals',
    summary: 'Seals of the enterprise, the newest first',
    actors: HOLDERS,
    responses: { 200: z.array(SealView) },
  }),
  find: defineRoute({
    id: 'seal',
    method: 'GET',
    path: '/api/v1/hub/seals/:id',
    summary: 'One seal of the enterprise',
    actors: HOLDERS,
    params: byId,
    responses: { 200: SealView },
  }),
  /** Answers image/png. */
  picture: defineRoute({
    id: 'sealPicture',
    method: 'GET',
    path: '/api/v1/hub/seals/:id/picture',
    summary: 'Picture of a seal of the enterprise (PNG)',
    actors: HOLDERS,
    params: byId,
    responses: { 200: null },
  }),
  /** Answers image/png, marked 样章: what is not issued is no seal. */
  preview: defineRoute({
    id: 'previewSeal',
    method: 'POST',
    path: '/api/v1/hub/seal-previews',
    summary: 'How a seal drawn from the record would look (PNG, marked 样章)',
    actors: PRIMARY,
    body: SealDesign,
    responses: { 200: null },
  }),
  apply: defineRoute({
    id: 'applySeal',
    method: 'POST',
    path: '/api/v1/hub/seals',
    summary: 'Apply for a seal, drawn or with an uploaded picture (SIGN-012)',
    actors: PRIMARY,
    form: SealForm,
    responses: { 201: SealView },
  }),
} as const;

/** 印章登记 at the desk. */
export const deskSealRoutes = {
  list: defineRoute({
    id: 'deskSeals',
    method: 'GET',
    path: '/api/v1/desk/seals',
    summary: 'The register of seals; applications first',
    actors: DESK,
    query: DeskSealQuery,
    responses: { 200: pageOf(DeskSeal) },
  }),
  find: defineRoute({
    id: 'deskSeal',
    method: 'GET',
    path: '/api/v1/desk/seals/:id',
    summary: 'One seal with its history',
    actors: DESK,
    params: byId,
    responses: { 200: DeskSeal },
  }),
  /** Answers image/png. */
  picture: defineRoute({
    id: 'deskSealPicture',
    method: 'GET',
    path: '/api/v1/desk/seals/:id/picture',
    summary: 'Picture of a seal (PNG)',
    actors: DESK,
    params: byId,
    responses: { 200: null },
  }),
  check: defineRoute({
    id: 'deskCheckSeal',
    method: 'POST',
    path: '/api/v1/desk/seals/:id/check',
    summary: 'First person: picture and data are in order; opens an approval (SEAL_ISSUE) for the second',
    actors: CHECKERS,
    params: byId,
    body: Reason,
    responses: { 202: Approval },
  }),
  reject: defineRoute({
    id: 'deskRejectSeal',
    method: 'POST',
    path: '/api/v1/desk/seals/:id/rejection',
    summary: 'Do not grant an application',
    actors: CHECKERS,
    params: byId,
    body: Reason,
    responses: { 200: DeskSeal },
  }),
  freeze: defineRoute({
    id: 'deskFreezeSeal',
    method: 'POST',
    path: '/api/v1/desk/seals/:id/freeze',
    summary: 'Freeze at once, by one switch',
    actors: REVIEWERS,
    params: byId,
    body: Reason,
    responses: { 200: DeskSeal },
  }),
  thaw: defineRoute({
    id: 'deskThawSeal',
    method: 'DELETE',
    path: '/api/v1/desk/seals/:id/freeze',
    summary: 'Lift the freeze (second person approves: SEAL_THAW)',
    actors: REVIEWERS,
    params: byId,
    body: Reason,
    responses: { 202: Approval },
  }),
  revoke: defineRoute({
    id: 'deskRevokeSeal',
    method: 'POST',
    path: '/api/v1/desk/seals/:id/revocation',
    summary: 'Revoke for good (second person approves: SEAL_REVOKE)',
    actors: REVIEWERS,
    params: byId,
    body: Reason,
    responses: { 202: Approval },
  }),
} as const;
