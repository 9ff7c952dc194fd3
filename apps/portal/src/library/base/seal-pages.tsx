import { ApplyPage } from '../../seals/apply-page.tsx';
import { SealsPage } from '../../seals/seals-page.tsx';
import { AsHolder } from './as-holder.tsx';

/** 我的印章, by the library's session. */
export function LibrarySealsPage() {
  return (
    <AsHolder>
      <SealsPage />
    </AsHolder>
  );
}

export function LibraryApplyPage() {
  return (
    <AsHolder>
      <ApplyPage />
    </AsHolder>
  );
}
