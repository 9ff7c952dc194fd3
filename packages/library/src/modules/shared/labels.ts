import type { Label, Option } from '../../engine/field.ts';

/** A text in the two languages, Chinese first. */
export const label = (zh: string, en: string): Label => ({ zh, en });

/** Options from a table of code → [Chinese, English], in its order. */
export const options = (table: Readonly<Record<string, readonly [string, string]>>): readonly Option[] =>
  Object.entries(table).map(([code, [zh, en]]) => ({ code, label: { zh, en } }));

export const TEN_THOUSAND_YUAN = label('万元', 'CNY 10,000');
export const ATTACHMENTS = label('附件信息', 'Attachments');
