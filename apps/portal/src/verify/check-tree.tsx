import type { VerifiedSignature } from '@hufu/contracts';
import { Fragment } from 'react';
import { useTexts } from '../i18n/language.tsx';
import { useSaid } from '../i18n/said.ts';
import { verify } from '../i18n/verify.ts';
import { Status, type Tone } from '../ui/status.tsx';

type Blocks = VerifiedSignature['blocks'];
type CheckStatus = Blocks[number]['status'];

const TONES: Readonly<Record<CheckStatus, Tone>> = {
  passed: 'good',
  failed: 'bad',
  unknown: 'attention',
  note: 'idle',
};

/** Every check that was made, folded away until somebody wants it. */
export function CheckTree({ blocks }: { blocks: Blocks }) {
  const t = useTexts(verify);
  const said = useSaid();
  if (blocks.length === 0) return null;
  return (
    <details>
      <summary>{t.tree}</summary>
      <table className="checks">
        <tbody>
          {blocks.map(({ block, status, checks }) => (
            <Fragment key={block}>
              <tr>
                <th scope="rowgroup">{block}</th>
                <td>
                  <Status tone={TONES[status]}>{t[status]}</Status>
                </td>
                <td />
              </tr>
              {checks.map((one) => (
                <tr key={`${block} ${one.check} ${one.detail ?? ''}`}>
                  <td>
                    <code>{one.check}</code>
                  </td>
                  <td>
                    <Status tone={TONES[one.status]}>{t[one.status]}</Status>
                  </td>
                  <td>
                    {one.reason ? said(one.reason) : ''} {one.detail ?? ''}
                  </td>
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </details>
  );
}
