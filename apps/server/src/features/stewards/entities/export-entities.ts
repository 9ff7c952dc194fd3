import { shanghaiParts } from '@hufu/kernel';
import { keptCodeList } from '@hufu/library';
import type { Executor } from '../../../infra/database/database.ts';
import { writeCsv } from '../../../infra/sheets/write-csv.ts';
import { writeXlsx } from '../../../infra/sheets/write-xlsx.ts';
import { type EntityRow, stateOf } from './entity-row.ts';
import { everyEntity, type Filter } from './list-entities.ts';

const STATES = { REGISTERED_SIMPLE: '已简易注册', ACTIVE: '已完成注册', FROZEN: '已冻结' } as const;
const KINDS = { ORGANISATION: '法人或其他组织', NATURAL_PERSON: '自然人' } as const;
const ROLES = { TENDEREE: '招标人', AGENCY: '招标代理', BIDDER: '投标人' } as const;

const COLUMNS = [
  { heading: '名称', width: 36 },
  { heading: '统一社会信用代码', width: 22 },
  { heading: '主体类型', width: 16 },
  { heading: '状态', width: 12 },
  { heading: '身份', width: 20 },
  { heading: '行政区划代码', width: 14 },
  { heading: '行政区划', width: 20 },
  { heading: '注册时间', width: 20 },
  { heading: '完成注册时间', width: 20 },
  { heading: '最近登录时间', width: 20 },
  { heading: '已合并至', width: 26 },
] as const;

function timeOf(at: Date | null): string {
  if (at === null) return '';
  const { date, time } = shanghaiParts(at.getTime());
  return `${date} ${time}`;
}

const cellsOf = (row: EntityRow): readonly string[] => [
  row.name_masked,
  row.uscc ?? '',
  KINDS[row.kind],
  row.merged_into === null ? STATES[stateOf(row)] : '已合并',
  row.roles.map((role) => ROLES[role]).join('、'),
  row.region ?? '',
  row.region === null ? '' : (keptCodeList('regions')?.byCode.get(row.region)?.label.zh ?? ''),
  timeOf(row.created_at),
  timeOf(row.activated_at),
  timeOf(row.last_login_at),
  row.merged_into ?? '',
];

async function* rowsOf(executor: Executor, filter: Filter): AsyncGenerator<readonly string[]> {
  for await (const row of everyEntity(executor, filter)) yield cellsOf(row);
}

export const entitiesCsv = (executor: Executor, filter: Filter): AsyncGenerator<Uint8Array> =>
  writeCsv(
    COLUMNS.map(({ heading }) => heading),
    rowsOf(executor, filter),
  );

export const entitiesXlsx = (executor: Executor, filter: Filter): AsyncGenerator<Uint8Array> =>
  writeXlsx([{ name: '主体清单', columns: COLUMNS, rows: rowsOf(executor, filter) }]);
