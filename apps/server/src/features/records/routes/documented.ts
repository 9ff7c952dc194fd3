import {
  pageOf,
  RecordChange,
  RecordCreation,
  RecordDetail,
  RecordItem,
  type RecordRoutes,
} from '@hufu/contracts';
import { type RecordType, schemasOf } from '@hufu/library';
import { z } from 'zod';

/**
 * The routes of one type with what its values are in the API's description. Requests are taken as they come, so that
 * every fault can be told at once and in its own words; answers say what a record of the type holds.
 */
export function documented(routes: RecordRoutes, type: RecordType): RecordRoutes {
  const { input } = schemasOf(type);
  const values = input as z.ZodType<Record<string, unknown>>;
  const shown = z
    .record(z.string(), z.unknown())
    .meta({ description: `${type.label.zh} / ${type.label.en}` });
  const item = RecordItem.extend({ values: shown }).meta({ id: `RecordItem_${type.name}` });
  const detail = RecordDetail.extend({ values: shown }).meta({ id: `RecordDetail_${type.name}` });
  const page = pageOf(item).extend({ counts: z.record(z.string(), z.int()) });
  return {
    ...routes,
    list: { ...routes.list, responses: { 200: page } },
    create: {
      ...routes.create,
      body: RecordCreation.extend({ values }),
      responses: { 201: detail },
    },
    detail: { ...routes.detail, responses: { 200: detail } },
    change: {
      ...routes.change,
      body: RecordChange.extend({ values: values.optional() }),
      responses: { 200: detail, 204: null },
    },
  } as unknown as RecordRoutes;
}
