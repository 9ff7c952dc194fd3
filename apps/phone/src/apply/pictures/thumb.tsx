import type { RaFile } from '@hufu/contracts';
import { apply } from '../../i18n/apply.ts';
import { useTexts } from '../../i18n/language.tsx';
import { Icon } from '../../ui/icon.tsx';

type ThumbProps = {
  address: string;
  file: Pick<RaFile, 'mediaType' | 'name'>;
  /** What it shows: 营业执照. */
  label: string;
};

/** A small picture that opens the whole one. */
export function Thumb({ address, file, label }: ThumbProps) {
  const t = useTexts(apply).picture;
  return (
    <a className="thumb" href={address} target="_blank" rel="noreferrer">
      <span className="visually-hidden">{t.preview(label)}</span>
      {file.mediaType === 'application/pdf' ? (
        <span className="thumb-pdf">
          <Icon name="file" size={28} />
          <span>{t.pdf}</span>
        </span>
      ) : (
        <img src={address} alt="" loading="lazy" decoding="async" />
      )}
    </a>
  );
}
