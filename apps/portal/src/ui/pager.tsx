import { useNavigate } from '@tanstack/react-router';
import { common } from '../i18n/common.ts';
import { useTexts } from '../i18n/language.tsx';
import { Button } from './button.tsx';

const SIZES = [20, 50, 100] as const;
type Size = (typeof SIZES)[number];

type PagerProps = { total: number; page: number; pageSize: number };

export function Pager({ total, page, pageSize }: PagerProps) {
  const t = useTexts(common).pager;
  const navigate = useNavigate();
  const pages = Math.max(1, Math.ceil(total / pageSize));
  const go = (change: { page?: number | undefined; pageSize?: Size }) =>
    void navigate({ to: '.', search: (old) => ({ ...old, ...change }) });
  return (
    <div className="pager">
      <span className="figures">{t.total(total)}</span>
      <label className="row">
        {t.perPage}
        <select
          className="control pager-size"
          value={pageSize}
          onChange={(event) => go({ page: undefined, pageSize: Number(event.target.value) as Size })}
        >
          {SIZES.map((size) => (
            <option key={size} value={size}>
              {size}
            </option>
          ))}
        </select>
      </label>
      <span className="row">
        <Button icon="left" disabled={page <= 1} onClick={() => go({ page: page - 1 })}>
          {t.previous}
        </Button>
        <span className="figures">{t.page(page, pages)}</span>
        <Button icon="right" disabled={page >= pages} onClick={() => go({ page: page + 1 })}>
          {t.next}
        </Button>
      </span>
    </div>
  );
}
