import type { VerifiedSignature } from '@hufu/contracts';
import { day, second } from '../format/dates.ts';
import { useTexts } from '../i18n/language.tsx';
import { useSaid } from '../i18n/said.ts';
import { verify } from '../i18n/verify.ts';
import { CodeText } from '../ui/code-text.tsx';
import { type Fact, Facts } from '../ui/facts.tsx';
import { Status, type Tone } from '../ui/status.tsx';
import { CheckTree } from './check-tree.tsx';

export const VERDICT_TONES: Readonly<Record<VerifiedSignature['status'], Tone>> = {
  valid: 'good',
  invalid: 'bad',
  indeterminate: 'attention',
};

/** One signature, seal or time stamp. */
export function SignatureCard({ signature, number }: { signature: VerifiedSignature; number: number }) {
  const t = useTexts(verify);
  const said = useSaid();
  const { seal, reasons } = signature;
  return (
    <section className="card" id={`signature-${number}`}>
      <div className="card-head">
        <h2>
          {number}. {t.kinds[signature.kind]}
        </h2>
        <Status tone={VERDICT_TONES[signature.status]}>{t.verdicts[signature.status]}</Status>
      </div>
      <div className="stack-tight">
        {reasons.length > 0 ? (
          <ul className="numbered" aria-label={t.reasons}>
            {reasons.map((reason) => (
              <li key={reason.code}>
                {said(reason)} <code className="faint">{reason.code}</code>
              </li>
            ))}
          </ul>
        ) : null}
        <div className="signature-body">
          <Facts compact facts={[...sealFacts(signature, t), ...signerFacts(signature, t)]} />
          {seal?.picture ? (
            <img className="seal-picture" src={seal.picture} alt={t.sealPicture(seal.name)} />
          ) : null}
        </div>
        <Changes signature={signature} />
        <CheckTree blocks={signature.blocks} />
      </div>
    </section>
  );
}

type Texts = ReturnType<typeof useTexts<(typeof verify)['zh']>>;

function sealFacts({ seal }: VerifiedSignature, t: Texts): Fact[] {
  if (seal === null) return [];
  return [
    { label: t.sealName, value: seal.name },
    { label: t.sealNumber, value: <CodeText value={seal.number} /> },
    { label: t.maker, value: seal.maker },
    { label: t.register, value: seal.registerState ?? t.notOurs },
  ];
}

function signerFacts({ signer, ...signature }: VerifiedSignature, t: Texts): Fact[] {
  return [
    ...(signer === null
      ? []
      : [
          { label: t.signer, value: signer.subject, wide: true },
          { label: t.issuer, value: signer.issuer },
          { label: t.serial, value: <CodeText value={signer.serial} copyable /> },
          { label: t.validity, value: `${day(signer.validFrom)} ${t.to} ${day(signer.validTo)}` },
        ]),
    ...(signature.claimedAt === null
      ? []
      : [{ label: t.claimedAt, value: <time>{second(signature.claimedAt)}</time> }]),
    {
      label: t.provenAt,
      value: signature.provenAt === null ? t.noProof : <time>{second(signature.provenAt)}</time>,
    },
    ...(signature.level === null ? [] : [{ label: t.level, value: signature.level }]),
    ...(signature.wholeFile === null
      ? []
      : [{ label: t.coverage, value: signature.wholeFile ? t.whole : t.partial }]),
  ];
}

function Changes({ signature: { changes, wholeFile } }: { signature: VerifiedSignature }) {
  const t = useTexts(verify);
  const said = useSaid();
  if (changes.length === 0 && wholeFile !== false) return null;
  return (
    <section>
      <h3>{t.changes}</h3>
      {changes.length === 0 ? <p className="faint">{t.noChanges}</p> : null}
      <ul>
        {changes.map((change) => (
          <li key={`${change.revision} ${change.path} ${change.reason.code}`} className="row">
            <Status tone={change.permitted ? 'good' : 'bad'}>
              {change.permitted ? t.permitted : t.notPermitted}
            </Status>
            {said(change.reason)} <code className="faint">{change.path}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}
