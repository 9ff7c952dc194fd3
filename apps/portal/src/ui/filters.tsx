import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useEffect, useId, useState } from 'react';
import { common } from '../i18n/common.ts';
import { useTexts } from '../i18n/language.tsx';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import './lists.css';

type Values = Readonly<Record<string, string | number | boolean | undefined>>;

/** The present filter and how to change it: it lives in the address, and a change goes back to the first page. */
export function useFilter(): {
  values: Values;
  set: (name: string, value: string) => void;
  clear: () => void;
} {
  const values: Values = useSearch({ strict: false });
  const navigate = useNavigate();
  return {
    values,
    set: (name, value) =>
      void navigate({
        to: '.',
        search: (old) => ({ ...old, page: undefined, [name]: value === '' ? undefined : value }),
        replace: true,
        resetScroll: false,
      }),
    clear: () => void navigate({ to: '.', search: {}, replace: true, resetScroll: false }),
  };
}

export function FilterBar({ children }: { children: ReactNode }) {
  const t = useTexts(common).list;
  const { values, clear } = useFilter();
  const filtered = Object.entries(values).some(
    ([name, value]) => value !== undefined && !['page', 'pageSize', 'sort'].includes(name),
  );
  return (
    <search className="filters" aria-label={t.filter}>
      {children}
      {filtered ? (
        <Button kind="quiet" icon="close" onClick={clear}>
          {t.clear}
        </Button>
      ) : null}
    </search>
  );
}

const PAUSE_MS = 300;

/** Asks once typing has paused. */
export function FilterText({ name, label, hint }: { name: string; label: string; hint?: string }) {
  const { values, set } = useFilter();
  const present = String(values[name] ?? '');
  const [text, setText] = useState(present);
  useEffect(() => setText(present), [present]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is typed starts the wait
  useEffect(() => {
    if (text === present) return;
    const timer = setTimeout(() => set(name, text.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const search = name === 'q';
  return (
    <span className={search ? 'search field' : 'field filter-text'}>
      {search ? <Icon name="search" /> : null}
      <input
        type={search ? 'search' : 'text'}
        aria-label={label}
        placeholder={hint ?? label}
        maxLength={100}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </span>
  );
}

type FilterSelectProps = {
  name: string;
  label: string;
  options: readonly { readonly value: string; readonly label: string }[];
  /** What the list shows when nothing is chosen; absent: everything. */
  otherwise?: string;
};

export function FilterSelect({ name, label, options, otherwise }: FilterSelectProps) {
  const t = useTexts(common).list;
  const { values, set } = useFilter();
  const id = useId();
  return (
    <span className="filter">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="control"
        value={String(values[name] ?? otherwise ?? '')}
        onChange={(event) => set(name, event.target.value === otherwise ? '' : event.target.value)}
      >
        {otherwise === undefined ? <option value="">{t.all}</option> : null}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </span>
  );
}

export function FilterDay({ name, label }: { name: string; label: string }) {
  const { values, set } = useFilter();
  const id = useId();
  return (
    <span className="filter">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="control"
        type="date"
        value={String(values[name] ?? '')}
        onChange={(event) => set(name, event.target.value)}
      />
    </span>
  );
}
