import { type EvidenceLog, evidenceRoutes } from '@hufu/contracts';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { call } from '../api/client.ts';
import { second } from '../format/dates.ts';
import { evidence } from '../i18n/evidence.ts';
import { useTexts } from '../i18n/language.tsx';
import { ButtonAnchor } from '../ui/button.tsx';
import { CodeText } from '../ui/code-text.tsx';
import { Facts } from '../ui/facts.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { Page } from '../ui/page.tsx';
import './evidence.css';

const logQuery = queryOptions({
  queryKey: ['evidence', 'log'],
  queryFn: ({ signal }) => call(evidenceRoutes.log, { signal }),
});

const POLICY = '/log/policy.json';

/** Of the policy as this server publishes it now: to be compared with what was published elsewhere. */
const policyDigestQuery = queryOptions({
  queryKey: ['evidence', 'policy-digest'],
  queryFn: async ({ signal }) => {
    const response = await fetch(POLICY, { signal });
    if (!response.ok) return null;
    const digest = await crypto.subtle.digest('SHA-256', await response.arrayBuffer());
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  },
});

const COMMANDS = `node hufu-verify.mjs bundle.json --policy policy.json
sigsum-verify -k submitter.pub -p policy proof < statement
openssl ts -verify -in token.tsr -data checkpoint -CAfile tsa.pem`;

/** 如何自行核验. */
export function VerifyYourselfPage() {
  const t = useTexts(evidence).verify;
  const log = useQuery(logQuery);
  const digest = useQuery(policyDigestQuery);
  return (
    <Page title={t.title} lead={t.lead} narrow>
      <div className="stack">
        <section className="card stack-tight">
          <ol className="numbered">
            {t.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          <div className="row">
            <ButtonAnchor kind="primary" icon="download" href="/downloads/verify.html" download>
              {t.page}
            </ButtonAnchor>
            <ButtonAnchor icon="download" href={POLICY} download>
              {t.policy}
            </ButtonAnchor>
          </div>
          {digest.data ? (
            <Facts
              compact
              facts={[
                {
                  label: t.policyDigest,
                  value: (
                    <CodeText value={digest.data} pattern={Array.from({ length: 8 }, () => 8)} copyable />
                  ),
                  wide: true,
                },
              ]}
            />
          ) : null}
        </section>
        <section className="card stack-tight">
          <h2>{t.commands}</h2>
          <p>{t.commandsText}</p>
          <pre className="json">{COMMANDS}</pre>
        </section>
        <section className="card stack-tight">
          <h2>{t.log}</h2>
          <Loaded query={log}>{(data) => <Log log={data} />}</Loaded>
        </section>
      </div>
    </Page>
  );
}

function Log({ log }: { log: EvidenceLog }) {
  const texts = useTexts(evidence);
  const t = texts.verify;
  const { checkpoint, chain, witnesses } = log;
  return (
    <Facts
      compact
      facts={[
        { label: t.origin, value: <CodeText value={log.origin} copyable />, wide: true },
        ...(checkpoint === null
          ? [{ label: texts.checkpoint, value: t.noCheckpoint }]
          : [
              { label: texts.checkpoint, value: texts.size(checkpoint.size) },
              { label: t.signedAt, value: <time>{second(checkpoint.signedAt)}</time> },
              {
                label: t.confirmedAt,
                value: checkpoint.confirmedAt ? <time>{second(checkpoint.confirmedAt)}</time> : texts.notYet,
              },
            ]),
        {
          label: texts.witnesses,
          value: witnesses.length === 0 ? t.none : witnesses.map(({ name }) => name).join(' · '),
        },
        { label: texts.chain, value: chain === null ? t.none : `${chain.name} (${chain.id})` },
      ]}
    />
  );
}
