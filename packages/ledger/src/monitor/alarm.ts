/** What a monitor can find wrong with a log, in the reader's words. */
export const MONITOR_ALARMS = {
  MONITOR_CHECKPOINT_MALFORMED: { zh: '检查点无法读取', en: 'The checkpoint cannot be read' },
  MONITOR_LOG_UNKNOWN: {
    zh: '检查点来自策略以外的日志',
    en: 'The checkpoint is of a log that the policy does not know',
  },
  MONITOR_LOG_RETIRED: {
    zh: '已退役的日志密钥仍在签署检查点',
    en: 'The key of a retired log has signed beyond, or beside, its final checkpoint',
  },
  MONITOR_LOG_SIGNATURE: {
    zh: '日志没有正确签署检查点',
    en: 'The log has not rightly signed the checkpoint',
  },
  MONITOR_QUORUM: { zh: '检查点的见证方数量不足', en: 'Too few witnesses have cosigned the checkpoint' },
  MONITOR_ROLLBACK: {
    zh: '日志变小了：已公布的条目被撤回',
    en: 'The log has shrunk: published leaves were taken back',
  },
  MONITOR_FORK: { zh: '同一大小出现两个不同的根：日志分叉', en: 'Two roots for one size: the log is forked' },
  MONITOR_INCONSISTENT: {
    zh: '新日志不包含旧日志：历史被改写',
    en: 'The new tree does not contain the old one: history was rewritten',
  },
  MONITOR_TILE: { zh: '日志分片缺失或不完整', en: 'A tile is missing or incomplete' },
  MONITOR_LEAVES: { zh: '条目与检查点的根不符', en: 'The leaves do not make the root of the checkpoint' },
  MONITOR_STATEMENT: { zh: '存证内容与日志条目不符', en: 'A statement is not what its leaf commits to' },
  MONITOR_SEQUENCE: {
    zh: '同一对象的存证序号不连续',
    en: 'The statements of a subject are not numbered one after the other',
  },
  MONITOR_PREVIOUS: {
    zh: '存证没有指向同一对象的上一条存证',
    en: 'A statement does not name the one before it',
  },
  MONITOR_BACKDATED: {
    zh: '存证所述时间早于它可能入账的时间',
    en: 'A statement gives a time long before it can have entered the log',
  },
  MONITOR_POSTDATED: {
    zh: '存证所述时间晚于见证方看到它的时间',
    en: 'A statement gives a time later than when the witnesses saw it',
  },
  MONITOR_STALE: { zh: '日志超过规定时间没有新的见证', en: 'No new cosignature for longer than is allowed' },
} as const satisfies Record<string, { readonly zh: string; readonly en: string }>;

export type AlarmCode = keyof typeof MONITOR_ALARMS;

/** Fields are numbers and digests: nothing personal. */
export type Alarm = { readonly code: AlarmCode; readonly fields: Readonly<Record<string, string | number>> };

export const alarm = (code: AlarmCode, fields: Alarm['fields'] = {}): Alarm => ({ code, fields });
