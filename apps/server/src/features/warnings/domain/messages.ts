import type { LibraryWarning, WarningKind } from '@hufu/contracts';
import { type LocalDate, shanghaiParts } from '@hufu/kernel';
import { recordType } from '@hufu/library';
import type { Told } from '../face.ts';
import { thresholdOf } from './thresholds.ts';

export type Language = 'zh' | 'en';

const KINDS: Readonly<Record<WarningKind, Record<Language, string>>> = {
  RECORD_EXPIRES: { zh: '证照到期', en: 'Papers that end' },
  KEY_EXPIRES: { zh: '数字证书到期', en: 'Certificates that end' },
  SYNC_FAILED: { zh: '信息同步失败', en: 'Failed synchronisation' },
  KEY_ACTIVATED: { zh: '新锁激活', en: 'New keys' },
  CHANGED_BY_OTHER_KEY: { zh: '非主锁修改信息', en: 'Changes by another key' },
  RECORD_USED: { zh: '信息被平台使用', en: 'Use of records' },
  PROJECT_ARRIVED: { zh: '新的场内项目', en: 'New projects' },
  SIGNING_TURN: { zh: '待签章文件', en: 'Documents to be sealed' },
};

export const kindName = (kind: WarningKind, language: Language): string => KINDS[kind][language];

/** A type that this release no longer has keeps its name. */
function typeName(name: string, language: Language): string {
  try {
    return recordType(name).label[language];
  } catch {
    return name;
  }
}

function eventName(type: string, event: string, language: Language): string {
  try {
    const found = recordType(type).lifeCycle.events.find((one) => one.name === event);
    return found?.button?.[language] ?? event;
  } catch {
    return event;
  }
}

type Say = (language: Language, today: LocalDate) => string;

function saying(told: Told): Say {
  switch (told.kind) {
    case 'RECORD_EXPIRES': {
      const { type, expiresOn } = told.facts;
      return (language, today) => {
        const name = typeName(type, language);
        if (language === 'en') return `${name}: ${expiresOn < today ? 'ended' : 'ends'} on ${expiresOn}`;
        return expiresOn < today ? `${name}已于 ${expiresOn} 到期` : `${name}将于 ${expiresOn} 到期`;
      };
    }
    case 'KEY_EXPIRES': {
      const { expiresOn } = told.facts;
      return (language, today) => {
        if (language === 'en')
          return `A digital certificate ${expiresOn < today ? 'ended' : 'ends'} on ${expiresOn}`;
        return expiresOn < today
          ? `数字证书已于 ${expiresOn} 到期，请更新后在“权限管理”中变更`
          : `数字证书将于 ${expiresOn} 到期，请及时更新`;
      };
    }
    case 'SYNC_FAILED': {
      const { platformName } = told.facts;
      return (language) =>
        language === 'en'
          ? `Records did not reach ${platformName}; it is tried again`
          : `信息未能同步到${platformName}，系统将自动重试`;
    }
    case 'KEY_ACTIVATED':
      return (language) =>
        language === 'en'
          ? 'A new key was activated. If this was not you, void it in 权限管理 at once'
          : '激活了一把新的CA锁；如非本单位操作，请立即在“权限管理”中作废';
    case 'CHANGED_BY_OTHER_KEY': {
      const { type, event } = told.facts;
      return (language) =>
        language === 'en'
          ? `Another than the primary key: ${typeName(type, 'en')} (${eventName(type, event, 'en')})`
          : `非主锁操作：${typeName(type, 'zh')}（${eventName(type, event, 'zh')}）`;
    }
    case 'RECORD_USED': {
      const { type, platformName, project } = told.facts;
      return (language) =>
        language === 'en'
          ? `${platformName} used a record: ${typeName(type, 'en')}${project ? ` (${project})` : ''}`
          : `${platformName}使用了一条${typeName(type, 'zh')}${project ? `（${project}）` : ''}`;
    }
    case 'PROJECT_ARRIVED': {
      const { type, platformName } = told.facts;
      return (language) =>
        language === 'en'
          ? `A project from ${platformName}: ${typeName(type, 'en')}`
          : `${platformName}推送的项目已进入${typeName(type, 'zh')}`;
    }
    case 'SIGNING_TURN': {
      const { sender } = told.facts;
      return (language) =>
        language === 'en'
          ? `A document from ${sender} waits for your seal`
          : `${sender}发起的文件待本单位签章`;
    }
  }
}

export type Reading = { readonly language: Language; readonly now: number };

/** One sentence, without a full stop. */
export const textOf = (told: Told, { language, now }: Reading): string =>
  saying(told)(language, shanghaiParts(now).date);

/** By what is left of the time, for what runs out. */
export function toneOf(told: Told, now: number): LibraryWarning['tone'] {
  if (told.kind === 'RECORD_EXPIRES' || told.kind === 'KEY_EXPIRES') {
    const threshold = thresholdOf(shanghaiParts(now).date, told.facts.expiresOn);
    return threshold === 'ended' || threshold === 15 ? 'urgent' : threshold === 30 ? 'warning' : 'info';
  }
  return told.kind === 'KEY_ACTIVATED' || told.kind === 'SYNC_FAILED' || told.kind === 'SIGNING_TURN'
    ? 'warning'
    : 'info';
}

/** Page of the portal that deals with it. */
export function linkOf(told: Told): string | null {
  if (told.kind === 'SIGNING_TURN') return `/library/signing/${told.facts.task}`;
  if ('id' in told.facts) return `/library/r/${told.facts.type}/${told.facts.id}`;
  return 'keyId' in told.facts ? '/library/keys' : null;
}
