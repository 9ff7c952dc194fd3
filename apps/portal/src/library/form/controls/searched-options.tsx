import type { Option } from '@hufu/library';
import { useMemo, useState } from 'react';
import { useTexts } from '../../../i18n/language.tsx';
import { records } from '../../../i18n/records.ts';
import { useSaid } from '../../../i18n/said.ts';
import { Combobox, type ComboItem } from '../../../ui/combobox.tsx';
import { type CodeTree, searchTree, treeOf } from './code-tree.ts';
import type { ControlProps } from './control.ts';

type SearchedOptionsProps = ControlProps<'choice'> & { options: readonly (Option & { parent?: string })[] };

/** A long list: typed to be found, or walked down from the top where it is a tree. */
export function SearchedOptions({ options, ...control }: SearchedOptionsProps) {
  const t = useTexts(records).form;
  const said = useSaid();
  const { id, value, onValue, onLeave, invalid, required, describedBy } = control;
  const tree = useMemo(() => treeOf(options), [options]);
  const [query, setQuery] = useState<string>();
  const [at, setAt] = useState<string>();
  const named = (code: string) => {
    const option = tree.byCode.get(code);
    return option ? said(option.label) : code;
  };
  const items = useMemo(
    () => (query ? found(tree, query, said) : level(tree, at, { said, up: t.up, whole: t.whole })),
    [tree, query, at, said, t],
  );
  return (
    <Combobox
      id={id}
      chosen={typeof value === 'string' ? [...tree.above(value), value].map(named).join(' / ') : ''}
      items={items}
      placeholder={t.search}
      invalid={invalid}
      required={required}
      describedBy={describedBy}
      onQuery={(next) => {
        setQuery(next);
        if (next === undefined) setAt(undefined);
      }}
      onPick={(item) => {
        if (item.leads) setAt(item.key === UP ? tree.byCode.get(at ?? '')?.parent : item.key);
        else onValue(item.key.replace(WHOLE, ''));
      }}
      onClear={() => onValue(null)}
      onLeave={onLeave}
    />
  );
}

const UP = '^';
const WHOLE = '=';
type Said = ReturnType<typeof useSaid>;

function found(tree: CodeTree, query: string, said: Said): readonly ComboItem[] {
  return searchTree(tree, query).map(({ code, label }) => ({
    key: code,
    label: said(label),
    note: [...tree.above(code).map((one) => said(tree.byCode.get(one)?.label ?? label)), code].join(' / '),
  }));
}

type Words = { said: Said; up: string; whole: (name: string) => string };

function level(tree: CodeTree, at: string | undefined, { said, up, whole }: Words): readonly ComboItem[] {
  const here = at === undefined ? undefined : tree.byCode.get(at);
  const below = (tree.below.get(at) ?? []).map(({ code, label }) => ({
    key: code,
    label: said(label),
    note: code,
    leads: tree.below.has(code),
  }));
  if (here === undefined) return below;
  return [
    { key: UP, label: up, leads: true },
    { key: `${WHOLE}${here.code}`, label: whole(said(here.label)) },
    ...below,
  ];
}
