import { own } from '../../shared/own-api.ts';
import { useTexts } from '../context.ts';
import { Notice } from '../ui/notice.tsx';
import { useLoad } from '../use-load.ts';

type Shown = {
  readonly number: string;
  readonly name: string;
  readonly word: string | null;
  readonly sample: boolean;
  readonly usable: boolean;
  /** Millimetres. */
  readonly width: number;
  readonly height: number;
  readonly validTo: string | null;
  /** PNG, base64. */
  readonly picture: string;
};

type Answer = { readonly state: 'known'; readonly seals: readonly Shown[] } | { readonly state: 'unknown' };

/** The seals that the hub's register has for the key that has just signed. */
export function RegisteredSeals({ operationId }: { readonly operationId: string }) {
  const { seal: t } = useTexts();
  const { data } = useLoad(() => own<Answer>(`/test-signatures/${operationId}/seals`));
  if (data === undefined) return <p role="status">{t.sealsLoading}</p>;
  if (data.state === 'unknown') return <Notice kind="attention">{t.sealsUnknown}</Notice>;
  if (data.seals.length === 0) return <Notice kind="attention">{t.noSeals}</Notice>;
  return (
    <section className="stack" aria-label={t.seals}>
      <h2>{t.seals}</h2>
      {data.seals.map((seal) => (
        <RegisteredSeal key={seal.number} seal={seal} />
      ))}
    </section>
  );
}

function RegisteredSeal({ seal }: { readonly seal: Shown }) {
  const { seal: t } = useTexts();
  const title = seal.word === null ? seal.name : `${seal.name} ${seal.word}`;
  return (
    <article className="card seal-result">
      <img
        src={`data:image/png;base64,${seal.picture}`}
        alt={title}
        style={{ width: `${seal.width}mm`, height: `${seal.height}mm` }}
      />
      <div className="stack-tight">
        <h3>{seal.sample ? `${title}（${t.sample}）` : title}</h3>
        <dl className="facts">
          <dt>{t.number}</dt>
          <dd className="code">{seal.number}</dd>
          {seal.validTo === null ? null : (
            <>
              <dt>{t.until}</dt>
              <dd>{seal.validTo.slice(0, 10)}</dd>
            </>
          )}
        </dl>
        <p>{seal.usable ? t.usable : t.notUsable}</p>
      </div>
    </article>
  );
}
