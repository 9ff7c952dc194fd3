import { fieldsOf, keepCodeList, keptCodeList, type RecordType } from '@hufu/library';
import { type CodeList, loadCodeList } from '@hufu/library/code-lists';
import { useQueries } from '@tanstack/react-query';

/** Names of the published lists that a type's fields choose from. */
export const codeListsOf = (type: RecordType): readonly string[] => [
  ...new Set(fieldsOf(type).flatMap((field) => ('codeList' in field ? [field.codeList] : []))),
];

const load = async (name: string): Promise<CodeList> => {
  const list = await loadCodeList(name);
  keepCodeList(list);
  return list;
};

/** Fetches the lists, each a chunk of its own, and says when they are at hand; labels stand as codes until then. */
export function useCodeLists(names: readonly string[]): boolean {
  const lists = useQueries({
    queries: names.map((name) => ({
      queryKey: ['code-list', name],
      queryFn: () => load(name),
      staleTime: Number.POSITIVE_INFINITY,
    })),
  });
  return (
    lists.every(({ data }) => data !== undefined) || names.every((name) => keptCodeList(name) !== undefined)
  );
}
