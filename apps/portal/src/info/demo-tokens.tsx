import type { DemoGuide } from '@hufu/contracts';
import type { z } from 'zod';
import { info } from '../i18n/info.ts';
import { useLanguage, useTexts } from '../i18n/language.tsx';
import { CodeText, USCC_GROUPS } from '../ui/code-text.tsx';
import { Status } from '../ui/status.tsx';

type Guide = z.infer<typeof DemoGuide>;
type Token = Guide['tokens'][number];

const GROUPS = ['GOOD', 'BAD', 'DESK'] as const;

/** Every key of the demonstration, with its password and what will happen. */
export function DemoTokens({ guide }: { guide: Guide }) {
  const t = useTexts(info).demo;
  return GROUPS.map((group) => (
    <section key={group} className="stack-tight">
      <h2>{t.groups[group]}</h2>
      <div className="plain-table">
        <table>
          <thead>
            <tr>
              <th scope="col">{t.holder}</th>
              <th scope="col">{t.authority}</th>
              <th scope="col">{t.pin}</th>
              <th scope="col">{t.expectation}</th>
              <th scope="col">{t.insert}</th>
            </tr>
          </thead>
          <tbody>
            {guide.tokens
              .filter((token) => token.group === group)
              .map((token) => (
                <TokenRow key={token.id} token={token} assistantUrl={guide.assistantUrl} />
              ))}
          </tbody>
        </table>
      </div>
    </section>
  ));
}

function TokenRow({ token, assistantUrl }: { token: Token; assistantUrl: string }) {
  const t = useTexts(info).demo;
  const { language } = useLanguage();
  const label = language === 'en' ? token.labelEn : token.label;
  return (
    <tr>
      <th scope="row">
        <Status tone={token.group === 'BAD' ? 'attention' : 'good'}>{label}</Status>
        <div>{token.holder}</div>
        {token.uscc ? (
          <div className="faint">
            <CodeText value={token.uscc} pattern={USCC_GROUPS} />
          </div>
        ) : null}
      </th>
      <td>{token.authority}</td>
      <td>
        <CodeText value={token.pin} pattern={[16]} copyable />
      </td>
      <td>{language === 'en' ? token.expectationEn : token.expectation}</td>
      <td>
        <a href={`${assistantUrl}#tokens`} target="_blank" rel="noreferrer">
          {t.insert}
        </a>
      </td>
    </tr>
  );
}
