import { Fragment, useState } from 'react';
import { groupsOf } from '../format/groups.ts';
import { common } from '../i18n/common.ts';
import { useTexts } from '../i18n/language.tsx';
import { Icon } from './icon.tsx';

type CodeTextProps = {
  value: string;
  /** Sizes of the leading groups; what is left over goes on in groups of four. */
  pattern?: readonly number[];
  copyable?: boolean;
};

/** USCC: 登记管理部门与类别, 区划, 主体标识, 校验. */
export const USCC_GROUPS = [2, 6, 5, 4, 1] as const;

/** A code grouped for reading by space between, not by blanks, so that what is copied has no gaps. */
export function CodeText({ value, pattern = [], copyable = false }: CodeTextProps) {
  const t = useTexts(common);
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <span className="code-text">
      <span className="figures">
        {groupsOf(value, pattern).map(({ at, text }) => (
          <Fragment key={at}>
            {at > 0 ? <wbr /> : null}
            <span className="code-group">{text}</span>
          </Fragment>
        ))}
      </span>
      {copyable && value !== '' ? (
        <button
          type="button"
          className="icon-button"
          onClick={() => void copy()}
          aria-label={t.copyValue(value)}
        >
          <Icon name={copied ? 'check' : 'copy'} size={16} />
          <span className="visually-hidden" role="status">
            {copied ? t.copied : ''}
          </span>
        </button>
      ) : null}
    </span>
  );
}
