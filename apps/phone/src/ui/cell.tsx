import { Link, type LinkProps } from '@tanstack/react-router';
import { type ReactNode, useId } from 'react';
import { Icon, type IconName } from './icon.tsx';

/** Rows that belong together, under a word of their own. */
export function Group({ title, note, children }: { title?: string; note?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section className="group" aria-labelledby={title === undefined ? undefined : id}>
      {title === undefined ? null : <h2 id={id}>{title}</h2>}
      <ul className="cells">{children}</ul>
      {note ? <p className="group-note">{note}</p> : null}
    </section>
  );
}

type Look = {
  title: ReactNode;
  /** Second line. */
  note?: ReactNode;
  /** At the right. */
  value?: ReactNode;
  icon?: IconName;
};

type CellProps = Look &
  ({ link: Omit<LinkProps, 'children'> } | { onPress: () => void } | { href: string } | object);

/** A row: a fact, or a way on when it has a `link` (page), `onPress` (act) or `href` (outside the app). */
export function Cell(props: CellProps) {
  const { title, note, value, icon } = props;
  const inside = (
    <>
      {icon ? (
        <span className="cell-icon">
          <Icon name={icon} size={20} />
        </span>
      ) : null}
      <span className="cell-text">
        <span className="cell-title">{title}</span>
        {note ? <span className="cell-note">{note}</span> : null}
      </span>
      {value ? <span className="cell-value">{value}</span> : null}
    </>
  );
  if ('link' in props) {
    return (
      <li>
        <Link {...props.link} className="cell cell-way">
          {inside}
          <Icon name="right" size={16} />
        </Link>
      </li>
    );
  }
  if ('href' in props) {
    return (
      <li>
        <a className="cell cell-way" href={props.href}>
          {inside}
          <Icon name="right" size={16} />
        </a>
      </li>
    );
  }
  if ('onPress' in props) {
    return (
      <li>
        <button type="button" className="cell cell-way" onClick={props.onPress}>
          {inside}
          <Icon name="right" size={16} />
        </button>
      </li>
    );
  }
  return (
    <li>
      <div className="cell">{inside}</div>
    </li>
  );
}
