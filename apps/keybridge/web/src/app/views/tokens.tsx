import { useState } from 'react';
import { own } from '../../shared/own-api.ts';
import { useTexts } from '../context.ts';
import { Notice, ProblemNotice } from '../ui/notice.tsx';
import { useLoad } from '../use-load.ts';
import { useTokenChanges } from '../use-token-changes.ts';
import { ChangePinForm, CreateTokenForm, ImportForm } from './token-forms.tsx';

type SoftToken = {
  readonly tokenId: string;
  readonly label: string;
  readonly mediaNumber: string;
  readonly attemptsLeft: number;
  readonly inserted: boolean;
  readonly keys: readonly {
    readonly keyId: string;
    readonly algorithm: string;
    readonly hasCertificate: boolean;
  }[];
};

type Form = 'import' | 'pin' | undefined;

/** 令牌: software tokens, plugged in and pulled out by hand. */
export function TokensView() {
  const { tokens: t, loading } = useTexts();
  const { data, problem, reload } = useLoad(() => own<{ tokens: readonly SoftToken[] }>('/soft-tokens'));
  useTokenChanges(() => void reload());
  const [isCreating, setCreating] = useState(false);
  const [said, setSaid] = useState<string>();
  if (data === undefined)
    return problem === undefined ? <p>{loading}</p> : <ProblemNotice problem={problem} />;
  const done = (text: string): void => {
    setCreating(false);
    setSaid(text);
    void reload();
  };
  return (
    <section className="stack">
      <p>{t.intro}</p>
      {said === undefined ? null : <Notice kind="good">{said}</Notice>}
      <div className="row">
        <button
          type="button"
          className="primary"
          aria-expanded={isCreating}
          onClick={() => setCreating(!isCreating)}
        >
          {t.create}
        </button>
      </div>
      {isCreating ? <CreateTokenForm onDone={() => done(t.created)} /> : null}
      {data.tokens.length === 0 ? <p>{t.none}</p> : null}
      {data.tokens.map((token) => (
        <TokenCard key={token.tokenId} token={token} onDone={done} />
      ))}
    </section>
  );
}

function TokenCard({
  token,
  onDone,
}: {
  readonly token: SoftToken;
  readonly onDone: (text: string) => void;
}) {
  const { tokens: t } = useTexts();
  const [form, setForm] = useState<Form>();
  const { tokenId, inserted } = token;
  const toggle = async (): Promise<void> => {
    await own(`/soft-tokens/${tokenId}/inserted`, { inserted: !inserted });
    onDone(inserted ? `${token.label}: ${t.pulled}` : `${token.label}: ${t.inserted}`);
  };
  const done = (text: string): void => {
    setForm(undefined);
    onDone(text);
  };
  const open = (name: Form) => () => setForm(form === name ? undefined : name);
  return (
    <article className="card stack-tight">
      <header className="row">
        <h2>{token.label}</h2>
        <span className={inserted ? 'tag good' : 'tag'}>{inserted ? t.inserted : t.pulled}</span>
      </header>
      <dl className="facts">
        <dt>{t.keys}</dt>
        <dd>
          {token.keys.length === 0
            ? t.noKeys
            : token.keys
                .map(({ algorithm, hasCertificate }) =>
                  hasCertificate ? algorithm : `${algorithm} (${t.noCertificate})`,
                )
                .join(', ')}
        </dd>
        <dt>{t.attempts}</dt>
        <dd>{token.attemptsLeft}</dd>
        <dt>ID</dt>
        <dd className="code">{token.mediaNumber}</dd>
      </dl>
      <div className="row">
        <button type="button" className={inserted ? '' : 'primary'} onClick={() => void toggle()}>
          {inserted ? t.pull : t.insert}
        </button>
        <button type="button" aria-expanded={form === 'import'} onClick={open('import')}>
          {t.import}
        </button>
        <button type="button" aria-expanded={form === 'pin'} onClick={open('pin')}>
          {t.pin}
        </button>
      </div>
      {form === 'import' ? <ImportForm tokenId={tokenId} onDone={() => done(t.imported)} /> : null}
      {form === 'pin' ? <ChangePinForm tokenId={tokenId} onDone={() => done(t.changed)} /> : null}
    </article>
  );
}
