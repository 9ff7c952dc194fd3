import type { PhoneScan } from '@hufu/contracts';
import { sm3 } from '@hufu/gm';
import { fromBase64, toHex } from '@hufu/kernel';
import { confirm as texts } from '../../i18n/confirm.ts';
import { useTexts } from '../../i18n/language.tsx';
import { Cell, Group } from '../../ui/cell.tsx';
import { CodeText } from '../../ui/code-text.tsx';
import { statementOf } from './scan-messages.ts';

/** What will be signed or opened: in words, and by its digest. @param fingerprint of the certificate that is chosen */
export function Contents({ scan, fingerprint }: { scan: PhoneScan; fingerprint: string | undefined }) {
  const t = useTexts(texts);
  const { challenge, documents, ciphertexts } = scan;
  if (challenge !== null) {
    return (
      <Group title={t.contents}>
        <Cell
          title={challenge.summary ?? t.titles[scan.purpose]}
          note={
            fingerprint === undefined ? null : (
              <Digest hex={toHex(sm3(statementOf(scan, challenge, fingerprint)))} />
            )
          }
        />
      </Group>
    );
  }
  if (documents.length > 0) {
    return (
      <Group title={t.documents(documents.length)}>
        {documents.map(({ title, digest, digestAlgorithm }) => (
          <Cell
            key={digest}
            icon="file"
            title={title}
            note={<Digest hex={digest} name={digestAlgorithm} />}
          />
        ))}
      </Group>
    );
  }
  return (
    <Group title={t.ciphertexts(ciphertexts.length)} note={t.ciphertextsNote}>
      {ciphertexts.map(({ title, ciphertext }) => (
        <Cell
          key={ciphertext}
          icon="key"
          title={title}
          note={<Digest hex={toHex(sm3(fromBase64(ciphertext)))} />}
        />
      ))}
    </Group>
  );
}

function Digest({ hex, name = 'sm3' }: { hex: string; name?: 'sm3' | 'sha256' }) {
  return (
    <span className="digest">
      {name === 'sm3' ? 'SM3' : 'SHA-256'} <CodeText value={hex} />
    </span>
  );
}
