import type { CodeList } from './code-list.ts';

type Entry = CodeList['entries'][number];

function entry(line: string): Entry {
  const [code = '', zh = '', ...en] = line.trim().split(' ');
  return { code, label: { zh, en: en.length === 0 ? zh : en.join(' ') } };
}

/** Entries from `code 中文 English|…`; where there is no English, it is the Chinese. */
export const entries = (text: string): readonly Entry[] => text.split('|').map(entry);
