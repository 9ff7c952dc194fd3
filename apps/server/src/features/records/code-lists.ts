import { CODE_LIST_NAMES, keepCodeList, loadCodeList } from '@hufu/library';

/** Every published list, so that each code is held against it. */
export async function keepCodeLists(): Promise<void> {
  for (const list of await Promise.all(CODE_LIST_NAMES.map(loadCodeList))) keepCodeList(list);
}
